#include "core/boot/DhcpReply.h"
#include "core/boot/RelayAgent.h"
#include "tests/unit/core/boot/DhcpRack.h"

#include <QTest>

#include <functional>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using wire::DhcpMessage;
using wire::DhcpOption;
using wire::DhcpType;

namespace {

const Ipv4Address relay = host(254);
const Ipv4Address farRelay(10, 9, 0, 1);

/// What a relay makes of a client's message.
DhcpMessage relayed(DhcpMessage message, Ipv4Address by = relay, std::uint8_t hops = 1) {
    message.giaddr = by;
    message.hops = hops;
    message.flags = 0;
    return message;
}

std::string subOption(std::uint8_t code, Ipv4Address address) {
    std::string out{static_cast<char>(code), '\4'};
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        out += static_cast<char>(static_cast<std::uint8_t>(address.value() >> shift));
    return out;
}

DhcpMessage withAgent(DhcpMessage message, const std::string& option82) {
    message.set(DhcpOption::RelayAgent, std::string_view(option82));
    return message;
}

DhcpMessage discover(std::uint8_t machine = 1) {
    return relayed(pxeMessage(DhcpType::Discover, mac(machine)));
}

DhcpMessage request(Ipv4Address asked, Ipv4Address server = serverAddress, std::uint8_t machine = 1) {
    DhcpMessage message = selecting(discover(machine), asked);
    message.set(DhcpOption::ServerId, server);
    return message;
}

DhcpMessage bare(DhcpType type, Ipv4Address ciaddr, std::optional<Ipv4Address> asked = {}) {
    DhcpMessage message = relayed(pxeMessage(type, mac(1)));
    message.ciaddr = ciaddr;
    if (asked)
        message.set(DhcpOption::RequestedAddress, *asked);
    return message;
}

/// "OFFER 192.168.0.200", "NAK", "-": the answer to the last message, which has gone to the relay.
std::string answerOf(const DhcpDecision& decision) {
    if (!decision.reply)
        return "-";
    if (decision.delivery != Delivery::Relay || decision.destination != decision.reply->giaddr)
        return "not to the relay";
    if (decision.reply->type() == DhcpType::Nak)
        return decision.reply->wantsBroadcast() ? "NAK" : "NAK that the relay cannot deliver";
    return (decision.reply->type() == DhcpType::Offer ? "OFFER " : "ACK ") +
           decision.reply->yiaddr.toString();
}

using Exchange = std::function<DhcpDecision(DhcpRack&)>;

} // namespace

Q_DECLARE_METATYPE(Exchange)

class TestDhcpRelay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void servesRelayedClients_data();
    void servesRelayedClients();
    void linkSelectionChoosesTheNetwork();
    void serverIdOverrideStandsInForUs();
    void unknownSubOptionsAreOnlyEchoed();
    void believesOption82OfRelaysOnly();
    void brokenSubOptionsCountAsAbsent();
    void option82IsEchoedLastAndWhole();
    void option82ThatDoesNotFitGetsNoAnswer();
};

