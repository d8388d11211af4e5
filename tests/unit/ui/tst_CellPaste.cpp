#include "tests/unit/ui/MachineRows.h"
#include "ui/models/CellPaste.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::MachineColumn;

namespace {

using Row = std::initializer_list<const char*>;

QStringList cellsOf(Row cells) {
    QStringList list;
    for (const char* const cell : cells)
        list << QString::fromUtf8(cell);
    return list;
}

ui::CellGrid grid(std::initializer_list<Row> rows) {
    ui::CellGrid cells;
    for (const Row& each : rows)
        cells.push_back(cellsOf(each));
    return cells;
}

} // namespace

/// What a paste from a spreadsheet does, before anything is done.
class CellPasteTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() {
        m_model.reset({waitingRow(1), waitingRow(2), waitingRow(3)}, {}, 4);
        m_target = {{mac(1), mac(2), mac(3)},
                    {MachineColumn::Slot, MachineColumn::Name, MachineColumn::Address, MachineColumn::Mac,
                     MachineColumn::Image}};
    }
    void changesOnlyTheCellsThatDiffer();
    void countsTheCellsThatCannotBeChanged();
    void namesRowColumnAndReasonOfABadCell_data();
    void namesRowColumnAndReasonOfABadCell();
    void choosesImagesByTheirNames();
    void addsPlannedMachinesInTheNextSlots();
    void refusesAMachineThatIsThereAlready();
    void leavesExtraRowsOut();
    void bareSlotsMakeTheRackLarger_data();
    void bareSlotsMakeTheRackLarger();
    void movesMachinesAndKeepsTheNamesThatWerePasted();

private:
    [[nodiscard]] static MacAddress mac(int slot) { return waitingRow(slot).machine.mac; }
    [[nodiscard]] tl::expected<ui::PastePlan, QString> paste(const ui::CellGrid& grid, bool adds = false) {
        const auto choices = [](MachineColumn, MacAddress) {
            return std::vector<ui::Choice>{{QString(), QStringLiteral("Default (none)")},
                                           {QStringLiteral("id-9"), QStringLiteral("Rocky 9.4")}};
        };
        return ui::planPaste(m_model, choices, m_target, grid, adds);
    }

    ui::MachineModel m_model;
    ui::PasteTarget m_target;
};

