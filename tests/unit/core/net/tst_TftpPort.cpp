#include "core/net/DatagramBatch.h"
#include "core/net/TftpPort.h"
#include "tests/support/LoopbackSocket.h"
#include "tests/support/UdpClient.h"

#include <QTest>

#include <numeric>

using namespace rackmuster;
using namespace rackmuster::net;
using namespace std::chrono_literals;

namespace {

constexpr Ipv4Address loopback(127, 0, 0, 1);

std::vector<std::uint8_t> pattern(std::size_t size) {
    std::vector<std::uint8_t> bytes(size);
    std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
    return bytes;
}

} // namespace

class TftpPortTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void sendsAWindowAsBlocks_data();
    void sendsAWindowAsBlocks();
    void answersFromTheAddressThatWasAsked();
    void tellsWhosePortIsClosed();
    void aClosedPortStopsNobodyElse();
};

void TftpPortTest::sendsAWindowAsBlocks_data() {
    QTest::addColumn<bool>("mayCut");
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("last");
    for (const bool mayCut : {true, false}) {
        for (const int count : {1, 2, 44, 45, 64}) {
            for (const int last : {0, 1, 1468})
                QTest::addRow("%s, %d blocks, the last of %d", mayCut ? "offload" : "singly", count, last)
                    << mayCut << count << last;
        }
    }
}

void TftpPortTest::sendsAWindowAsBlocks() {
    QFETCH(bool, mayCut);
    QFETCH(int, count);
    QFETCH(int, last);
    constexpr std::uint16_t blockSize = 1468;
    constexpr std::uint64_t first = 65530; // rolls over to 0 on the way
    const auto client = tests::LoopbackSocket::udp();
    auto port = TftpPort::open("");
    QVERIFY(port.has_value());
    if (!mayCut)
        port->disableSegmentation();
    const auto content = pattern(static_cast<std::size_t>((count - 1) * blockSize + last));
    const auto sent = port->sendBlocks({{loopback, client.port}, loopback, 0},
                                       {first, static_cast<std::uint32_t>(count), blockSize, content});
    QCOMPARE(sent, static_cast<std::uint32_t>(count));
    QCOMPARE(port->segments(), mayCut);
    std::vector<std::uint8_t> buffer(2048);
    std::vector<std::uint8_t> got;
    for (int i = 0; i < count; ++i) {
        const auto datagram = receiveDatagram(client.socket.get(), buffer);
        QVERIFY(datagram && *datagram);
        const Bytes bytes = (*datagram)->payload;
        const auto number = static_cast<std::uint16_t>(first + static_cast<std::uint64_t>(i));
        QVERIFY(bytes.size() >= 4 && bytes[0] == 0 && bytes[1] == 3);
        QCOMPARE(static_cast<std::uint16_t>(bytes[2] << 8U | bytes[3]), number);
        got.insert(got.end(), bytes.begin() + 4, bytes.end());
    }
    QVERIFY(got == content);
    QVERIFY(!*receiveDatagram(client.socket.get(), buffer));
}

void TftpPortTest::answersFromTheAddressThatWasAsked() // P63
{
    const auto client = tests::LoopbackSocket::udp();
    auto port = TftpPort::open("");
    QVERIFY(port.has_value());
    constexpr Ipv4Address other(127, 3, 2, 1);
    port->send({{loopback, client.port}, other, 0}, pattern(10));
    std::array<std::uint8_t, 64> buffer{};
    const auto datagram = receiveDatagram(client.socket.get(), buffer);
    QVERIFY(datagram && *datagram);
    QCOMPARE((*datagram)->peer.address, other);
}

void TftpPortTest::tellsWhosePortIsClosed() {
    UdpEndpoint closed{loopback, 0};
    closed.port = tests::LoopbackSocket::udp().port;
    auto port = TftpPort::open("");
    QVERIFY(port.has_value());
    QVERIFY(!takeUnreachable(port->socket()));
    port->send({closed, loopback, 0}, pattern(4));
    std::optional<UdpEndpoint> told;
    const auto isTold = [&] {
        if (!told)
            told = takeUnreachable(port->socket());
        return told.has_value();
    };
    QTRY_VERIFY(isTold());
    QCOMPARE(*told, closed);
    QVERIFY(!takeUnreachable(port->socket()));
}

void TftpPortTest::aClosedPortStopsNobodyElse() {
    const auto client = tests::LoopbackSocket::udp();
    UdpEndpoint closed{loopback, 0};
    closed.port = tests::LoopbackSocket::udp().port;
    auto port = TftpPort::open("");
    QVERIFY(port.has_value());
    std::array<std::uint8_t, 64> buffer{};
    DatagramBatch batch;
    for (int i = 0; i < 50; ++i) {
        port->send({closed, loopback, 0}, pattern(4)); // its refusal is pending when the next one leaves
        port->send({{loopback, client.port}, loopback, 0}, pattern(4));
        const auto datagram = receiveDatagram(client.socket.get(), buffer);
        QVERIFY(datagram && *datagram);
        QVERIFY(batch.receive(port->socket()).has_value());
    }
}

QTEST_GUILESS_MAIN(TftpPortTest)
#include "tst_TftpPort.moc"