void TestDhcpRelay::servesRelayedClients_data() {
    QTest::addColumn<Exchange>("exchange");
    QTest::addColumn<QString>("answer");
    const auto row = [](const char* name, Exchange exchange, const char* answer) {
        QTest::newRow(name) << std::move(exchange) << QString::fromLatin1(answer);
    };
    // In the order of Forge's relay tests: SELECTING, INIT-REBOOT, RENEWING, REBINDING, RELEASE, DECLINE,
    // INFORM.
    row(
        "1 discover", [](DhcpRack& r) { return r.ask(discover()); }, "OFFER 192.168.0.200");
    row(
        "2 selecting",
        [](DhcpRack& r) {
            (void)r.ask(discover());
            return r.ask(request(host(200)));
        },
        "ACK 192.168.0.200");
    row(
        "3 the pool is empty",
        [](DhcpRack& r) {
            for (std::uint8_t i = 1; i <= 4; ++i)
                r.lease(discover(i));
            return r.ask(discover(5));
        },
        "-");
    row(
        "4 another client-id, same machine",
        [](DhcpRack& r) {
            r.lease(discover());
            DhcpMessage again = discover();
            again.set(DhcpOption::ClientId, std::string_view("\0\1\2\3\4\5\6", 7));
            return r.ask(again);
        },
        "OFFER 192.168.0.200");
    row(
        "5 the same client-id, another machine",
        [](DhcpRack& r) {
            DhcpMessage first = discover(1);
            DhcpMessage second = discover(2);
            for (DhcpMessage* message : {&first, &second})
                message->set(DhcpOption::ClientId, std::string_view("\0\1\2\3\4\5\6", 7));
            r.lease(first);
            return r.ask(second);
        },
        "OFFER 192.168.0.201");
    row(
        "6 another machine's address is asked for",
        [](DhcpRack& r) {
            r.lease(discover(1));
            return r.ask(request(host(200), serverAddress, 2));
        },
        "NAK");
    row(
        "7 an address of nobody's is asked for", [](DhcpRack& r) { return r.ask(request(host(7))); }, "NAK");
    row(
        "8 another server is chosen",
        [](DhcpRack& r) {
            (void)r.ask(discover());
            return r.ask(request(host(200), host(5)));
        },
        "-");
    row(
        "9 reboot with its lease",
        [](DhcpRack& r) {
            r.lease(discover());
            return r.ask(bare(DhcpType::Request, {}, host(200)));
        },
        "ACK 192.168.0.200");
    row(
        "10 reboot with an unknown address",
        [](DhcpRack& r) { return r.ask(bare(DhcpType::Request, {}, host(200))); }, "-");
    row(
        "11 renewing",
        [](DhcpRack& r) {
            r.lease(discover());
            return r.ask(bare(DhcpType::Request, host(200)));
        },
        "ACK 192.168.0.200");
    row(
        "12 renewing what it does not hold",
        [](DhcpRack& r) {
            r.lease(discover());
            return r.ask(bare(DhcpType::Request, host(201)));
        },
        "-");
    row(
        "13 after its release the address is free",
        [](DhcpRack& r) {
            r.lease(discover());
            DhcpMessage release = bare(DhcpType::Release, host(200));
            release.set(DhcpOption::ServerId, serverAddress);
            (void)r.ask(release);
            return r.ask(discover(2));
        },
        "OFFER 192.168.0.200");
    row(
        "14 after its decline the address is not",
        [](DhcpRack& r) {
            r.lease(discover());
            DhcpMessage decline = bare(DhcpType::Decline, {}, host(200));
            decline.set(DhcpOption::ServerId, serverAddress);
            (void)r.ask(decline);
            return r.ask(discover(2));
        },
        "OFFER 192.168.0.201");
    row(
        "15 inform", [](DhcpRack& r) { return r.ask(bare(DhcpType::Inform, host(77))); }, "ACK 0.0.0.0");
    row(
        "16 seventeen hops",
        [](DhcpRack& r) { return r.ask(relayed(pxeMessage(DhcpType::Discover, mac(1)), relay, 17)); }, "-");
    row(
        "sixteen hops",
        [](DhcpRack& r) { return r.ask(relayed(pxeMessage(DhcpType::Discover, mac(1)), relay, 16)); },
        "OFFER 192.168.0.200");
    row(
        "a relay of another network",
        [](DhcpRack& r) { return r.ask(relayed(pxeMessage(DhcpType::Discover, mac(1)), farRelay)); }, "-");
}

// R20: the cases of Forge; the three of option 82 follow.
void TestDhcpRelay::servesRelayedClients() {
    QFETCH(Exchange, exchange);
    QFETCH(QString, answer);
    DhcpRack server;
    QCOMPARE(QString::fromStdString(answerOf(exchange(server))), answer);
}

// R20: option 82.5 (RFC 3527)
void TestDhcpRelay::linkSelectionChoosesTheNetwork() {
    DhcpRack server;
    const DhcpMessage far = relayed(pxeMessage(DhcpType::Discover, mac(1)), farRelay);
    // The relay's own address may be of any network, as long as the client's is ours.
    const DhcpDecision ours = server.ask(withAgent(far, subOption(5, host(0))));
    QCOMPARE(answerOf(ours), std::string("OFFER 192.168.0.200"));
    QCOMPARE(ours.destination, farRelay);
    const DhcpDecision foreign = server.ask(withAgent(discover(), subOption(5, Ipv4Address(10, 1, 0, 0))));
    QCOMPARE(foreign.refusal, DhcpRefusal::NotForUs);
    QVERIFY(!foreign.reply.has_value());
}

