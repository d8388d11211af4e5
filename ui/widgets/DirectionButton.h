#pragma once

#include <QPushButton>

class QMenu;

namespace rackmuster::ui {

class Workbench;

/// Shows in which order slots are filled, and lets choose another one by one key each.
class DirectionButton final : public QPushButton {
    Q_OBJECT

public:
    explicit DirectionButton(Workbench& workbench, QWidget* parent = nullptr);

    /// Opens the menu.
    void choose();

private:
    void refresh();

    Workbench& m_workbench;
    QMenu* m_menu;
};

} // namespace rackmuster::ui
