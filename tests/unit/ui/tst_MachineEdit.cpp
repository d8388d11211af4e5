#include "tests/unit/ui/LibraryImages.h"
#include "tests/unit/ui/MachineRows.h"
#include "ui/commands/ArrangeCommand.h"
#include "ui/commands/EditCommand.h"
#include "ui/models/Choices.h"
#include "ui/models/MachineEdit.h"

#include <QTest>
#include <QUndoStack>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::MachineColumn;
using ui::planEdit;

class MachineEditTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void pinsATypedName();
    void takesAPinnedNameBackWhenTheCellIsEmptied();
    void refusesWhatIsNoHostName();
    void refusesANameThatAnotherMachineHas();
    void namesSeveralMachinesByAPattern();
    void refusesOneNameForSeveralMachines();
    void countsAddressesUpFromTheFirst();
    void refusesWhatIsNoAddress();
    void refusesATakenSlot();
    void shiftsARowOfMachinesByOneSlot();
    void readsASlotAsItsRackCallsIt();
    void undoRestoresWhatWasThere();
    void undoRestoresTheLayout();
    void choosesAnEntryOfTheImagesMenu();
    void offersTheEntriesThatAllImagesShare();
    void countsANameOnFromItsNumber_data();
    void countsANameOnFromItsNumber();
    void typedInSeveralCellsCountsOn();
    void fillsDown();
    void fillDownOfANameWithoutANumberIsRefused();
    void clearTakesEveryPinBack();
    void pinsNothingThatTheSlotGivesAnyway();
    void carriesOutWhateverOrderItTakes_data();
    void carriesOutWhateverOrderItTakes();
    void undoLeavesAPlannedMachineThatHasCome();
    void aRefusedChangeMayRefuseOthers();

private:
    /// The roster that the model shows, slots 1 to 3 with a rack of its own addresses.
    [[nodiscard]] roster::Roster rosterOfModel() const {
        roster::RosterState state{m_model.layout(), 4, {}};
        for (const engine::MachineRow& row : m_model.rows())
            state.machines.push_back(row.machine);
        return roster::Roster(std::move(state));
    }
    static QString carryOut(roster::Roster& roster, const std::vector<roster::Command>& commands) {
        for (const roster::Command& command : commands) {
            if (const auto done = roster.apply(command, WallTime()); !done)
                return QString::fromStdString(message(done.error()));
        }
        return {};
    }
    [[nodiscard]] MacAddress mac(int slot) const { return waitingRow(slot).machine.mac; }

    ui::MachineModel m_model;
};

void MachineEditTest::init() {
    m_model.reset({waitingRow(1), waitingRow(2), waitingRow(3)}, {}, 4);
}

void MachineEditTest::pinsATypedName() {
    const auto plan = planEdit(m_model, {mac(1)}, MachineColumn::Name, QStringLiteral(" db-1 "));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->changes.size(), std::size_t(1));
    QCOMPARE(plan->changes[0].after.hostname, std::string("db-1"));
    QVERIFY(planEdit(m_model, {mac(1)}, MachineColumn::Name, QStringLiteral("node-01"))->isEmpty());
}

void MachineEditTest::takesAPinnedNameBackWhenTheCellIsEmptied() {
    engine::MachineRow pinned = waitingRow(1);
    pinned.machine.assigned.hostname = "db-1";
    pinned.hostname = QStringLiteral("db-1");
    m_model.apply(updateOf({pinned}));
    const auto plan = planEdit(m_model, {mac(1)}, MachineColumn::Name, QString());
    QVERIFY(plan.has_value());
    QCOMPARE(plan->changes.at(0).before.hostname, std::string("db-1"));
    QVERIFY(plan->changes.at(0).after.hostname.empty());
}

void MachineEditTest::refusesWhatIsNoHostName() {
    for (const char* const text : {"-db", "db_1", "a b", "db-"})
        QVERIFY(!planEdit(m_model, {mac(1)}, MachineColumn::Name, QLatin1String(text)));
}

void MachineEditTest::refusesANameThatAnotherMachineHas() {
    const auto plan = planEdit(m_model, {mac(1)}, MachineColumn::Name, QStringLiteral("NODE-02"));
    QVERIFY(!plan);
    QVERIFY(plan.error().contains(QLatin1String("52:54:00:00:00:02")));
}

