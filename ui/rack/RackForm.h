#pragma once

#include "ui/Workbench.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace rackmuster::ui {

/// How names and addresses follow from the slots, and in which order machines are powered on.
class RackForm final : public QWidget {
    Q_OBJECT

public:
    explicit RackForm(Workbench& workbench, QWidget* parent = nullptr);

private:
    void makeFields();
    void arrangeFields();
    void connectFields();
    void showLayout();
    /// The layout as typed, or the sentence that says what is wrong with it.
    [[nodiscard]] tl::expected<roster::RackLayout, QString> typedLayout() const;
    void refreshPreview();
    void applyTyped();

    Workbench& m_workbench;
    QFormLayout* m_form;
    QLineEdit* m_name;
    QSpinBox* m_racks;
    QSpinBox* m_slots;
    QComboBox* m_direction;
    QSpinBox* m_columns;
    QLineEdit* m_pattern;
    QLineEdit* m_address;
    QSpinBox* m_step;
    QSpinBox* m_rackStep;
    QLabel* m_preview;
    QPushButton* m_apply;
    QPushButton* m_revert;
};

} // namespace rackmuster::ui
