#include "tests/unit/ui/LibraryImages.h"
#include "tests/unit/ui/MachineRows.h"
#include "ui/commands/AssignCommand.h"
#include "ui/commands/LayoutCommand.h"
#include "ui/commands/PlaceCommand.h"
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
    void undoRestoresWhatWasThere();
    void undoRestoresTheLayout();
    void choosesAnEntryOfTheImagesMenu();
    void offersTheEntriesThatAllImagesShare();

private:
    [[nodiscard]] MacAddress mac(int slot) const { return waitingRow(slot).machine.mac; }

    ui::MachineModel m_model;
};

void MachineEditTest::init() {
    m_model.reset({waitingRow(1), waitingRow(2), waitingRow(3)}, {}, 4);
}

void MachineEditTest::pinsATypedName() {
    const auto plan = planEdit(m_model, {mac(1)}, MachineColumn::Name, QStringLiteral(" db-1 "));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->assigns.size(), std::size_t(1));
    QCOMPARE(plan->assigns[0].after.hostname, std::string("db-1"));
    QVERIFY(planEdit(m_model, {mac(1)}, MachineColumn::Name, QStringLiteral("node-01"))->isEmpty());
}

void MachineEditTest::takesAPinnedNameBackWhenTheCellIsEmptied() {
    engine::MachineRow pinned = waitingRow(1);
    pinned.machine.assigned.hostname = "db-1";
    pinned.hostname = QStringLiteral("db-1");
    m_model.apply(updateOf({pinned}));
    const auto plan = planEdit(m_model, {mac(1)}, MachineColumn::Name, QString());
    QVERIFY(plan.has_value());
    QCOMPARE(plan->assigns.at(0).before.hostname, std::string("db-1"));
    QVERIFY(plan->assigns.at(0).after.hostname.empty());
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
    QCOMPARE(plan->assigns.size(), std::size_t(2));
    QCOMPARE(plan->assigns[0].after.hostname, std::string("db-001"));
    QCOMPARE(plan->assigns[1].after.hostname, std::string("db-003"));
}

void MachineEditTest::refusesOneNameForSeveralMachines() {
    QVERIFY(!planEdit(m_model, {mac(1), mac(3)}, MachineColumn::Name, QStringLiteral("db")));
}

void MachineEditTest::countsAddressesUpFromTheFirst() {
    const auto plan =
        planEdit(m_model, {mac(1), mac(2)}, MachineColumn::Address, QStringLiteral("10.0.0.101"));
    QVERIFY(plan.has_value());
    QCOMPARE(plan->assigns.at(0).after.address, std::optional(Ipv4Address(10, 0, 0, 101)));
    QCOMPARE(plan->assigns.at(1).after.address, std::optional(Ipv4Address(10, 0, 0, 102)));
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
    QCOMPARE(planEdit(m_model, {mac(1)}, MachineColumn::Slot, QStringLiteral("9"))->places.at(0).after,
             std::optional(9));
}

void MachineEditTest::shiftsARowOfMachinesByOneSlot() {
    const auto plan = planEdit(m_model, {mac(1), mac(2), mac(3)}, MachineColumn::Slot, QStringLiteral("2"));
    QVERIFY(plan.has_value());
    std::vector<roster::Command> sent;
    ui::PlaceCommand command(plan->places,
                             [&sent](std::vector<roster::Command> commands) { sent = std::move(commands); });
    command.redo();
    QCOMPARE(sent.size(), std::size_t(6)); // all leave before any arrives
    QVERIFY(!std::get<roster::Place>(sent[2]).slot.has_value());
    QCOMPARE(std::get<roster::Place>(sent[3]).slot, std::optional(2));
    command.undo();
    QCOMPARE(std::get<roster::Place>(sent[5]).slot, std::optional(3));
}

void MachineEditTest::undoRestoresWhatWasThere() {
    const auto plan = planEdit(m_model, {mac(1), mac(2)}, MachineColumn::Image, QStringLiteral("rocky"));
    QVERIFY(plan.has_value());
    std::vector<roster::Command> sent;
    const ui::Submit submit = [&sent](std::vector<roster::Command> commands) {
        sent.insert(sent.end(), commands.begin(), commands.end());
    };
    QUndoStack stack;
    stack.beginMacro(QStringLiteral("Image"));
    for (const ui::AssignChange& change : plan->assigns)
        stack.push(new ui::AssignCommand(change, submit));
    stack.endMacro();
    QCOMPARE(stack.count(), 1); // several machines, one step
    QCOMPARE(std::get<roster::Assign>(sent.at(1)).assigned.imageId, std::string("rocky"));
    sent.clear();
    stack.undo();
    QCOMPARE(sent.size(), std::size_t(2));
    for (const roster::Command& command : sent)
        QVERIFY(std::get<roster::Assign>(command).assigned == roster::Assignment());
    sent.clear();
    stack.redo();
    QCOMPARE(sent.size(), std::size_t(2));
}

void MachineEditTest::undoRestoresTheLayout() {
    roster::RackLayout after;
    after.name = "R12";
    std::vector<roster::Command> sent;
    ui::LayoutCommand command({}, after,
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
    QCOMPARE(chosen->assigns.at(0).after.menuEntry, rescue.toStdString()); // titles are compared as they are
    std::vector<roster::Command> sent;
    QUndoStack stack;
    stack.push(new ui::AssignCommand(chosen->assigns.at(0), [&sent](std::vector<roster::Command> commands) {
        sent = std::move(commands);
    }));
    QCOMPARE(std::get<roster::Assign>(sent.at(0)).assigned.menuEntry, rescue.toStdString());
    stack.undo();
    QVERIFY(std::get<roster::Assign>(sent.at(0)).assigned.menuEntry.empty());

    engine::MachineRow row = waitingRow(1);
    row.machine.assigned = chosen->assigns.at(0).after;
    m_model.apply(updateOf({row}));
    const QModelIndex cell = m_model.index(0, static_cast<int>(MachineColumn::Profile));
    QCOMPARE(cell.data().toString(), QStringLiteral("Menu: ") + rescue);
    QCOMPARE(cell.data(ui::MachineModel::ChoiceRole).toString(), ui::menuEntryValue(rescue));
    const auto moved = planEdit(m_model, {mac(1)}, MachineColumn::Image, QStringLiteral("other"));
    QVERIFY(moved->assigns.at(0).after.menuEntry.empty());
    const auto back = planEdit(m_model, {mac(1)}, MachineColumn::Profile, QStringLiteral("kvm"));
    QVERIFY(back->assigns.at(0).after.menuEntry.empty());
    QCOMPARE(back->assigns.at(0).after.profile, std::string("kvm"));
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

QTEST_GUILESS_MAIN(MachineEditTest)
#include "tst_MachineEdit.moc"
