#include "ui/widgets/ReadingTable.h"

#include "ui/Tokens.h"

#include <QHeaderView>

namespace rackmuster::ui {

ReadingTable::ReadingTable(QAbstractItemModel& model, QWidget* parent) : QTableView(parent) {
    setModel(&model);
    setSelectionBehavior(SelectRows);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(metrics::compactRowHeight);
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
}

} // namespace rackmuster::ui
