#pragma once

#include "ui/Workbench.h"

#include <QWidget>

namespace rackmuster::ui {

class CardGrid;
class Theme;

/// The images as cards, and the place to drop more.
class ImagesPage final : public QWidget {
    Q_OBJECT

public:
    ImagesPage(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

    void chooseFiles();

private:
    void refresh();
    void askRemove(const QString& id, const QString& name);

    Workbench& m_workbench;
    const Theme& m_theme;
    CardGrid* m_grid;
};

} // namespace rackmuster::ui
