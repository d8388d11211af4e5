#include "tests/unit/core/boot/DhcpRack.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using wire::DhcpMessage;
using wire::DhcpOption;
using wire::DhcpType;

namespace {

const Ipv4Address otherServer = host(5);
using Codes = std::vector<int>;

/// Beside another DHCP server.
struct ProxyRack : DhcpRack {
    ProxyRack() { contents.dhcp.mode = DhcpMode::Proxy; }
    DhcpDecision askAt4011(const DhcpMessage& message) { return ask(message, DhcpPort::Proxy); }
};

/// What a client with an address sends to port 4011.
DhcpMessage bootServerRequest(DhcpType type = DhcpType::Request, std::uint16_t arch = 7) {
    DhcpMessage message = pxeMessage(type, mac(1), arch);
    message.flags = 0;
    message.ciaddr = host(40);
    return message;
}

} // namespace

class TestDhcpProxy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offersABootFileAndNoAddress_data();
    void offersABootFileAndNoAddress();
    void holdsNoAddressForAnybody();
    void leavesAddressesToTheOtherServer();
    void letsTheFirmwareAskAtPort4011WhenTold();
    void answersPort4011ToTheSender_data();
    void answersPort4011ToTheSender();
    void confirmsTheBootItemThatWasChosen();
    void answersPort4011InOwnModeToo();
    void staysSilentToWhatIsNotOurs_data();
    void staysSilentToWhatIsNotOurs();
    void staysSilentToMachinesThatWaitWhenTold();
    void servesRelaysOfAnyNetwork();
    void extraOptionsNeverSayAddresses();
};

void TestDhcpProxy::offersABootFileAndNoAddress_data() {
    QTest::addColumn<int>("kind"); // 0 PXE, 1 HTTP Boot, 2 iPXE
    QTest::addColumn<QString>("vendorClass");
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("hasOption43");
    QTest::newRow("BIOS") << 0 << "PXEClient"
                          << "m/525400000001/pxelinux.0" << true;
    QTest::newRow("HTTP Boot") << 1 << "HTTPClient"
                               << "http://192.168.0.251/m/525400000001/bootx64.efi" << false; // P50
    QTest::newRow("iPXE") << 2 << "PXEClient"
                          << "http://192.168.0.251/m/525400000001/boot.ipxe" << false; // P42
}

// P28, P42, P50
void TestDhcpProxy::offersABootFileAndNoAddress() {
    QFETCH(int, kind);
    QFETCH(QString, vendorClass);
    QFETCH(QString, file);
    QFETCH(bool, hasOption43);
    ProxyRack server;
    DhcpMessage discover = kind == 1   ? httpMessage(DhcpType::Discover, mac(1))
                           : kind == 2 ? ipxeMessage(DhcpType::Discover, mac(1))
                                       : pxeMessage(DhcpType::Discover, mac(1));
    discover.flags = 0;
    const DhcpDecision decision = server.ask(discover);
    QVERIFY(decision.reply.has_value());
    const DhcpMessage& offer = *decision.reply;
    QCOMPARE(*offer.type(), DhcpType::Offer);
    QVERIFY(offer.yiaddr.isNull() && offer.ciaddr.isNull());
    QCOMPARE(offer.siaddr, serverAddress);
    QCOMPARE(*offer.addressOption(DhcpOption::ServerId), serverAddress);
    QCOMPARE(offer.file, file.toStdString());
    QCOMPARE(*offer.textOption(DhcpOption::BootFile), file.toStdString());
    QCOMPARE(bytesOf(offer, DhcpOption::VendorClass), vendorClass.toStdString());
    QCOMPARE(bytesOf(offer, DhcpOption::ClientUuid), bytesOf(discover, DhcpOption::ClientUuid));
    QCOMPARE(bytesOf(offer, DhcpOption::VendorSpecific),
             std::string(hasOption43 ? "\x06\x01\x08\xFF" : "(absent)"));
    QVERIFY(!offer.option(DhcpOption::Ipxe).has_value());
    for (const int code : {1, 3, 6, 51})
        QVERIFY2(!offer.option(static_cast<DhcpOption>(code)).has_value(), qPrintable(QString::number(code)));
    QVERIFY(offer.wantsBroadcast()); // P10
    QCOMPARE(decision.delivery, Delivery::Broadcast);
    QCOMPARE(decision.destination, Ipv4Address::broadcast());
    QVERIFY(!decision.lease.has_value());
}

void TestDhcpProxy::holdsNoAddressForAnybody() {
    ProxyRack server;
    for (std::uint8_t i = 1; i <= 100; ++i)
        QVERIFY(server.ask(pxeMessage(DhcpType::Discover, mac(i))).reply.has_value());
    for (std::uint8_t i = 0; i < 255; ++i)
        QVERIFY(!server.leases.holder(host(i), server.now).has_value());
}