void MachineEditTest::namesSeveralMachinesByAPattern() {
    const auto plan =
        planEdit(m_model, {mac(1), mac(3)}, MachineColumn::Name, QStringLiteral("db-{slot:03}"));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->changes.size(), std::size_t(2));
    QCOMPARE(plan->changes[0].after.hostname, std::string("db-001"));
    QCOMPARE(plan->changes[1].after.hostname, std::string("db-003"));
}

void MachineEditTest::refusesOneNameForSeveralMachines() {
    QVERIFY(!planEdit(m_model, {mac(1), mac(3)}, MachineColumn::Name, QStringLiteral("db")));
}

void MachineEditTest::countsAddressesUpFromTheFirst() {
    const auto plan =
        planEdit(m_model, {mac(1), mac(2)}, MachineColumn::Address, QStringLiteral("10.0.0.101"));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->changes.at(0).after.address, std::optional(Ipv4Address(10, 0, 0, 101)));
    QCOMPARE(plan->changes.at(1).after.address, std::optional(Ipv4Address(10, 0, 0, 102)));
    QVERIFY(!planEdit(m_model, {mac(1), mac(2)}, MachineColumn::Address,
                      QStringLiteral("10.0.0.2"))); // .3 is taken
}

void MachineEditTest::refusesWhatIsNoAddress() {
    for (const char* const text : {"10.0.0", "10.0.0.256", "0.0.0.0", "host"})
        QVERIFY(!planEdit(m_model, {mac(1)}, MachineColumn::Address, QLatin1String(text)));
}

void MachineEditTest::refusesATakenSlot() {
    QVERIFY(!planEdit(m_model, {mac(1)}, MachineColumn::Slot, QStringLiteral("2")));
    QVERIFY(!planEdit(m_model, {mac(1)}, MachineColumn::Slot, QStringLiteral("0")));
    QCOMPARE(planEdit(m_model, {mac(1)}, MachineColumn::Slot, QStringLiteral("9"))->changes.at(0).slotAfter,
             std::optional(9));
}

void MachineEditTest::readsASlotAsItsRackCallsIt() {
    roster::RackLayout layout;
    layout.rackCount = 2;
    m_model.reset({waitingRow(1), waitingRow(2)}, layout, 3);
    const auto plan = planEdit(m_model, {mac(1), mac(2)}, MachineColumn::Slot, QStringLiteral("r2 7"));
    QVERIFY(plan);
    QCOMPARE(plan->changes.at(0).slotAfter, 49);
    QCOMPARE(plan->changes.at(1).slotAfter, 50); // it counts on
    QCOMPARE(planEdit(m_model, {mac(1)}, MachineColumn::Slot, QStringLiteral("R3-7")).error(),
             QStringLiteral("“R3-7” is not a slot such as R1-01."));
}

void MachineEditTest::shiftsARowOfMachinesByOneSlot() {
    const auto plan = planEdit(m_model, {mac(1), mac(2), mac(3)}, MachineColumn::Slot, QStringLiteral("2"));
    QVERIFY(plan.has_value());
    std::vector<roster::Command> sent;
    ui::EditCommand command(*plan, m_model,
                            [&sent](std::vector<roster::Command> commands) { sent = std::move(commands); });
    command.redo();
    const auto slotsSent = [&sent] {
        std::vector<std::optional<int>> slots;
        for (const roster::Place& place : std::get<roster::PlaceMany>(sent.at(0)).places)
            slots.push_back(place.slot);
        return slots;
    };
    QCOMPARE(sent.size(), std::size_t(1)); // one command, so that none of them is in another's way
    QCOMPARE(slotsSent(), (std::vector<std::optional<int>>{2, 3, 4}));
    command.undo();
    QCOMPARE(slotsSent(), (std::vector<std::optional<int>>{1, 2, 3}));
}

void MachineEditTest::undoRestoresWhatWasThere() {
    const auto plan = planEdit(m_model, {mac(1), mac(2)}, MachineColumn::Image, QStringLiteral("rocky"));
    QVERIFY(plan.has_value());
    std::vector<roster::Command> sent;
    const ui::Submit submit = [&sent](std::vector<roster::Command> commands) {
        sent.insert(sent.end(), commands.begin(), commands.end());
    };
    QUndoStack stack;
    stack.push(new ui::EditCommand(*plan, m_model, submit));
    QCOMPARE(stack.count(), 1); // several machines, one step
    const auto assigns = [&sent] {
        return std::get<roster::AssignMany>(sent.back()).assigns;
    };
    QCOMPARE(assigns().at(1).assigned.imageId, std::string("rocky"));
    stack.undo();
    QCOMPARE(assigns().size(), std::size_t(2));
    for (const roster::Assign& assign : assigns())
        QVERIFY(assign.assigned == roster::Assignment());
    stack.redo();
    QCOMPARE(assigns().size(), std::size_t(2));
    QCOMPARE(sent.size(), std::size_t(3)); // once there, back, and there again
}

