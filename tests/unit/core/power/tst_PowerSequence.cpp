#include "core/power/PowerSequence.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace rackmuster;
using namespace rackmuster::power;
using Kind = PowerEvent::Kind;

namespace {

constexpr std::chrono::seconds patience{60};

MacAddress mac(int number) {
    return MacAddress(
        {0x52, 0x54, 0, 0, static_cast<std::uint8_t>(number >> 8), static_cast<std::uint8_t>(number)});
}

Instant at(int seconds) {
    return Instant(std::chrono::seconds(seconds));
}

PowerEvent switchOn(int slot) {
    return {Kind::SwitchOn, slot};
}

PowerEvent heard(int slot, int machine, bool isCertain = true) {
    return {Kind::Heard, slot, mac(machine), isCertain};
}

const PowerEvent finished{Kind::Finished};

} // namespace

class TestPowerSequence : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneIsSwitchedOnWhenTheOneBeforeWasHeard();
    void aMachineIsHeardOnce();
    void whoSpeaksBeforeTheSwitchIsNobody();
    void aSilentSlotIsLeftAndMakesTheNextUncertain();
    void aMachineThatWasOnIsNotWaitedFor();
    void aFailureIsToldAndTheNextGoesOn();
    void aSkippedSlotMayStillAnswer();
    void aRetryBringsBackWhatWasNotHeard();
    void aStopSwitchesNothingOnAnyMore();
    void answersForAnotherSlotAreIgnored();
    void noSlotsAreOverAtOnce();
    void anyHistoryKeepsTheOrder_data();
    void anyHistoryKeepsTheOrder();
};

void TestPowerSequence::oneIsSwitchedOnWhenTheOneBeforeWasHeard() {
    PowerSequence sequence({1, 2, 2, 5}, {}, patience);
    QCOMPARE(sequence.start(), PowerEvents{switchOn(1)});
    QCOMPARE(sequence.switchedOn(1, at(10)), PowerEvents());
    QCOMPARE(sequence.deadline(), std::optional(at(70)));
    QCOMPARE(sequence.tick(at(69)), PowerEvents());
    QCOMPARE(sequence.heard(mac(1)), (PowerEvents{heard(1, 1), switchOn(2)}));
    QCOMPARE(sequence.deadline(), std::nullopt);
    QCOMPARE(sequence.switchedOn(2, at(80)), PowerEvents());
    QCOMPARE(sequence.heard(mac(2)), (PowerEvents{heard(2, 2), switchOn(5)}));
    QCOMPARE(sequence.switchedOn(5, at(90)), PowerEvents());
    QCOMPARE(sequence.heard(mac(3)), (PowerEvents{heard(5, 3), finished}));
    QVERIFY(sequence.isOver());
}

void TestPowerSequence::aMachineIsHeardOnce() {
    PowerSequence sequence({1, 2}, {mac(9)}, patience);
    (void)sequence.start();
    (void)sequence.switchedOn(1, at(0));
    QCOMPARE(sequence.heard(mac(9)), PowerEvents()); // was there before
    QCOMPARE(sequence.heard(mac(1)).size(), std::size_t{2});
    (void)sequence.switchedOn(2, at(5));
    QCOMPARE(sequence.heard(mac(1)), PowerEvents()); // its boot loader
    QCOMPARE(sequence.stateOf(2), SlotPower::Listening);
}

void TestPowerSequence::whoSpeaksBeforeTheSwitchIsNobody() {
    PowerSequence sequence({1}, {}, patience);
    (void)sequence.start();
    QCOMPARE(sequence.heard(mac(1)), PowerEvents());
    (void)sequence.switchedOn(1, at(0));
    QCOMPARE(sequence.heard(mac(1)), PowerEvents()); // known now: it is not the one of slot 1
    QCOMPARE(sequence.heard(mac(2)), (PowerEvents{heard(1, 2), finished}));
}

