#include "core/net/LineBudget.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::net;
using namespace std::chrono_literals;

namespace {

constexpr Ipv4Address peer{192, 168, 0, 7};

} // namespace

class LineBudgetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void letsABurstThroughAndThenAStream() {
        LineBudget budget(10, 100);
        const Instant start{1h};
        for (int i = 0; i < 100; ++i)
            QVERIFY(budget.take(peer, start));
        QVERIFY(!budget.take(peer, start));
        QVERIFY(budget.take(peer, start + 100ms));
        QVERIFY(!budget.take(peer, start + 100ms));
        QVERIFY(budget.take(Ipv4Address(192, 168, 0, 8), start + 100ms));
    }

    void savesNoMoreThanABurst() {
        LineBudget budget(10, 3);
        QVERIFY(budget.take(peer, Instant{}));
        const Instant later{24h};
        for (int i = 0; i < 3; ++i)
            QVERIFY(budget.take(peer, later));
        QVERIFY(!budget.take(peer, later));
    }

    void aFloodOfPeersDoesNotFreeTheOneThatSaidTooMuch() {
        LineBudget budget(0.001, 2);
        const Instant now{1h};
        QVERIFY(budget.take(peer, now) && budget.take(peer, now) && !budget.take(peer, now));
        for (std::uint32_t i = 0; i < 2 * LineBudget::maximumPeers; ++i)
            QVERIFY(budget.take(Ipv4Address(0x0A000000U + i), now));
        QVERIFY(!budget.take(peer, now));
    }
};

QTEST_APPLESS_MAIN(LineBudgetTest)
#include "tst_LineBudget.moc"
