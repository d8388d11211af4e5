#include "core/boot/DhcpResponder.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using std::chrono::hours;
using std::chrono::seconds;
using wire::DhcpMessage;
using wire::DhcpOption;
using wire::DhcpType;

Q_DECLARE_METATYPE(rackmuster::wire::DhcpMessage)
Q_DECLARE_METATYPE(rackmuster::boot::DhcpRefusal)

namespace {

/// One rack with its lease table and its clock.
struct Server {
    Catalog::Contents contents = rack();
    LeaseTable leases;
    Instant now = noon;

    DhcpDecision ask(const DhcpMessage& message) { return respond(message, Catalog(contents), leases, now); }
    /// DISCOVER and REQUEST; the address that was acknowledged.
    Ipv4Address lease(const DhcpMessage& discover) {
        const DhcpDecision offer = ask(discover);
        if (!offer.reply)
            return {};
        const DhcpDecision ack = ask(selecting(discover, offer.reply->yiaddr));
        return ack.reply && ack.reply->type() == DhcpType::Ack ? ack.reply->yiaddr : Ipv4Address();
    }
};

DhcpMessage rebooting(MacAddress from, Ipv4Address address) {
    DhcpMessage message = plainMessage(DhcpType::Request, from);
    message.set(DhcpOption::RequestedAddress, address);
    return message;
}

DhcpMessage renewing(MacAddress from, Ipv4Address address) {
    DhcpMessage message = plainMessage(DhcpType::Request, from);
    message.ciaddr = address;
    return message;
}

DhcpMessage declining(MacAddress from, Ipv4Address address, Ipv4Address server = serverAddress) {
    DhcpMessage message = plainMessage(DhcpType::Decline, from);
    message.set(DhcpOption::RequestedAddress, address);
    message.set(DhcpOption::ServerId, server);
    return message;
}

DhcpMessage releasing(MacAddress from, Ipv4Address address) {
    DhcpMessage message = plainMessage(DhcpType::Release, from);
    message.ciaddr = address;
    message.set(DhcpOption::ServerId, serverAddress);
    return message;
}

} // namespace

class TestDhcpResponder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersNothing_data();
    void answersNothing();
    void answersNothingWhenNotTheServer();
    void discoverHoldsTheAddressButPersistsNothing();
    void repeatedDiscoverGetsTheSameAddress();
    void selectingOurOfferIsAcknowledged();
    void selectingAnotherServerFreesTheOfferSilently();
    void selectingAForgottenOfferStillWorksAfterRestart();
    void selectingAnOfferSurvivesAnApprovalInBetween();
    void selectingAnAddressThatIsNotOursToGiveIsRefused();
    void rebootingWithItsLeaseIsAcknowledged();
    void rebootingWithAnUnknownAddressStaysUnanswered();
    void renewingKeepsTheAddress();
    void renewingWithoutRecordStaysUnanswered();
    void renewingAnAddressPromisedToAnotherStaysUnanswered();
    void informGetsNoAddress();
    void informFromAForeignAddressStaysUnanswered();
    void releaseDropsTheLease();
    void releaseOfSomethingElseDropsNothing();
    void declineQuarantinesTheAddress();
    void forgedDeclinesChangeNothing();
    void declinesQuarantineAtMostAQuarter();
    void threeStacksOfOneMachineGetOneAddress();
    void identityIsTheHardwareAddress();
    void refusedMachinesGetNothing();
    void finishedMachinesStillGetALoader();
    void withoutALoaderThereIsNoAddressEither();
    void anExhaustedPoolIsReported();
    void leaseTimeFollowsTheSettings();
    void travelsAsTheClientCanReceive_data();
    void travelsAsTheClientCanReceive();
    void neverSendsToAnAddressThatIsOnlyClaimed();
    void nakIsBroadcastOrRelayed();
    void ackIsNeverSentWithoutALeaseToPersist();
    void aFloodOfDiscoversHoldsAtMostThePool();
    void fortyEightMachinesGetFortyEightAddresses();
};

