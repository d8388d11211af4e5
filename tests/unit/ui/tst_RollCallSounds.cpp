#include "tests/unit/ui/MachineRows.h"
#include "ui/EffectPlayer.h"
#include "ui/models/RollCallSounds.h"

#include <QFile>
#include <QTest>

#include <set>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::heardOf;
using ui::Sound;

namespace {

engine::MachineRow plannedRow(int slot) {
    engine::MachineRow row = waitingRow(slot);
    row.machine.firstSeen.reset();
    row.machine.boots = 0;
    row.machine.stage = roster::Stage::Seen;
    return row;
}

engine::MachineRow doneRow(int slot) {
    engine::MachineRow row = installingRow(slot, roster::Stage::Done);
    row.machine.ticket->isSpent = true;
    row.machine.isDone = true;
    return row;
}

engine::MachineRow bootedAgain(engine::MachineRow row) {
    ++row.machine.boots;
    row.machine.stage = roster::Stage::Seen;
    return row;
}

engine::MachineRow doubted(engine::MachineRow row) {
    row.machine.orderUncertainWith = {waitingRow(99).machine.mac};
    return row;
}

engine::MachineRow withProblem(engine::MachineRow row) {
    row.machine.problem = Error{ErrorCode::EndUnreported, {}, {}};
    return row;
}

int number(std::optional<Sound> sound) {
    return sound ? static_cast<int>(*sound) : -1;
}

} // namespace

Q_DECLARE_METATYPE(rackmuster::ui::HeardMachine)

class RollCallSoundsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eachChangeHasItsSound_data();
    void eachChangeHasItsSound();
    void whatIsSoAlreadyIsNotHeard();
    void theMostUrgentOfOneTimeIsHeard();
    void allSoundsAreThereAndDifferent();
};

void RollCallSoundsTest::eachChangeHasItsSound_data() {
    QTest::addColumn<ui::HeardMachine>("before");
    QTest::addColumn<ui::HeardMachine>("after");
    QTest::addColumn<int>("sound");
    const auto row = [](const char* name, const ui::HeardMachine& before, const engine::MachineRow& after,
                        std::optional<Sound> sound) {
        QTest::newRow(name) << before << heardOf(after) << number(sound);
    };
    const ui::HeardMachine nobody;
    const ui::HeardMachine waiting = heardOf(waitingRow(1));
    const ui::HeardMachine installing = heardOf(installingRow(1, roster::Stage::Packages));
    row("a new machine", nobody, waitingRow(1), Sound::NewMachine);
    row("a planned machine is heard", heardOf(plannedRow(1)), waitingRow(1), Sound::NewMachine);
    row("a machine is planned", nobody, plannedRow(1), std::nullopt);
    row("nothing", waiting, waitingRow(1), std::nullopt);
    row("its button once more", waiting, bootedAgain(waitingRow(1)), Sound::CameBack);
    row("approved", waiting, installingRow(1, roster::Stage::Parked), std::nullopt);
    row("an installer starts anew", installing, bootedAgain(installingRow(1, roster::Stage::Packages)),
        std::nullopt);
    row("done", installing, doneRow(1), Sound::Done);
    row("came back when done", heardOf(doneRow(1)), bootedAgain(doneRow(1)), Sound::CameBack);
    row("its order is uncertain", nobody, doubted(waitingRow(1)), Sound::Problem);
    row("the order of another one, too", waiting, doubted(waitingRow(1)), Sound::Problem);
    row("still uncertain", heardOf(doubted(waitingRow(1))), doubted(waitingRow(1)), std::nullopt);
    row("settled", heardOf(doubted(waitingRow(1))), waitingRow(1), std::nullopt);
    row("something is wrong", installing, withProblem(installingRow(1, roster::Stage::Packages)),
        Sound::Problem);
}

void RollCallSoundsTest::eachChangeHasItsSound() {
    QFETCH(ui::HeardMachine, before);
    QFETCH(ui::HeardMachine, after);
    QFETCH(int, sound);
    QCOMPARE(number(soundOf(before, after)), sound);
}

void RollCallSoundsTest::whatIsSoAlreadyIsNotHeard() {
    ui::MachineModel machines;
    machines.reset({waitingRow(1), doubted(waitingRow(2)), doneRow(3)}, {}, 4);
    ui::RollCallSounds sounds;
    sounds.begin(machines);
    QVERIFY(!sounds.listen(machines));
    machines.apply(updateOf({waitingRow(4)}));
    QCOMPARE(number(sounds.listen(machines)), number(Sound::NewMachine));
    QVERIFY(!sounds.listen(machines)); // once
}

void RollCallSoundsTest::theMostUrgentOfOneTimeIsHeard() {
    ui::MachineModel machines;
    machines.reset({waitingRow(1), installingRow(2, roster::Stage::Post)}, {}, 3);
    ui::RollCallSounds sounds;
    sounds.begin(machines);
    machines.apply(updateOf({bootedAgain(waitingRow(1)), doneRow(2), waitingRow(3)}));
    QCOMPARE(number(sounds.listen(machines)), number(Sound::CameBack));
    machines.apply(updateOf({withProblem(waitingRow(1)), waitingRow(4)}));
    QCOMPARE(number(sounds.listen(machines)), number(Sound::Problem));
    machines.apply({.changed = {}, .removed = {waitingRow(4).machine.mac}, .layout = {}, .cursor = 1});
    QVERIFY(!sounds.listen(machines));
    machines.apply(updateOf({waitingRow(4)})); // forgotten, and heard anew
    QCOMPARE(number(sounds.listen(machines)), number(Sound::NewMachine));
}

void RollCallSoundsTest::allSoundsAreThereAndDifferent() {
    std::set<QByteArray> contents;
    for (std::size_t i = 0; i < ui::soundCount; ++i) {
        QFile file(ui::soundFile(static_cast<Sound>(i)));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const QByteArray content = file.readAll();
        QVERIFY(content.startsWith("RIFF") && content.mid(8, 4) == "WAVE");
        constexpr int bytesOfASecond = 2 * 22050;
        QVERIFY(content.size() < bytesOfASecond); // short
        contents.insert(content);
    }
    QCOMPARE(contents.size(), ui::soundCount);
}

QTEST_GUILESS_MAIN(RollCallSoundsTest)
#include "tst_RollCallSounds.moc"