void MachineEditTest::undoRestoresTheLayout() {
    roster::RackLayout after;
    after.name = "R12";
    std::vector<roster::Command> sent;
    ui::ArrangeCommand command(
        QString(), {roster::SetLayout{after}}, {roster::SetLayout{}},
        [&sent](std::vector<roster::Command> commands) { sent = std::move(commands); });
    command.redo();
    QCOMPARE(std::get<roster::SetLayout>(sent.at(0)).layout.name, std::string("R12"));
    command.undo();
    QVERIFY(std::get<roster::SetLayout>(sent.at(0)).layout == roster::RackLayout());
}

void MachineEditTest::choosesAnEntryOfTheImagesMenu() {
    const QString rescue = QStringLiteral("Rescue a <b>system</b> ");
    const auto chosen = planEdit(m_model, {mac(1)}, MachineColumn::Profile, ui::menuEntryValue(rescue));
    QVERIFY(chosen.has_value());
    QCOMPARE(chosen->changes.at(0).after.menuEntry, rescue.toStdString()); // titles are compared as they are
    std::vector<roster::Command> sent;
    QUndoStack stack;
    stack.push(new ui::EditCommand(
        *chosen, m_model, [&sent](std::vector<roster::Command> commands) { sent = std::move(commands); }));
    QCOMPARE(std::get<roster::AssignMany>(sent.at(0)).assigns.at(0).assigned.menuEntry, rescue.toStdString());
    stack.undo();
    QVERIFY(std::get<roster::AssignMany>(sent.at(0)).assigns.at(0).assigned.menuEntry.empty());

    engine::MachineRow row = waitingRow(1);
    row.machine.assigned = chosen->changes.at(0).after;
    m_model.apply(updateOf({row}));
    const QModelIndex cell = m_model.index(0, static_cast<int>(MachineColumn::Profile));
    QCOMPARE(cell.data().toString(), QStringLiteral("Menu: ") + rescue);
    QCOMPARE(cell.data(ui::MachineModel::ChoiceRole).toString(), ui::menuEntryValue(rescue));
    const auto moved = planEdit(m_model, {mac(1)}, MachineColumn::Image, QStringLiteral("other"));
    QVERIFY(moved->changes.at(0).after.menuEntry.empty());
    const auto back = planEdit(m_model, {mac(1)}, MachineColumn::Profile, QStringLiteral("kvm"));
    QVERIFY(back->changes.at(0).after.menuEntry.empty());
    QCOMPARE(back->changes.at(0).after.profile, std::string("kvm"));
}

void MachineEditTest::offersTheEntriesThatAllImagesShare() {
    engine::ImageInfo rocky = verifiedImage();
    engine::ImageInfo debian = verifyingImage();
    rocky.entries = {QStringLiteral("Install"), QStringLiteral("Rescue")};
    debian.entries = {QStringLiteral("Rescue"), QStringLiteral("Expert")};
    ui::ImageModel images;
    images.setImages({rocky, debian});
    images.setDefaultId(rocky.id);
    ui::ProfileModel profiles;
    profiles.setProfiles({{QStringLiteral("kvm"), {}, boot::InstallerFamily::RedHat, false}},
                         QStringLiteral("kvm"));
    engine::MachineRow second = waitingRow(2);
    second.machine.assigned.imageId = debian.id.toStdString();
    m_model.apply(updateOf({second}));
    const auto texts = [&](const std::vector<MacAddress>& machines) {
        QStringList shown;
        for (const ui::Choice& choice : ui::startChoices(profiles, images, m_model, machines))
            shown << (choice.startsGroup ? QStringLiteral("| ") : QString()) + choice.text;
        return shown;
    };
    QCOMPARE(texts({mac(1)}),
             QStringList({QStringLiteral("Default (kvm)"), QStringLiteral("kvm"),
                          QStringLiteral("| Menu: Install"), QStringLiteral("Menu: Rescue")}));
    QCOMPARE(texts({mac(1), mac(2)}), QStringList({QStringLiteral("Default (kvm)"), QStringLiteral("kvm"),
                                                   QStringLiteral("| Menu: Rescue")}));
    QCOMPARE(texts({}).size(), 2);
}