void TestDhcpResponder::answersNothing_data() {
    QTest::addColumn<DhcpMessage>("message");
    QTest::addColumn<DhcpRefusal>("refusal");
    const auto row = [](const char* name, const DhcpMessage& message, DhcpRefusal refusal) {
        QTest::newRow(name) << message << refusal;
    };
    DhcpMessage reply = pxeMessage(DhcpType::Discover, mac(1));
    reply.op = 2;
    row("a reply", reply, DhcpRefusal::NotARequest);
    row("multicast MAC", pxeMessage(DhcpType::Discover, MacAddress({1, 0, 0x5E, 0, 0, 1})),
        DhcpRefusal::UnusableMac);
    row("zero MAC", pxeMessage(DhcpType::Discover, MacAddress(MacAddress::Octets{})),
        DhcpRefusal::UnusableMac);
    row("a phone", plainMessage(DhcpType::Discover, mac(66)), DhcpRefusal::UnknownClient);
    DhcpMessage relayed = pxeMessage(DhcpType::Discover, mac(1));
    relayed.giaddr = Ipv4Address(10, 0, 0, 1);
    row("a relay of another network", relayed, DhcpRefusal::NotForUs);
    DhcpMessage hops = pxeMessage(DhcpType::Discover, mac(1));
    hops.hops = 17;
    row("too many hops", hops, DhcpRefusal::NotForUs);
    DhcpMessage bootp = pxeMessage(DhcpType::Discover, mac(1));
    std::erase_if(bootp.options, [](const auto& option) { return option.code == 53; });
    row("BOOTP", bootp, DhcpRefusal::BadType);
    for (const unsigned type : {0U, 2U, 5U, 6U, 9U, 10U, 14U, 255U}) {
        DhcpMessage odd = pxeMessage(DhcpType::Discover, mac(1));
        odd.set(DhcpOption::MessageType, static_cast<std::uint8_t>(type));
        QTest::addRow("type %u", type) << odd << DhcpRefusal::BadType;
    }
}

// R01, R20, R21
void TestDhcpResponder::answersNothing() {
    QFETCH(DhcpMessage, message);
    QFETCH(DhcpRefusal, refusal);
    Server server;
    const DhcpDecision decision = server.ask(message);
    QVERIFY(!decision.reply.has_value());
    QVERIFY(!decision.lease.has_value());
    QVERIFY(!decision.releasesLease);
    QCOMPARE(decision.refusal, refusal);
}

void TestDhcpResponder::answersNothingWhenNotTheServer() {
    Server server;
    server.contents.dhcp.mode = DhcpMode::Off;
    const DhcpDecision decision = server.ask(pxeMessage(DhcpType::Discover, mac(1)));
    QVERIFY(!decision.reply.has_value());
    QCOMPARE(decision.refusal, DhcpRefusal::Off);
    QCOMPARE(decision.client.kind, ClientKind::PxeFirmware); // still seen
}

// R07
void TestDhcpResponder::discoverHoldsTheAddressButPersistsNothing() {
    Server server;
    const DhcpDecision decision = server.ask(pxeMessage(DhcpType::Discover, mac(1)));
    QCOMPARE(*decision.reply->type(), DhcpType::Offer);
    QCOMPARE(decision.reply->yiaddr, host(200));
    QCOMPARE(decision.bootFile, std::string("m/525400000001/pxelinux.0"));
    QCOMPARE(decision.maximumSize, std::uint16_t{1444});
    QVERIFY(!decision.lease.has_value());
    QCOMPARE(server.leases.size(), std::size_t{0});
    QCOMPARE(*server.leases.holder(host(200), noon), mac(1));
}

// P11
void TestDhcpResponder::repeatedDiscoverGetsTheSameAddress() {
    Server server;
    QCOMPARE(server.ask(pxeMessage(DhcpType::Discover, mac(1))).reply->yiaddr, host(200));
    QCOMPARE(server.ask(pxeMessage(DhcpType::Discover, mac(2))).reply->yiaddr, host(201));
    QCOMPARE(server.ask(pxeMessage(DhcpType::Discover, mac(1))).reply->yiaddr, host(200));
}

// P12
void TestDhcpResponder::selectingOurOfferIsAcknowledged() {
    Server server;
    const DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(1), 7);
    const Ipv4Address offered = server.ask(discover).reply->yiaddr;
    const DhcpDecision decision = server.ask(selecting(discover, offered));
    QCOMPARE(*decision.reply->type(), DhcpType::Ack);
    QCOMPARE(decision.reply->yiaddr, offered);
    QCOMPARE(decision.bootFile, std::string("m/525400000001/bootx64.efi"));
    QCOMPARE(*decision.lease, (Lease{mac(1), offered, {}}));
    QCOMPARE(*server.leases.find(mac(1)), *decision.lease);
}

