#pragma once

#include "ui/Workbench.h"

#include <QWidget>

class QBoxLayout;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace rackmuster::ui {

class RackView;
class Theme;

/// The rack in large, and how names and addresses follow from its slots.
class RackPage final : public QWidget {
    Q_OBJECT

public:
    RackPage(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

Q_SIGNALS:
    void machineChosen(const rackmuster::MacAddress& machine);

private:
    [[nodiscard]] QBoxLayout* makeForm();
    void showLayout();
    /// The layout as typed, or the sentence that says what is wrong with it.
    [[nodiscard]] tl::expected<roster::RackLayout, QString> typedLayout() const;
    void refreshPreview();
    void applyTyped();

    Workbench& m_workbench;
    RackView* m_rack;
    QLineEdit* m_name;
    QSpinBox* m_slots;
    QComboBox* m_direction;
    QSpinBox* m_columns;
    QLineEdit* m_pattern;
    QLineEdit* m_address;
    QLabel* m_preview;
    QPushButton* m_apply;
    QPushButton* m_revert;
};

} // namespace rackmuster::ui
