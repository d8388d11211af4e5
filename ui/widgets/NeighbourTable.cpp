#include "ui/widgets/NeighbourTable.h"

#include "ui/Theme.h"
#include "ui/widgets/Labels.h"
#include "ui/widgets/ReadingTable.h"
#include "ui/widgets/RowDelegate.h"

#include <QHeaderView>
#include <QTableView>
#include <QVBoxLayout>

namespace rackmuster::ui {

namespace {

constexpr int mostRows = 8;

} // namespace

NeighbourTable::NeighbourTable(const Theme& theme, QWidget* parent)
    : QFrame(parent), m_table(makeTable(theme)), m_empty(wrappedLabel({}, "muted")) {
    setProperty("role", QStringLiteral("card"));
    m_empty->setObjectName(QStringLiteral("neighboursEmpty"));
    m_empty->setMargin(metrics::large);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, metrics::tiny);
    layout->addWidget(m_table);
    layout->addWidget(m_empty);
}

QTableView* NeighbourTable::makeTable(const Theme& theme) {
    auto* const table = new ReadingTable(m_model);
    table->setObjectName(QStringLiteral("neighbourTable"));
    table->setAccessibleName(tr("Also on this wire"));
    for (std::size_t i = 0; i < NeighbourModel::columns().size(); ++i) {
        table->setItemDelegateForColumn(static_cast<int>(i), new RowDelegate(theme, CellStyle::Muted, table));
        table->setColumnWidth(static_cast<int>(i), NeighbourModel::columns().at(i).width);
    }
    return table;
}

void NeighbourTable::setWire(const engine::WireInfo& wire, const engine::ServicesInfo& services) {
    m_model.setNeighbours(wire.neighbours);
    m_empty->setText(services.isRunning
                         ? tr("Nobody else was heard so far. Switches, management controllers, "
                              "phones and other DHCP servers appear here.")
                         : tr("Start to hear who else is on this wire."));
    const bool isEmpty = wire.neighbours.empty();
    m_table->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    fit();
}

void NeighbourTable::fit() {
    const int rows = qBound(1, m_model.rowCount(), mostRows);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height() +
                            rows * metrics::compactRowHeight + metrics::tiny);
}

} // namespace rackmuster::ui
