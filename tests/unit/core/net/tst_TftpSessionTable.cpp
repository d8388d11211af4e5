#include "core/net/TftpSessionTable.h"
#include "tests/support/ManualClock.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::net;
using namespace std::chrono_literals;

namespace {

std::unique_ptr<TftpSession> makeSession(std::uint16_t clientPort, Instant now) {
    static Result<TftpPort> port = TftpPort::open("");
    boot::BootFile file;
    file.content = std::make_shared<const std::string>(2000, 'x');
    wire::TftpRequest request;
    request.path = "m/1/x";
    constexpr Ipv4Address local(127, 0, 0, 1);
    return std::make_unique<TftpSession>(
        TftpSession::Options{&port.value(), {{local, clientPort}, local, 0}, request, file, {}}, now);
}

} // namespace

class TftpSessionTableTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findsByIdAndPeer();
    void earliestDeadlineIsDueFirst();
    void removedSessionsAreForgotten();
    void oldestProbeIsTheOneThatCameFirst();
};

void TftpSessionTableTest::findsByIdAndPeer() {
    const tests::ManualClock clock;
    TftpSessionTable table;
    const auto first = table.add(makeSession(1001, clock.now()));
    const auto second = table.add(makeSession(1002, clock.now()));
    QVERIFY(first != second);
    QCOMPARE(table.find(second)->peer().port, std::uint16_t(1002));
    QVERIFY(table.idOf({Ipv4Address(127, 0, 0, 1), 1001}) == first);
    QVERIFY(!table.idOf({Ipv4Address(127, 0, 0, 2), 1001}));
}

void TftpSessionTableTest::earliestDeadlineIsDueFirst() {
    tests::ManualClock clock;
    TftpSessionTable table;
    QVERIFY(!table.nextDeadline());
    const auto early = table.add(makeSession(1001, clock.now()));
    table.find(early)->start(clock.now());
    table.reschedule(early);
    clock.advance(100ms);
    const auto late = table.add(makeSession(1002, clock.now()));
    table.find(late)->start(clock.now());
    table.reschedule(late);
    QVERIFY(!table.due(clock.now()));
    clock.advance(10min);
    QVERIFY(table.due(clock.now()) == early);
    table.find(early)->onDeadline(clock.now());
    table.reschedule(early);
    QVERIFY(table.due(clock.now()) == late);
}

void TftpSessionTableTest::removedSessionsAreForgotten() {
    const tests::ManualClock clock;
    TftpSessionTable table;
    const auto id = table.add(makeSession(1001, clock.now()));
    QVERIFY(table.remove(id) != nullptr);
    QVERIFY(table.find(id) == nullptr);
    QVERIFY(!table.idOf({Ipv4Address(127, 0, 0, 1), 1001}));
    QVERIFY(!table.nextDeadline());
    QVERIFY(table.remove(id) == nullptr);
    QCOMPARE(table.size(), std::size_t(0));
}

void TftpSessionTableTest::oldestProbeIsTheOneThatCameFirst() // R34
{
    const tests::ManualClock clock;
    TftpSessionTable table;
    QVERIFY(!table.oldestProbe());
    const auto first = table.add(makeSession(1001, clock.now()));
    (void)table.add(makeSession(1002, clock.now()));
    QVERIFY(table.oldestProbe() == first);
}

QTEST_APPLESS_MAIN(TftpSessionTableTest)
#include "tst_TftpSessionTable.moc"