// P28
void TestDhcpProxy::leavesAddressesToTheOtherServer() {
    ProxyRack server;
    const DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(1), 7);
    QCOMPARE(codesOf(*server.ask(discover).reply), (Codes{53, 54, 60, 66, 67, 97, 43}));
    // Even to a client that names us as its server: it has no address of ours.
    for (const Ipv4Address chosen : {otherServer, serverAddress}) {
        DhcpMessage request = selecting(discover, host(40));
        request.set(DhcpOption::ServerId, chosen);
        const DhcpDecision decision = server.ask(request);
        QVERIFY(!decision.reply.has_value());
        QCOMPARE(decision.refusal, DhcpRefusal::NotForUs);
    }
}

// P29: without option 43, edk2 counts the offer as BINL and asks at port 4011 (P22).
void TestDhcpProxy::letsTheFirmwareAskAtPort4011WhenTold() {
    ProxyRack server;
    server.contents.dhcp.proxyStyle = ProxyStyle::BootServer;
    const DhcpMessage offer = *server.ask(pxeMessage(DhcpType::Discover, mac(1), 7)).reply;
    QCOMPARE(codesOf(offer), (Codes{53, 54, 60, 66, 67, 97}));
    // One machine of the rack may be told by itself.
    server.contents.dhcp.proxyStyle = ProxyStyle::InOffer;
    MachineBoot machine = approvedMachine(1);
    machine.extraOptions = {{43, {}}};
    add(server.contents, machine);
    QCOMPARE(codesOf(*server.ask(pxeMessage(DhcpType::Discover, mac(1), 7)).reply),
             (Codes{53, 54, 60, 66, 67, 97}));
    QVERIFY(server.ask(pxeMessage(DhcpType::Discover, mac(2), 7)).reply->option(DhcpOption::VendorSpecific));
}

void TestDhcpProxy::answersPort4011ToTheSender_data() {
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("named"); // 0 nobody, 1 us
    for (const int named : {0, 1}) {
        QTest::addRow("REQUEST, server %d", named) << 3 << named;
        QTest::addRow("INFORM, server %d", named) << 8 << named;
    }
}

// P09, P28
void TestDhcpProxy::answersPort4011ToTheSender() {
    QFETCH(int, type);
    QFETCH(int, named);
    ProxyRack server;
    DhcpMessage request = bootServerRequest(static_cast<DhcpType>(type));
    if (named == 1)
        request.set(DhcpOption::ServerId, serverAddress);
    const DhcpDecision decision = server.askAt4011(request);
    QVERIFY(decision.reply.has_value());
    QCOMPARE(decision.delivery, Delivery::Sender);
    const DhcpMessage& ack = *decision.reply;
    QCOMPARE(*ack.type(), DhcpType::Ack);
    QCOMPARE(ack.siaddr, serverAddress);
    QCOMPARE(ack.file, std::string("m/525400000001/bootx64.efi"));
    QCOMPARE(ack.ciaddr, host(40));
    QVERIFY(ack.yiaddr.isNull());
    QCOMPARE(codesOf(ack), (Codes{53, 54, 60, 66, 67, 97}));
    QVERIFY(!decision.lease.has_value());
    QCOMPARE(server.leases.size(), std::size_t{0});
}

// P28, P31
void TestDhcpProxy::confirmsTheBootItemThatWasChosen() {
    ProxyRack server;
    DhcpMessage request = bootServerRequest();
    request.set(DhcpOption::VendorSpecific, std::string_view("\x47\x04\x80\x01\x00\x02\xFF", 7));
    const DhcpDecision decision = server.askAt4011(request);
    QCOMPARE(bytesOf(*decision.reply, DhcpOption::VendorSpecific),
             std::string("\x47\x04\x80\x01\x00\x02\xFF", 7));
    QCOMPARE(decision.reply->siaddr, serverAddress);
    // Boot integrity services are nobody's any more: such a request stays unanswered.
    request.set(DhcpOption::VendorSpecific, std::string_view("\x47\x04\x80\x01\x80\x00\xFF", 7));
    QCOMPARE(server.askAt4011(request).refusal, DhcpRefusal::BadType);
    // What is cut, or of another length, is no item.
    for (const std::string& odd :
         {std::string("\x47"), std::string("\x47\x04\x80"), std::string("\x47\x02\x80\x01"),
          std::string("\xFF\x04\x47\x04"), std::string(200, '\0')}) {
        request.set(DhcpOption::VendorSpecific, std::string_view(odd));
        QVERIFY(!server.askAt4011(request).reply->option(DhcpOption::VendorSpecific).has_value());
    }
}