void TestPowerSequence::aSilentSlotIsLeftAndMakesTheNextUncertain() {
    PowerSequence sequence({1, 2}, {}, patience);
    (void)sequence.start();
    (void)sequence.switchedOn(1, at(0));
    QCOMPARE(sequence.tick(at(60)), (PowerEvents{{Kind::TimedOut, 1}, switchOn(2)}));
    (void)sequence.switchedOn(2, at(61));
    QCOMPARE(sequence.heard(mac(1)), (PowerEvents{heard(2, 1, false), finished}));
}

void TestPowerSequence::aMachineThatWasOnIsNotWaitedFor() {
    PowerSequence sequence({1, 2}, {}, patience);
    (void)sequence.start();
    QCOMPARE(sequence.wasOn(1), (PowerEvents{{Kind::WasOn, 1}, switchOn(2)}));
    (void)sequence.switchedOn(2, at(0));
    // What is on may ask at any time, so who asks now need not be the machine of slot 2.
    QCOMPARE(sequence.heard(mac(2)), (PowerEvents{heard(2, 2, false), finished}));
}

void TestPowerSequence::aFailureIsToldAndTheNextGoesOn() {
    const Error error{ErrorCode::BmcRefused, "10.0.0.1", {}};
    PowerSequence sequence({1, 2}, {}, patience);
    (void)sequence.start();
    QCOMPARE(sequence.failed(1, error),
             (PowerEvents{{Kind::Failed, 1, std::nullopt, true, error}, switchOn(2)}));
    QCOMPARE(sequence.stateOf(1), SlotPower::Failed);
}

void TestPowerSequence::aSkippedSlotMayStillAnswer() {
    PowerSequence sequence({1, 2}, {}, patience);
    (void)sequence.start();
    QCOMPARE(sequence.skip(), (PowerEvents{{Kind::Skipped, 1}, switchOn(2)}));
    (void)sequence.switchedOn(2, at(0));
    QCOMPARE(sequence.heard(mac(1)), (PowerEvents{heard(2, 1, false), finished}));
}

void TestPowerSequence::aRetryBringsBackWhatWasNotHeard() {
    PowerSequence sequence({1, 2, 3}, {}, patience);
    (void)sequence.start();
    (void)sequence.failed(1, {});
    (void)sequence.skip();
    QCOMPARE(sequence.retry(), PowerEvents()); // slot 3 first
    (void)sequence.switchedOn(3, at(0));
    QCOMPARE(sequence.heard(mac(3)), (PowerEvents{heard(3, 3, false), switchOn(1)}));
    (void)sequence.switchedOn(1, at(0));
    QCOMPARE(sequence.heard(mac(1)), (PowerEvents{heard(1, 1, false), switchOn(2)}));
    (void)sequence.switchedOn(2, at(0));
    QCOMPARE(sequence.heard(mac(2)), (PowerEvents{heard(2, 2, false), finished})); // who spoke for 3?
    QCOMPARE(sequence.retry(), PowerEvents());
}

void TestPowerSequence::aStopSwitchesNothingOnAnyMore() {
    PowerSequence sequence({1, 2}, {}, patience);
    (void)sequence.start();
    QCOMPARE(sequence.stop(), (PowerEvents{{Kind::Skipped, 1}, finished}));
    QVERIFY(sequence.isOver());
    QCOMPARE(sequence.stateOf(2), SlotPower::Waiting);
    QCOMPARE(sequence.switchedOn(1, at(0)), PowerEvents());
    QCOMPARE(sequence.tick(at(1000)), PowerEvents());
    QCOMPARE(sequence.stop(), PowerEvents());
}

void TestPowerSequence::answersForAnotherSlotAreIgnored() {
    PowerSequence sequence({1, 2}, {}, patience);
    (void)sequence.start();
    (void)sequence.skip();
    QCOMPARE(sequence.wasOn(1), PowerEvents());
    QCOMPARE(sequence.failed(1, {}), PowerEvents());
    QCOMPARE(sequence.switchedOn(1, at(0)), PowerEvents());
    QCOMPARE(sequence.currentSlot(), std::optional(2));
    QCOMPARE(sequence.stateOf(2), SlotPower::Starting);
}

