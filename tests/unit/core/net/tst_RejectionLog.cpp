#include "core/net/RejectionLog.h"
#include "tests/support/ManualClock.h"
#include "tests/support/ServerEventLog.h"

#include <QTest>

using namespace rackmuster;
using namespace std::chrono_literals;

class RejectionLogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aFloodBecomesFiveEventsASecond();
    void theNextEventSaysHowManyWereLeftOut();
};

void RejectionLogTest::aFloodBecomesFiveEventsASecond() // A9
{
    tests::ServerEventLog log;
    tests::ManualClock clock;
    net::RejectionLog rejections(log.sink());
    for (int i = 0; i < 2000; ++i) {
        rejections.report("bad", "192.168.0.9", clock.now());
        clock.advance(1ms);
    }
    QCOMPARE(log.all<net::Rejected>().size(), std::size_t(10));
}

void RejectionLogTest::theNextEventSaysHowManyWereLeftOut() {
    tests::ServerEventLog log;
    tests::ManualClock clock;
    net::RejectionLog rejections(log.sink());
    for (int i = 0; i < 8; ++i)
        rejections.report("bad", "a", clock.now());
    clock.advance(1s);
    rejections.report("bad", "b", clock.now());
    rejections.report("bad", "c", clock.now());
    const auto events = log.all<net::Rejected>();
    QCOMPARE(events.size(), std::size_t(7));
    QCOMPARE(events[4].reason, std::string("bad"));
    QVERIFY(events[5].reason.find("3 more") != std::string::npos);
    QCOMPARE(events[5].source, std::string("b"));
    QCOMPARE(events[6].reason, std::string("bad"));
}

QTEST_APPLESS_MAIN(RejectionLogTest)
#include "tst_RejectionLog.moc"