// R10
void TestDhcpResponder::selectingAnotherServerFreesTheOfferSilently() {
    Server server;
    const DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(1));
    DhcpMessage request = selecting(discover, server.ask(discover).reply->yiaddr);
    request.set(DhcpOption::ServerId, host(5));
    const DhcpDecision decision = server.ask(request);
    QVERIFY(!decision.reply.has_value());
    QCOMPARE(decision.refusal, DhcpRefusal::NotForUs);
    QVERIFY(!server.leases.holder(host(200), noon).has_value());
}

void TestDhcpResponder::selectingAForgottenOfferStillWorksAfterRestart() {
    Server server;
    const DhcpDecision decision = server.ask(selecting(pxeMessage(DhcpType::Discover, mac(1)), host(200)));
    QCOMPARE(*decision.reply->type(), DhcpType::Ack);
}

void TestDhcpResponder::selectingAnOfferSurvivesAnApprovalInBetween() {
    Server server;
    const DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(1));
    QCOMPARE(server.ask(discover).reply->yiaddr, host(200));
    add(server.contents, approvedMachine(1));
    const DhcpDecision decision = server.ask(selecting(discover, host(200)));
    QCOMPARE(*decision.reply->type(), DhcpType::Ack);
    QCOMPARE(server.ask(discover).reply->yiaddr, host(100)); // from the next exchange on
}

// R11
void TestDhcpResponder::selectingAnAddressThatIsNotOursToGiveIsRefused() {
    Server server;
    server.leases.put({mac(9), host(201), {}});
    for (const Ipv4Address asked :
         {host(201), host(7), Ipv4Address(10, 0, 0, 1), serverAddress, Ipv4Address()}) {
        const DhcpDecision decision = server.ask(selecting(pxeMessage(DhcpType::Discover, mac(1)), asked));
        QCOMPARE(*decision.reply->type(), DhcpType::Nak);
        QVERIFY(!decision.lease.has_value());
        QVERIFY(decision.bootFile.empty());
    }
    QCOMPARE(*server.leases.holder(host(201), noon), mac(9));
}

// P12
void TestDhcpResponder::rebootingWithItsLeaseIsAcknowledged() {
    Server server;
    server.leases.put({mac(1), host(200), noon - hours(1)});
    const DhcpDecision decision = server.ask(rebooting(mac(1), host(200)));
    QCOMPARE(*decision.reply->type(), DhcpType::Ack);
    QCOMPARE(decision.reply->yiaddr, host(200));
    QVERIFY(decision.reply->ciaddr.isNull());
}

// R11
void TestDhcpResponder::rebootingWithAnUnknownAddressStaysUnanswered() {
    Server server;
    add(server.contents, parkedMachine(1));
    for (const Ipv4Address asked : {host(200), host(7), Ipv4Address(10, 0, 0, 1), Ipv4Address()}) {
        const DhcpDecision decision = server.ask(rebooting(mac(1), asked));
        QVERIFY(!decision.reply.has_value());
        QCOMPARE(decision.refusal, DhcpRefusal::NotForUs);
    }
}

// P12, P18
void TestDhcpResponder::renewingKeepsTheAddress() {
    Server server;
    server.contents.dhcp.leaseSeconds = 600;
    server.lease(pxeMessage(DhcpType::Discover, mac(1)));
    server.now += seconds(300);
    DhcpMessage renewal = renewing(mac(1), host(200));
    renewal.set(DhcpOption::ClientId, std::string_view("\xFFnetworkmanager"));
    const DhcpDecision decision = server.ask(renewal);
    QCOMPARE(*decision.reply->type(), DhcpType::Ack);
    QCOMPARE(decision.reply->ciaddr, host(200));
    QCOMPARE(decision.reply->yiaddr, host(200));
    QCOMPARE(decision.delivery, Delivery::Unicast);
    QCOMPARE(decision.destination, host(200));
    QCOMPARE(*decision.lease->expires, noon + seconds(900));
}

void TestDhcpResponder::renewingWithoutRecordStaysUnanswered() {
    Server server;
    add(server.contents, parkedMachine(1));
    QVERIFY(!server.ask(renewing(mac(1), host(200))).reply.has_value());
    server.leases.put({mac(1), host(201), {}});
    QVERIFY(!server.ask(renewing(mac(1), host(200))).reply.has_value());
}

void TestDhcpResponder::renewingAnAddressPromisedToAnotherStaysUnanswered() {
    Server server;
    server.leases.put({mac(1), host(200), {}});
    MachineBoot other = approvedMachine(2);
    other.address = host(200);
    add(server.contents, other);
    QVERIFY(!server.ask(renewing(mac(1), host(200))).reply.has_value());
}