void CellPasteTest::changesOnlyTheCellsThatDiffer() {
    const auto plan = paste(grid({{"01", "db-1", "10.0.0.1"}, {"2", "node-02", "10.0.0.2"}}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->edit.changes.size(), std::size_t(1));
    QCOMPARE(plan->edit.changes[0].after.hostname, std::string("db-1"));
    QVERIFY(!plan->edit.changes[0].after.address);
    QCOMPARE(plan->skipped, 0);
}

void CellPasteTest::countsTheCellsThatCannotBeChanged() {
    const auto plan = paste(grid({{"1", "db-1", "10.0.0.1", "52:54:00:00:00:01", "", "too", "wide"},
                                  {"2", "node-02", "10.0.0.2", "52:54:00:00:00:99"}}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->edit.changes.size(), std::size_t(1));
    QCOMPARE(plan->skipped, 3); // a MAC, and two beyond the last column
}

void CellPasteTest::namesRowColumnAndReasonOfABadCell_data() {
    QTest::addColumn<QStringList>("row");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("reason");
    QTest::newRow("name") << cellsOf({"2", "a_b"}) << "Row 2, Name: "
                          << "a_b";
    QTest::newRow("name that is taken") << cellsOf({"2", "node-03"}) << "Row 2, Name: "
                                        << "52:54:00:00:00:03";
    QTest::newRow("address") << cellsOf({"2", "b", "10.0.0"}) << "Row 2, Address: "
                             << "10.0.0";
    QTest::newRow("slot") << cellsOf({"3"}) << "Row 2, Slot: "
                          << "node-03";
    QTest::newRow("image") << cellsOf({"2", "b", "10.0.0.2", "", "Rocky 8"}) << "Row 2, Image: "
                           << "Rocky 8";
}

void CellPasteTest::namesRowColumnAndReasonOfABadCell() {
    QFETCH(QStringList, row);
    QFETCH(QString, place);
    QFETCH(QString, reason);
    const auto plan = paste({cellsOf({"1", "fine"}), row});
    QVERIFY(!plan);
    QVERIFY2(plan.error().startsWith(place) && plan.error().contains(reason), qPrintable(plan.error()));
}

void CellPasteTest::choosesImagesByTheirNames() {
    const auto plan = paste(grid({{"1", "node-01", "10.0.0.1", "", "rocky 9.4"}}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->edit.changes.at(0).after.imageId, std::string("id-9"));
}

void CellPasteTest::addsPlannedMachinesInTheNextSlots() {
    m_target.machines = {mac(3)};
    const ui::CellGrid cells = grid({{"3", "node-03", "10.0.0.3", "52:54:00:00:00:03"},
                                     {"9", "db-9", "", "02-00-00-00-00-09"},
                                     {"", "", "", "0200.0000.0010"}});
    QCOMPARE(ui::extraRows(cells, m_target), 2);
    QVERIFY(ui::bringsMachines(cells, m_target));
    const auto plan = paste(cells, true);
    QVERIFY2(plan.has_value(), qPrintable(plan ? QString() : plan.error()));
    QCOMPARE(plan->edit.changes.size(), std::size_t(2));
    QVERIFY(plan->edit.changes[0].isNew);
    QCOMPARE(plan->edit.changes[0].slotAfter, std::optional(9));
    QCOMPARE(plan->edit.changes[0].after.hostname, std::string("db-9"));
    QCOMPARE(plan->edit.changes[1].slotAfter, std::optional(10));
}

void CellPasteTest::refusesAMachineThatIsThereAlready() {
    m_target.machines = {};
    const auto plan = paste(grid({{"", "", "", "52-54-00-00-00-01"}}), true);
    QVERIFY(!plan);
    QVERIFY(plan.error().startsWith(QLatin1String("Row 1, MAC: ")));
}

void CellPasteTest::leavesExtraRowsOut() {
    m_target.machines = {mac(3)};
    const auto plan = paste(grid({{"3", "db-3"}, {"4", "db-4"}}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->edit.changes.size(), std::size_t(1));
    QVERIFY(!ui::bringsMachines(grid({{"3", "db-3"}}), m_target));
}

void CellPasteTest::bareSlotsMakeTheRackLarger_data() {
    QTest::addColumn<QStringList>("row");
    QTest::addColumn<int>("slots");
    QTest::newRow("a slot beyond the rack") << cellsOf({"50"}) << 50;
    QTest::newRow("with what the slot says") << cellsOf({"50", "node-50", "", "", " "}) << 50;
    QTest::newRow("a slot of the rack") << cellsOf({"42"}) << 0;
    QTest::newRow("a name of its own") << cellsOf({"50", "db-1"}) << 0;
    QTest::newRow("an address of its own") << cellsOf({"50", "", "10.0.0.50"}) << 0;
    QTest::newRow("a machine") << cellsOf({"50", "", "", "02:00:00:00:00:09"}) << 0;
    QTest::newRow("an image") << cellsOf({"50", "", "", "", "Rocky 9.4"}) << 0;
    QTest::newRow("no slot") << cellsOf({"", "node-50"}) << 0;
    QTest::newRow("no number") << cellsOf({"x"}) << 0;
    QTest::newRow("too high") << cellsOf({"1000"}) << 0;
    QTest::newRow("too wide") << cellsOf({"50", "", "", "", "", "more"}) << 0;
}

void CellPasteTest::bareSlotsMakeTheRackLarger() {
    QFETCH(QStringList, row);
    QFETCH(int, slots);
    m_target.machines = {mac(3)};
    QCOMPARE(ui::slotsBrought(m_model, {cellsOf({"3", "anything"}), row}, m_target).value_or(0), slots);
    QVERIFY(!ui::slotsBrought(m_model, {cellsOf({"3"}), row, cellsOf({"51", "db-1"})}, m_target));
}

void CellPasteTest::movesMachinesAndKeepsTheNamesThatWerePasted() {
    const auto plan = paste(grid({{"2", "node-01"}, {"1", "node-01x"}}));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->edit.changes.size(), std::size_t(2));
    QCOMPARE(plan->edit.changes[0].slotAfter, std::optional(2));
    QCOMPARE(plan->edit.changes[0].after.hostname, std::string("node-01")); // slot 2 would say otherwise
}

QTEST_GUILESS_MAIN(CellPasteTest)
#include "tst_CellPaste.moc"
