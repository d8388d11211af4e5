#pragma once

#include "ui/Workbench.h"

#include <QWidget>

class QLabel;
class QListView;
class QPlainTextEdit;
class QPushButton;

namespace rackmuster::ui {

class Theme;

/// The answer files: what they are, their text, and which one is the default.
class ProfilesPage final : public QWidget {
    Q_OBJECT

public:
    ProfilesPage(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

private:
    [[nodiscard]] QWidget* makeList(const Theme& theme);
    [[nodiscard]] QWidget* makeText();
    void showCurrent();
    void restoreChoice();
    void chooseFile();
    void askBoot();
    void askRemove();
    [[nodiscard]] const engine::ProfileInfo* current() const;

    Workbench& m_workbench;
    QString m_chosen; ///< Survives news from the engine.
    QListView* m_list;
    QLabel* m_name;
    QLabel* m_kind;
    QPlainTextEdit* m_text;
    QPushButton* m_boot;
    QPushButton* m_default;
    QPushButton* m_remove;
};

} // namespace rackmuster::ui