// P13
void TestDhcpResponder::informGetsNoAddress() {
    Server server;
    DhcpMessage inform = pxeMessage(DhcpType::Inform, mac(1));
    inform.ciaddr = host(77);
    const DhcpDecision decision = server.ask(inform);
    QCOMPARE(*decision.reply->type(), DhcpType::Ack);
    QVERIFY(decision.reply->yiaddr.isNull());
    QVERIFY(!decision.reply->option(DhcpOption::LeaseTime).has_value());
    QCOMPARE(decision.reply->ciaddr, host(77));
    QCOMPARE(decision.delivery, Delivery::Unicast);
    QVERIFY(!decision.lease.has_value());
}

void TestDhcpResponder::informFromAForeignAddressStaysUnanswered() {
    Server server;
    DhcpMessage inform = pxeMessage(DhcpType::Inform, mac(1));
    for (const Ipv4Address address : {Ipv4Address(8, 8, 8, 8), Ipv4Address(), host(255)}) {
        inform.ciaddr = address;
        QVERIFY(!server.ask(inform).reply.has_value());
    }
}

void TestDhcpResponder::releaseDropsTheLease() {
    Server server;
    server.lease(pxeMessage(DhcpType::Discover, mac(1)));
    const DhcpDecision decision = server.ask(releasing(mac(1), host(200)));
    QVERIFY(!decision.reply.has_value());
    QVERIFY(decision.releasesLease);
    QVERIFY(!server.leases.holder(host(200), noon).has_value());
}

void TestDhcpResponder::releaseOfSomethingElseDropsNothing() {
    Server server;
    server.lease(pxeMessage(DhcpType::Discover, mac(1)));
    add(server.contents, parkedMachine(2));
    DhcpMessage foreign = releasing(mac(1), host(200));
    foreign.set(DhcpOption::ServerId, host(5));
    for (const DhcpMessage& message : {releasing(mac(2), host(200)), releasing(mac(1), host(201)), foreign})
        QVERIFY(!server.ask(message).releasesLease);
    QCOMPARE(*server.leases.holder(host(200), noon), mac(1));
}

// R13
void TestDhcpResponder::declineQuarantinesTheAddress() {
    Server server;
    const DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(1));
    QCOMPARE(server.lease(discover), host(200));
    const DhcpDecision decision = server.ask(declining(mac(1), host(200)));
    QVERIFY(decision.releasesLease);
    QVERIFY(!decision.reply.has_value());
    QCOMPARE(server.ask(discover).reply->yiaddr, host(201));
    server.now += hours(1);
    QCOMPARE(server.ask(pxeMessage(DhcpType::Discover, mac(2))).reply->yiaddr, host(200));
}

// R13
void TestDhcpResponder::forgedDeclinesChangeNothing() {
    Server server;
    server.lease(pxeMessage(DhcpType::Discover, mac(1)));
    add(server.contents, parkedMachine(2));
    DhcpMessage nameless = declining(mac(1), host(200));
    std::erase_if(nameless.options, [](const auto& option) { return option.code == 54; });
    for (const DhcpMessage& message : {declining(mac(2), host(200)), declining(mac(1), host(201)),
                                       declining(mac(1), host(200), host(5)), nameless}) {
        const DhcpDecision decision = server.ask(message);
        QVERIFY(!decision.releasesLease);
        QCOMPARE(decision.refusal, DhcpRefusal::NotForUs);
    }
    QCOMPARE(server.leases.quarantined(noon), std::size_t{0});
}

// R13
void TestDhcpResponder::declinesQuarantineAtMostAQuarter() {
    Server server;
    server.contents.dhcp.quarantine = *Ipv4Range::create(host(10), host(45));
    for (std::uint8_t i = 1; i <= 100; ++i) {
        const Ipv4Address address = server.lease(pxeMessage(DhcpType::Discover, mac(i)));
        QVERIFY(!address.isNull());
        QVERIFY(server.ask(declining(mac(i), address)).releasesLease);
    }
    QCOMPARE(server.leases.quarantined(noon), std::size_t{10}); // of 36 and the 4 of the range
}