void TestDhcpProxy::answersPort4011InOwnModeToo() {
    DhcpRack server;
    const DhcpDecision decision = server.ask(bootServerRequest(), DhcpPort::Proxy);
    QCOMPARE(decision.delivery, Delivery::Sender);
    QCOMPARE(codesOf(*decision.reply), (Codes{53, 54, 60, 66, 67, 97}));
    QCOMPARE(server.leases.size(), std::size_t{0});
}

void TestDhcpProxy::staysSilentToWhatIsNotOurs_data() {
    QTest::addColumn<int>("at"); // port
    QTest::addColumn<int>("which");
    const char* const names[] = {"no PXE client",     "another boot server is named",
                                 "a refused machine", "no loader",
                                 "a RELEASE",         "a DECLINE"};
    for (const int at : {67, 4011}) {
        for (int which = 0; which < 6; ++which)
            QTest::addRow("%d: %s", at, names[which]) << at << which;
    }
}

// P30
void TestDhcpProxy::staysSilentToWhatIsNotOurs() {
    QFETCH(int, at);
    QFETCH(int, which);
    ProxyRack server;
    const DhcpType type = at == 67 ? DhcpType::Discover : DhcpType::Request;
    DhcpMessage message = pxeMessage(type, mac(1));
    if (which == 0) {
        message = plainMessage(type, mac(1));
        add(server.contents, approvedMachine(1));
    } else if (which == 1) {
        message.set(DhcpOption::ServerId, otherServer);
    } else if (which == 2) {
        MachineBoot machine = parkedMachine(1);
        machine.disposition = Disposition::Refused;
        add(server.contents, machine);
    } else if (which == 3) {
        message = pxeMessage(type, mac(1), 10); // 32-bit ARM: we have no loader for it
    } else {
        message = pxeMessage(which == 4 ? DhcpType::Release : DhcpType::Decline, mac(1));
        message.set(DhcpOption::ServerId, serverAddress);
        message.set(DhcpOption::RequestedAddress, host(40));
    }
    const DhcpDecision decision = server.ask(message, at == 67 ? DhcpPort::Server : DhcpPort::Proxy);
    QVERIFY(!decision.reply.has_value());
    QVERIFY(!decision.releasesLease);
    QVERIFY(decision.refusal != DhcpRefusal::None);
}

// P30
void TestDhcpProxy::staysSilentToMachinesThatWaitWhenTold() {
    ProxyRack server;
    server.contents.dhcp.answersOnlyApproved = true;
    add(server.contents, approvedMachine(1));
    add(server.contents, parkedMachine(2));
    QVERIFY(server.ask(pxeMessage(DhcpType::Discover, mac(1))).reply.has_value());
    for (const std::uint8_t waiting : {std::uint8_t{2}, std::uint8_t{3}}) {
        QCOMPARE(server.ask(pxeMessage(DhcpType::Discover, mac(waiting))).refusal,
                 DhcpRefusal::RefusedMachine);
        server.contents.dhcp.mode = DhcpMode::Own;
        QCOMPARE(server.ask(pxeMessage(DhcpType::Discover, mac(waiting))).refusal,
                 DhcpRefusal::RefusedMachine);
        server.contents.dhcp.mode = DhcpMode::Proxy;
    }
    // It has an installation behind it, so it goes to its disk by way of us.
    MachineBoot finished = approvedMachine(4);
    finished.disposition = Disposition::LocalDisk;
    add(server.contents, finished);
    QVERIFY(server.ask(pxeMessage(DhcpType::Discover, mac(4))).reply.has_value());
}

// P10: we give no addresses, so it does not matter of which network the relay is.
void TestDhcpProxy::servesRelaysOfAnyNetwork() {
    ProxyRack server;
    DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(1));
    discover.flags = 0;
    discover.giaddr = Ipv4Address(10, 1, 0, 1);
    discover.set(DhcpOption::RelayAgent, std::string_view("\1\4port"));
    const DhcpDecision decision = server.ask(discover);
    QCOMPARE(decision.delivery, Delivery::Relay);
    QCOMPARE(decision.destination, Ipv4Address(10, 1, 0, 1));
    QVERIFY(decision.reply->wantsBroadcast());
    QCOMPARE(codesOf(*decision.reply).back(), 82);
}

// P28
void TestDhcpProxy::extraOptionsNeverSayAddresses() {
    ProxyRack server;
    MachineBoot machine = approvedMachine(1);
    machine.extraOptions = {{3, {192, 168, 0, 9}}, {6, {192, 168, 0, 9}}, {209, {'c', 'f', 'g'}}};
    add(server.contents, machine);
    QCOMPARE(codesOf(*server.ask(pxeMessage(DhcpType::Discover, mac(1))).reply),
             (Codes{53, 54, 60, 66, 67, 97, 43, 209}));
}

QTEST_APPLESS_MAIN(TestDhcpProxy)
#include "tst_DhcpProxy.moc"