// R20: option 82.11 (RFC 5107)
void TestDhcpRelay::serverIdOverrideStandsInForUs() {
    DhcpRack server;
    const std::string option82 = subOption(11, relay);
    const DhcpDecision offer = server.ask(withAgent(discover(), option82));
    QCOMPARE(*offer.reply->addressOption(DhcpOption::ServerId), relay);
    QCOMPARE(offer.reply->siaddr, serverAddress); // its boot file is ours all the same
    // The client takes the relay for its server; to us it means that it chose us.
    const DhcpMessage chosen = withAgent(request(host(200), relay), option82);
    const DhcpDecision ack = server.ask(chosen);
    QCOMPARE(answerOf(ack), std::string("ACK 192.168.0.200"));
    QCOMPARE(*ack.reply->addressOption(DhcpOption::ServerId), relay);
    QVERIFY(!server.ask(request(host(200), relay)).reply.has_value()); // said by nobody: another server
    DhcpMessage release = bare(DhcpType::Release, host(200));
    release.set(DhcpOption::ServerId, relay);
    QVERIFY(server.ask(withAgent(release, option82)).releasesLease);
}

// R20
void TestDhcpRelay::unknownSubOptionsAreOnlyEchoed() {
    DhcpRack server;
    const std::string option82 = std::string("\1\4port\2\3rid\x97\0", 13) + subOption(152, host(9));
    const DhcpDecision decision = server.ask(withAgent(discover(), option82));
    QCOMPARE(answerOf(decision), std::string("OFFER 192.168.0.200"));
    QCOMPARE(bytesOf(*decision.reply, DhcpOption::RelayAgent), option82);
}

void TestDhcpRelay::believesOption82OfRelaysOnly() {
    DhcpRack server;
    DhcpMessage direct = pxeMessage(DhcpType::Discover, mac(1));
    const std::string option82 = subOption(11, host(66)) + subOption(5, Ipv4Address(10, 0, 0, 0));
    const DhcpDecision decision = server.ask(withAgent(direct, option82));
    QCOMPARE(*decision.reply->addressOption(DhcpOption::ServerId), serverAddress);
    // A switch that adds the option without being a relay gets it back.
    QCOMPARE(bytesOf(*decision.reply, DhcpOption::RelayAgent), option82);
}

void TestDhcpRelay::brokenSubOptionsCountAsAbsent() {
    for (const std::string& option82 :
         {std::string("\5"), std::string("\5\4\x0A"), std::string("\5\3\x0A\0\0", 5), std::string("\5\0", 2),
          std::string("\5\5\x0A\0\0\0\0", 7), subOption(5, {}), subOption(11, {}), std::string("\x0B\xFF\1"),
          std::string()}) {
        const DhcpMessage message = withAgent(discover(), option82);
        QVERIFY(!relayAgent(message).linkSelection.has_value());
        QVERIFY(!relayAgent(message).serverIdOverride.has_value());
        DhcpRack server;
        QCOMPARE(answerOf(server.ask(message)), std::string("OFFER 192.168.0.200"));
    }
}

// P07, R20
void TestDhcpRelay::option82IsEchoedLastAndWhole() {
    DhcpRack server;
    const std::string option82(200, 'r');
    DhcpMessage message = withAgent(discover(), option82);
    message.set(DhcpOption::ClientId, std::string_view("\1abcdef"));
    const DhcpDecision decision = server.ask(message);
    const auto bytes = wire::encodeDhcp(*decision.reply, decision.maximumSize);
    QVERIFY(bytes.has_value());
    const auto read = wire::decodeDhcp(*bytes);
    QCOMPARE(codesOf(*read).back(), 82);
    QCOMPARE(bytesOf(*read, DhcpOption::RelayAgent), option82);
}

// R06
void TestDhcpRelay::option82ThatDoesNotFitGetsNoAnswer() {
    DhcpRack server;
    DhcpMessage message = withAgent(discover(), std::string(255, 'r'));
    message.set(DhcpOption::MaxMessageSize, Bytes(std::array<std::uint8_t, 2>{0x02, 0x40})); // 576
    const DhcpDecision decision = server.ask(message);
    QCOMPARE(decision.maximumSize, std::uint16_t{548});
    QVERIFY(!wire::encodeDhcp(*decision.reply, decision.maximumSize).has_value());
    // With room for it, it goes back whole.
    message.set(DhcpOption::MaxMessageSize, Bytes(std::array<std::uint8_t, 2>{0x05, 0xDC})); // 1500
    const DhcpDecision roomy = server.ask(message);
    const auto bytes = wire::encodeDhcp(*roomy.reply, roomy.maximumSize);
    QVERIFY(bytes.has_value());
    QCOMPARE(bytesOf(*wire::decodeDhcp(*bytes), DhcpOption::RelayAgent).size(), std::size_t{255});
    QVERIFY(!server.lease(pxeMessage(DhcpType::Discover, mac(9))).isNull()); // alive
}

QTEST_APPLESS_MAIN(TestDhcpRelay)
#include "tst_DhcpRelay.moc"
