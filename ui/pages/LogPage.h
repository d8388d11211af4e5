#pragma once

#include "ui/Workbench.h"

#include <QSortFilterProxyModel>
#include <QWidget>

class QStackedWidget;
class QTableView;

namespace rackmuster::ui {

class Theme;

/// Everything that happened, newest last.
class LogPage final : public QWidget {
    Q_OBJECT

public:
    LogPage(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

private:
    [[nodiscard]] QTableView* makeTable(const Theme& theme);
    void copySelection();

    Workbench& m_workbench;
    QSortFilterProxyModel m_filter;
    QTableView* m_table;
    QStackedWidget* m_stack;
};

} // namespace rackmuster::ui