// R16
void TestDhcpResponder::threeStacksOfOneMachineGetOneAddress() {
    Server server;
    for (std::uint8_t i = 1; i <= 4; ++i) {
        const Ipv4Address firmware = server.lease(pxeMessage(DhcpType::Discover, mac(i), 7));
        DhcpMessage ipxe = ipxeMessage(DhcpType::Discover, mac(i));
        ipxe.set(DhcpOption::ClientId, std::string_view("\1RRRRRR"));
        DhcpMessage installer = plainMessage(DhcpType::Discover, mac(i));
        installer.set(DhcpOption::ClientId, std::string_view("\xFF\0\0\0\4DUID", 9));
        QCOMPARE(server.lease(ipxe), firmware);
        QCOMPARE(server.lease(installer), firmware);
    }
    QCOMPARE(server.leases.size(), std::size_t{4});
}

// R17
void TestDhcpResponder::identityIsTheHardwareAddress() {
    Server server;
    DhcpMessage first = pxeMessage(DhcpType::Discover, mac(1));
    DhcpMessage second = pxeMessage(DhcpType::Discover, mac(2));
    for (DhcpMessage* message : {&first, &second})
        message->set(DhcpOption::ClientId, std::string_view("\0same", 5)); // and the same UUID
    QVERIFY(server.lease(first) != server.lease(second));
}

void TestDhcpResponder::refusedMachinesGetNothing() {
    Server server;
    MachineBoot machine = parkedMachine(1);
    machine.disposition = Disposition::Refused;
    add(server.contents, machine);
    server.leases.put({mac(1), host(200), {}});
    for (const DhcpMessage& message : {pxeMessage(DhcpType::Discover, mac(1)), renewing(mac(1), host(200)),
                                       plainMessage(DhcpType::Discover, mac(1))}) {
        const DhcpDecision decision = server.ask(message);
        QVERIFY(!decision.reply.has_value());
        QCOMPARE(decision.refusal, DhcpRefusal::RefusedMachine);
    }
}

void TestDhcpResponder::finishedMachinesStillGetALoader() {
    Server server;
    MachineBoot machine = approvedMachine(1);
    machine.disposition = Disposition::LocalDisk;
    add(server.contents, machine);
    const DhcpDecision decision = server.ask(pxeMessage(DhcpType::Discover, mac(1)));
    QCOMPARE(decision.bootFile, std::string("m/525400000001/pxelinux.0"));
    QCOMPARE(decision.reply->yiaddr, host(100));
}

void TestDhcpResponder::withoutALoaderThereIsNoAddressEither() {
    Server server;
    const DhcpMessage arm = pxeMessage(DhcpType::Discover, mac(1), 11);
    for (const DhcpMessage& message : {arm, selecting(arm, host(200))}) {
        const DhcpDecision decision = server.ask(message);
        QVERIFY(!decision.reply.has_value());
        QCOMPARE(decision.refusal, DhcpRefusal::NoBootFile);
        QCOMPARE(decision.client.firmware, Firmware::UefiArm64);
    }
    QVERIFY(!server.leases.holder(host(200), noon).has_value());
}

void TestDhcpResponder::anExhaustedPoolIsReported() {
    Server server;
    for (std::uint8_t i = 1; i <= 4; ++i)
        QVERIFY(server.ask(pxeMessage(DhcpType::Discover, mac(i))).reply.has_value());
    const DhcpDecision decision = server.ask(pxeMessage(DhcpType::Discover, mac(5)));
    QVERIFY(!decision.reply.has_value());
    QCOMPARE(decision.refusal, DhcpRefusal::PoolExhausted);
}

void TestDhcpResponder::leaseTimeFollowsTheSettings() {
    Server server;
    const DhcpMessage request = selecting(pxeMessage(DhcpType::Discover, mac(1)), host(200));
    QVERIFY(!server.ask(request).lease->expires.has_value());
    server.contents.dhcp.leaseSeconds = 3600;
    QCOMPARE(*server.ask(request).lease->expires, noon + seconds(3600));
}

void TestDhcpResponder::travelsAsTheClientCanReceive_data() {
    QTest::addColumn<bool>("isRelayed");
    QTest::addColumn<bool>("wantsBroadcast");
    QTest::addColumn<int>("delivery");
    QTest::addColumn<QString>("destination");
    QTest::newRow("relay") << true << true << static_cast<int>(Delivery::Relay)
                           << QStringLiteral("192.168.0.254");
    QTest::newRow("broadcast") << false << true << static_cast<int>(Delivery::Broadcast)
                               << QStringLiteral("255.255.255.255");
    QTest::newRow("link") << false << false << static_cast<int>(Delivery::LinkUnicast)
                          << QStringLiteral("192.168.0.200");
}