void MachineEditTest::countsANameOnFromItsNumber_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("next");
    QTest::newRow("zeros stay") << "db-09" << 1 << "db-10";
    QTest::newRow("no zeros") << "db9" << 3 << "db12";
    QTest::newRow("domain") << "node-01.rack2.local" << 1 << "node-02.rack2.local";
    QTest::newRow("no number") << "db" << 1 << "";
    QTest::newRow("number of the domain") << "db.rack2" << 1 << "";
    QTest::newRow("long number") << "n99999999999" << 1 << "n991000000000";
}

void MachineEditTest::countsANameOnFromItsNumber() {
    QFETCH(QString, name);
    QFETCH(int, steps);
    QTEST(ui::countedOn(name, steps), "next");
}

void MachineEditTest::typedInSeveralCellsCountsOn() {
    const auto plan = planEdit(m_model, {mac(1), mac(3)}, MachineColumn::Name, QStringLiteral("db-08"));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->changes.at(0).after.hostname, std::string("db-08"));
    QCOMPARE(plan->changes.at(1).after.hostname, std::string("db-09"));
}

void MachineEditTest::fillsDown() {
    engine::MachineRow first = waitingRow(1);
    first.machine.assigned.imageId = "rocky";
    first.machine.assigned.hostname = "db-01";
    first.hostname = QStringLiteral("db-01");
    m_model.apply(updateOf({first}));
    const std::vector<MacAddress> all{mac(1), mac(2), mac(3)};
    const auto plan = ui::planFillDown(
        m_model, {{MachineColumn::Name, all}, {MachineColumn::Mac, all}, {MachineColumn::Image, all}});
    QVERIFY(plan.has_value());
    QCOMPARE(plan->changes.size(), std::size_t(2));
    QCOMPARE(plan->changes[0].after.hostname, std::string("db-02"));
    QCOMPARE(plan->changes[1].after.hostname, std::string("db-03"));
    QCOMPARE(plan->changes[1].after.imageId, std::string("rocky"));
}

void MachineEditTest::fillDownOfANameWithoutANumberIsRefused() {
    engine::MachineRow first = waitingRow(1);
    first.hostname = QStringLiteral("database");
    m_model.apply(updateOf({first}));
    const auto plan = ui::planFillDown(m_model, {{MachineColumn::Name, {mac(1), mac(2)}}});
    QVERIFY(!plan);
    QVERIFY(plan.error().contains(QLatin1String("database")));
}

void MachineEditTest::clearTakesEveryPinBack() {
    engine::MachineRow row = waitingRow(2);
    row.machine.assigned = {.hostname = "db",
                            .address = Ipv4Address(10, 9, 9, 9),
                            .imageId = "rocky",
                            .profile = "kvm",
                            .menuEntry = "Rescue"};
    m_model.apply(updateOf({row}));
    std::vector<ui::CellColumn> columns;
    for (const ui::MachineColumnInfo& column : ui::machineColumns)
        columns.push_back({column.id, {mac(1), mac(2)}});
    const auto plan = ui::planClear(m_model, columns);
    QVERIFY(plan.has_value());
    QCOMPARE(plan->changes.size(), std::size_t(1)); // nothing was pinned to the other
    QVERIFY(plan->changes[0].after == roster::Assignment());
    QCOMPARE(plan->changes[0].slotAfter, std::optional(2)); // a place is no pin
}

void MachineEditTest::pinsNothingThatTheSlotGivesAnyway() {
    engine::MachineRow row = waitingRow(2);
    row.machine.assigned.hostname = "db";
    row.hostname = QStringLiteral("db");
    m_model.apply(updateOf({row}));
    const auto plan = planEdit(m_model, {mac(2)}, MachineColumn::Name, QStringLiteral("node-02"));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->changes.at(0).after.hostname, std::string());
}

void MachineEditTest::carriesOutWhateverOrderItTakes_data() {
    QTest::addColumn<QStringList>("slots");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("addresses");
    const QStringList none;
    QTest::newRow("all shift by one") << QStringLiteral("2 3 4").split(QLatin1Char(' ')) << none << none;
    QTest::newRow("names turn round")
        << none << QStringLiteral("node-02 node-03 node-01").split(QLatin1Char(' ')) << none;
    QTest::newRow("addresses count on")
        << none << none << QStringLiteral("10.0.0.2 10.0.0.3 10.0.0.4").split(QLatin1Char(' '));
    QTest::newRow("places change, names stay")
        << QStringLiteral("2 1 3").split(QLatin1Char(' '))
        << QStringLiteral("node-01 node-02 node-03").split(QLatin1Char(' ')) << none;
    QTest::newRow("everything") << QStringLiteral("3 1 2").split(QLatin1Char(' '))
                                << QStringLiteral("a node-01 node-02").split(QLatin1Char(' '))
                                << QStringLiteral("10.0.0.2 10.0.0.3 10.0.0.1").split(QLatin1Char(' '));
}

