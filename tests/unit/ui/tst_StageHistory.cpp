#include "ui/models/StageHistory.h"

#include <QTest>

#include <algorithm>

using namespace rackmuster;
using namespace std::chrono_literals;
using roster::Stage;
using ui::Phase;

class StageHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void measuresAPhaseUntilTheNextOneBegins();
    void countsThePresentPhaseUntilNow();
    void showsApprovalOnlyOfParkedMachines();
    void takesTheMedianOfTheOtherMachines();
    void startsAnewWhenTheMachineIsForgotten();

private:
    static WallTime at(std::chrono::seconds seconds) { return WallTime(seconds); }
    static MacAddress mac(std::uint8_t last) { return MacAddress({2, 0, 0, 0, 0, last}); }
    static ui::PhaseSpan span(const ui::StageHistory& history, MacAddress machine, Phase phase,
                              WallTime now) {
        const auto timeline = history.timelineOf(machine, now);
        return *std::find_if(timeline.begin(), timeline.end(),
                             [phase](const auto& s) { return s.phase == phase; });
    }
};

void StageHistoryTest::measuresAPhaseUntilTheNextOneBegins() {
    ui::StageHistory history;
    history.record(mac(1), Stage::Seen, at(0s));
    history.record(mac(1), Stage::Leased, at(4s));
    history.record(mac(1), Stage::Loader, at(6s));
    history.record(mac(1), Stage::Loader, at(60s)); // told again
    history.record(mac(1), Stage::Kernel, at(15s));
    QCOMPARE(span(history, mac(1), Phase::Dhcp, at(20s)).duration, 6s);
    QCOMPARE(span(history, mac(1), Phase::Loader, at(20s)).duration, 9s);
    QVERIFY(!span(history, mac(1), Phase::Packages, at(20s)).begin);
}

void StageHistoryTest::countsThePresentPhaseUntilNow() {
    ui::StageHistory history;
    history.record(mac(1), Stage::Kernel, at(10s));
    const ui::PhaseSpan kernel = span(history, mac(1), Phase::Kernel, at(25s));
    QVERIFY(kernel.isCurrent);
    QCOMPARE(kernel.duration, 15s);
}

void StageHistoryTest::showsApprovalOnlyOfParkedMachines() {
    const auto hasApproval = [](const std::vector<ui::PhaseSpan>& timeline) {
        return std::any_of(timeline.begin(), timeline.end(),
                           [](const auto& s) { return s.phase == Phase::Approval; });
    };
    ui::StageHistory history;
    history.record(mac(1), Stage::Seen, at(0s));
    QVERIFY(!hasApproval(history.timelineOf(mac(1), at(1s))));
    history.record(mac(1), Stage::Parked, at(2s));
    QVERIFY(hasApproval(history.timelineOf(mac(1), at(3s))));
}

void StageHistoryTest::takesTheMedianOfTheOtherMachines() {
    ui::StageHistory history;
    for (const auto& [last, seconds] :
         {std::pair{1, 100s}, std::pair{2, 10s}, std::pair{3, 20s}, std::pair{4, 30s}}) {
        history.record(mac(static_cast<std::uint8_t>(last)), Stage::Stage2, at(0s));
        history.record(mac(static_cast<std::uint8_t>(last)), Stage::Packages, at(seconds));
    }
    QCOMPARE(span(history, mac(1), Phase::Installer, at(200s)).typical,
             std::optional<std::chrono::milliseconds>(20s));
    QVERIFY(!span(history, mac(1), Phase::Packages, at(200s)).typical); // nobody has finished it
}

void StageHistoryTest::startsAnewWhenTheMachineIsForgotten() {
    ui::StageHistory history;
    history.record(mac(1), Stage::Done, at(0s));
    history.forget(mac(1));
    history.record(mac(1), Stage::Seen, at(50s));
    QCOMPARE(span(history, mac(1), Phase::Dhcp, at(51s)).begin, std::optional(at(50s)));
    QVERIFY(!span(history, mac(1), Phase::Done, at(51s)).begin);
}

QTEST_GUILESS_MAIN(StageHistoryTest)
#include "tst_StageHistory.moc"