// P10
void TestDhcpResponder::travelsAsTheClientCanReceive() {
    QFETCH(bool, isRelayed);
    QFETCH(bool, wantsBroadcast);
    QFETCH(int, delivery);
    QFETCH(QString, destination);
    DhcpMessage message = pxeMessage(DhcpType::Discover, mac(1));
    message.flags = wantsBroadcast ? 0x8000 : 0;
    if (isRelayed)
        message.giaddr = host(254);
    Server server;
    for (const DhcpMessage& each : {message, selecting(message, host(200))}) {
        const DhcpDecision decision = server.ask(each);
        QCOMPARE(static_cast<int>(decision.delivery), delivery);
        QCOMPARE(decision.destination.toString(), destination.toStdString());
    }
}

// Found by fuzzing: ciaddr of a SELECTING client is 0 (RFC 2131 4.3.2); taken at its word, it sends our ACK
// anywhere.
void TestDhcpResponder::neverSendsToAnAddressThatIsOnlyClaimed() {
    Server server;
    for (const Ipv4Address claimed : {Ipv4Address(8, 8, 8, 8), host(77)}) {
        DhcpMessage message = selecting(pxeMessage(DhcpType::Discover, mac(1)), host(200));
        message.ciaddr = claimed;
        const DhcpDecision decision = server.ask(message);
        QCOMPARE(*decision.reply->type(), DhcpType::Ack);
        QVERIFY(decision.reply->ciaddr.isNull());
        QCOMPARE(decision.delivery, Delivery::Broadcast);
    }
}

// R11
void TestDhcpResponder::nakIsBroadcastOrRelayed() {
    Server server;
    DhcpMessage message = selecting(pxeMessage(DhcpType::Discover, mac(1)), host(7));
    message.flags = 0;
    message.ciaddr = host(7);
    QCOMPARE(server.ask(message).delivery, Delivery::Broadcast);
    message.giaddr = host(254);
    const DhcpDecision decision = server.ask(message);
    QCOMPARE(decision.delivery, Delivery::Relay);
    QVERIFY(decision.reply->wantsBroadcast());
}

// A5
void TestDhcpResponder::ackIsNeverSentWithoutALeaseToPersist() {
    Server server;
    server.lease(pxeMessage(DhcpType::Discover, mac(1)));
    for (const DhcpMessage& message : {selecting(pxeMessage(DhcpType::Discover, mac(1)), host(200)),
                                       rebooting(mac(1), host(200)), renewing(mac(1), host(200))}) {
        const DhcpDecision decision = server.ask(message);
        QCOMPARE(*decision.reply->type(), DhcpType::Ack);
        QCOMPARE(decision.lease->address, decision.reply->yiaddr);
    }
}

// R07
void TestDhcpResponder::aFloodOfDiscoversHoldsAtMostThePool() {
    Server server;
    add(server.contents, approvedMachine(1));
    int offers = 0;
    for (unsigned i = 0; i < 20000; ++i) {
        const MacAddress forged({0x02, 0xBA, 0xD0, static_cast<std::uint8_t>(i >> 16U),
                                 static_cast<std::uint8_t>(i >> 8U), static_cast<std::uint8_t>(i)});
        offers += server.ask(pxeMessage(DhcpType::Discover, forged)).reply.has_value() ? 1 : 0;
    }
    QCOMPARE(offers, 4);
    QCOMPARE(server.leases.size(), std::size_t{0});
    QCOMPARE(server.lease(pxeMessage(DhcpType::Discover, mac(1))), host(100));
    server.now += seconds(60);
    QCOMPARE(server.lease(pxeMessage(DhcpType::Discover, mac(2))), host(200));
}

// R14
void TestDhcpResponder::fortyEightMachinesGetFortyEightAddresses() {
    Server server;
    server.contents.dhcp.quarantine = *Ipv4Range::create(host(10), host(57));
    std::vector<Ipv4Address> offered;
    for (std::uint8_t i = 1; i <= 48; ++i)
        offered.push_back(server.ask(pxeMessage(DhcpType::Discover, mac(i))).reply->yiaddr);
    for (std::uint8_t i = 48; i >= 1; --i) {
        const DhcpDecision ack =
            server.ask(selecting(pxeMessage(DhcpType::Discover, mac(i)), offered[i - 1U]));
        QCOMPARE(*ack.reply->type(), DhcpType::Ack);
    }
    QCOMPARE(server.leases.size(), std::size_t{48});
}

QTEST_APPLESS_MAIN(TestDhcpResponder)
#include "tst_DhcpResponder.moc"