/// No two machines have the same when it is over, whoever had it before.
void MachineEditTest::carriesOutWhateverOrderItTakes() {
    QFETCH(QStringList, slots);
    QFETCH(QStringList, names);
    QFETCH(QStringList, addresses);
    roster::RackLayout layout;
    layout.firstAddress = Ipv4Address(10, 0, 0, 1);
    m_model.reset({waitingRow(1), waitingRow(2), waitingRow(3)}, layout, 4);
    std::vector<ui::CellEdit> cells;
    for (int i = 0; i < 3; ++i) {
        for (const auto& [column, texts] :
             {std::pair{MachineColumn::Name, names}, std::pair{MachineColumn::Address, addresses},
              std::pair{MachineColumn::Slot, slots}}) {
            if (!texts.isEmpty())
                cells.push_back({mac(i + 1), column, texts.at(i)});
        }
    }
    const auto plan = ui::planCells(m_model, cells);
    QVERIFY(plan.has_value());
    roster::Roster roster = rosterOfModel();
    QCOMPARE(carryOut(roster, ui::commandsOf(plan->changes)), QString());
    for (int i = 0; i < 3; ++i) {
        const roster::Machine& machine = *roster.find(mac(i + 1));
        if (!names.isEmpty())
            QCOMPARE(QString::fromStdString(roster.hostnameOf(machine)), names.at(i));
        if (!addresses.isEmpty())
            QCOMPARE(QString::fromStdString(roster.addressOf(machine)->toString()), addresses.at(i));
        if (!slots.isEmpty())
            QCOMPARE(machine.slot, std::optional(slots.at(i).toInt()));
    }
    QCOMPARE(carryOut(roster, ui::commandsOf(ui::reversed(plan->changes))), QString());
    for (const engine::MachineRow& row : m_model.rows())
        QVERIFY(*roster.find(row.machine.mac) == row.machine);
}

void MachineEditTest::undoLeavesAPlannedMachineThatHasCome() {
    const MacAddress planned({2, 0, 0, 0, 0, 9});
    const MacAddress gone({2, 0, 0, 0, 0, 8});
    std::vector<roster::Command> sent;
    ui::EditCommand command({{{planned, true, {}, 9, {}, {.hostname = "db"}}, {gone, true, {}, 8, {}, {}}}},
                            m_model,
                            [&sent](std::vector<roster::Command> commands) { sent = std::move(commands); });
    command.redo();
    QCOMPARE(std::get<roster::Plan>(sent.at(0)).slot, std::optional(9));
    engine::MachineRow row = waitingRow(9);
    row.machine = roster::Machine(planned);
    row.machine.slot = 9;
    m_model.apply(updateOf({row}));
    command.undo();
    QCOMPARE(sent.size(), std::size_t(1)); // the other was forgotten meanwhile
    QVERIFY(std::holds_alternative<roster::Forget>(sent.at(0)));
    row.machine.firstSeen = WallTime(std::chrono::seconds(1));
    m_model.apply(updateOf({row}));
    command.undo();
    QCOMPARE(sent.size(), std::size_t(1));
    QVERIFY(std::get<roster::AssignMany>(sent.at(0)).assigns.at(0).assigned == roster::Assignment());
}

void MachineEditTest::aRefusedChangeMayRefuseOthers() {
    std::vector<ui::MachineChange> changes;
    for (int slot = 1; slot <= 3; ++slot)
        changes.push_back(ui::unchanged(waitingRow(slot)));
    changes[0].after.hostname = "node-02"; // free once the second has gone
    changes[1].after.hostname = "node-03"; // which it cannot
    changes[2].after.imageId = "rocky";
    const auto clashes = ui::findClashes(m_model.rows(), m_model.layout(), changes);
    QCOMPARE(clashes.size(), std::size_t(2));
    QCOMPARE(clashes[0].change, std::size_t(1));
    QCOMPARE(clashes[1].change, std::size_t(0));
}

QTEST_GUILESS_MAIN(MachineEditTest)
#include "tst_MachineEdit.moc"
