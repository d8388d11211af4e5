#include "core/roster/Undo.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(Command)

namespace {

/// Slot 3 is reserved, 1 and 2 came close together, 4 has a name of its own, 7 waits for its replacement.
RosterFixture rack() {
    RosterFixture f;
    f.discover(1);
    f.pass(300ms);
    f.discover(2);
    f.pass(30s);
    (void)f.command(Reserve{3});
    f.discover(4);
    f.pass(30s);
    Assignment assigned;
    assigned.hostname = "storage";
    (void)f.command(Assign{macOf(4), assigned});
    for (const unsigned number : {5U, 6U}) {
        f.discover(number);
        f.pass(30s);
    }
    (void)f.command(AttachNic{macOf(6), macOf(1)});
    (void)f.command(DoubtNic{macOf(5), macOf(4)});
    assigned.hostname = "broken";
    (void)f.command(Plan{macOf(7), 40, assigned});
    (void)f.command(Replace{macOf(7)});
    return f;
}

RosterState placesOf(const RosterFixture& f) {
    RosterState state = f.roster.state();
    for (Machine& machine : state.machines)
        machine.isCaptured = false; // what was placed by a person stays so
    return state;
}

} // namespace

class TestUndo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void undoneIsAsBeforeAndRedoneAsAfter_data();
    void undoneIsAsBeforeAndRedoneAsAfter();
    void whatCannotBeTakenBackHasNoUndo();
    void whatNoLongerFitsIsRefused();
};

void TestUndo::undoneIsAsBeforeAndRedoneAsAfter_data() {
    QTest::addColumn<Command>("command");
    const auto row = [](const char* name, const Command& command) {
        QTest::newRow(name) << command;
    };
    Assignment named;
    named.hostname = "database";
    named.address = Ipv4Address(10, 0, 0, 9);
    RackLayout layout;
    layout.slotCount = 10;
    layout.namePattern = "n{slot}";
    row("place", Place{macOf(1), 60});
    row("place at the cursor", Place{macOf(2), 5});
    row("place nowhere", Place{macOf(1), std::nullopt});
    row("place into the reserved slot", Place{macOf(1), 3});
    row("several", PlaceMany{{{macOf(1), 2}, {macOf(2), 4}, {macOf(4), 1}}});
    Assignment first;
    first.hostname = "node-02";
    first.address = Ipv4Address(10, 0, 0, 2);
    Assignment second;
    second.hostname = "node-01";
    row("names that change places", AssignMany{{{macOf(1), first}, {macOf(2), second}}});
    row("swap of a close pair", Swap{macOf(1), macOf(2)});
    row("swap", Swap{macOf(1), macOf(4)});
    row("confirm", ConfirmOrder{macOf(1), macOf(2)});
    row("doubt", DoubtOrder{macOf(1), macOf(4)});
    row("reserve", Reserve{9});
    row("skip", Reserve{5});
    row("release", Release{3});
    row("insert", Insert{1});
    row("reverse", Reverse{1, 5});
    row("layout", SetLayout{layout});
    row("cursor", MoveCursor{20});
    row("assign", Assign{macOf(1), named});
    row("unpin", Assign{macOf(4), {}});
    row("attach", AttachNic{macOf(2), macOf(1)});
    row("attach the last one", AttachNic{macOf(4), macOf(1)});
    row("attach what is asked about", AttachNic{macOf(5), macOf(1)});
    row("attach elsewhere", AttachNic{macOf(6), macOf(4)});
    row("own what is asked about", OwnMachine{macOf(5)});
    row("own what is attached", OwnMachine{macOf(6)});
    row("doubt a machine", DoubtNic{macOf(2), macOf(4)});
    row("doubt a NIC", DoubtNic{macOf(6), macOf(1)});
    row("replace", Replace{macOf(4)});
    row("take over", TakeOver{macOf(2), macOf(7)});
    row("keep", Keep{macOf(7)});
    row("place what is asked about", Place{macOf(5), 30});
}

void TestUndo::undoneIsAsBeforeAndRedoneAsAfter() {
    QFETCH(Command, command);
    RosterFixture f = rack();
    const RosterState before = placesOf(f);
    const auto undo = undoOf(command, f.roster, f.now());
    QVERIFY(!undo.empty());
    QVERIFY(f.command(command));
    const RosterState after = placesOf(f);
    for (int i = 0; i < 2; ++i) {
        for (const Command& step : undo)
            QVERIFY(f.command(step));
        QVERIFY(placesOf(f) == before);
        QVERIFY(f.command(command));
        QVERIFY(placesOf(f) == after);
    }
}

void TestUndo::whatCannotBeTakenBackHasNoUndo() {
    const RosterFixture f = rack();
    const std::vector<Command> commands{
        Forget{macOf(1)},         Plan{macOf(9), 9, {}}, Approve{macOf(1), tokenOf(1)},
        Place{macOf(1), 1},       // changes nothing
        Place{macOf(1), 2},       // taken
        Swap{macOf(1), macOf(9)}, // unknown
    };
    for (const Command& command : commands)
        QVERIFY(undoOf(command, f.roster, f.now()).empty());
}

void TestUndo::whatNoLongerFitsIsRefused() {
    RosterFixture f = rack();
    const Command command = Place{macOf(1), 30};
    const auto undo = undoOf(command, f.roster, f.now());
    QVERIFY(f.command(command));
    QVERIFY(f.command(Place{macOf(4), 1})); // and now the slot has another machine
    const RosterState before = f.roster.state();
    QCOMPARE(f.command(undo.front()).error().code, ErrorCode::SlotTaken);
    QVERIFY(f.roster.state() == before);
}

QTEST_GUILESS_MAIN(TestUndo)
#include "tst_Undo.moc"