void TestPowerSequence::noSlotsAreOverAtOnce() {
    PowerSequence sequence({}, {}, patience);
    QCOMPARE(sequence.start(), PowerEvents{finished});
}

void TestPowerSequence::anyHistoryKeepsTheOrder_data() {
    QTest::addColumn<unsigned>("seed");
    for (unsigned seed = 1; seed <= 200; ++seed)
        QTest::addRow("%u", seed) << seed;
}

/// One slot at a time is switched on, none twice without a retry, no machine for two slots; what is certain
/// is what the rack did; the end comes.
void TestPowerSequence::anyHistoryKeepsTheOrder() {
    QFETCH(unsigned, seed);
    std::mt19937 random(seed);
    const auto below = [&random](int limit) {
        return std::uniform_int_distribution(0, limit - 1)(random);
    };
    const int count = 1 + below(12);
    std::vector<int> slots;
    for (int slot = 1; slot <= count; ++slot)
        slots.push_back(slot);
    PowerSequence sequence(slots, {}, patience);

    std::set<int> powered;       // machine n is in slot n; they speak when they like
    std::map<int, int> heardFor; // machine -> slot
    std::vector<int> order;
    int now = 0;
    bool isOver = false;
    const auto check = [&](const PowerEvents& events) {
        for (const PowerEvent& event : events) {
            QVERIFY(!isOver);
            if (event.kind == Kind::SwitchOn) {
                QCOMPARE(sequence.currentSlot(), std::optional(event.slot));
                order.push_back(event.slot);
            } else if (event.kind == Kind::Heard) {
                const int machine = event.mac->octets()[5];
                QVERIFY2(heardFor.emplace(machine, event.slot).second, "a machine has two slots");
                QVERIFY2(!event.isCertain || machine == event.slot, "certain, but wrong");
            } else if (event.kind == Kind::Finished) {
                QVERIFY(sequence.isOver());
                isOver = true;
            }
        }
    };
    check(sequence.start());
    for (int step = 0; step < 2000 && !isOver; ++step) {
        const int slot = sequence.currentSlot().value_or(0);
        switch (below(8)) {
        case 0:
            if (sequence.stateOf(slot) == SlotPower::Starting)
                powered.insert(slot);
            check(sequence.switchedOn(slot, at(now)));
            break;
        case 1:
        case 2:
            if (!powered.empty()) // any that is on, also again
                check(sequence.heard(
                    mac(*std::next(powered.begin(), below(static_cast<int>(powered.size()))))));
            break;
        case 3:
            check(sequence.tick(at(now += below(80))));
            break;
        case 4:
            if (below(4) == 0)
                check(sequence.skip());
            break;
        case 5:
            if (below(4) == 0) {
                check(sequence.failed(slot, {}));
            } else if (below(4) == 0 && sequence.stateOf(slot) == SlotPower::Starting) {
                powered.insert(slot);
                check(sequence.wasOn(slot));
            }
            break;
        case 6:
            if (below(10) == 0)
                check(sequence.retry());
            break;
        case 7:
            if (below(60) == 0)
                check(sequence.stop());
            break;
        }
        if (QTest::currentTestFailed())
            return;
    }
    QVERIFY(isOver);
    // The first round is in rack order, whatever came between.
    std::vector<int> first;
    for (const int slot : order) {
        if (std::find(first.begin(), first.end(), slot) == first.end())
            first.push_back(slot);
    }
    QVERIFY(std::is_sorted(first.begin(), first.end()));
    for (const auto& [slot, state] : sequence.slots())
        QVERIFY(state != SlotPower::Starting && state != SlotPower::Listening);
}

QTEST_APPLESS_MAIN(TestPowerSequence)
#include "tst_PowerSequence.moc"
