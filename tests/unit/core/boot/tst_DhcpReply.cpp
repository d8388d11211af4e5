#include "core/boot/DhcpReply.h"
#include "core/boot/DhcpResponder.h"
#include "tests/unit/core/boot/DhcpRack.h"
#include "tests/unit/core/boot/GoldenFile.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using wire::DhcpMessage;
using wire::DhcpOption;
using wire::DhcpType;

Q_DECLARE_METATYPE(rackmuster::wire::DhcpMessage)

namespace {

Catalog catalog() {
    auto contents = rack();
    contents.dhcp.leaseSeconds = 86400;
    add(contents, approvedMachine(1));
    return Catalog(contents);
}

DhcpMessage offerTo(const DhcpMessage& request) {
    LeaseTable leases;
    const DhcpDecision decision = respond(request, catalog(), leases, noon);
    return decision.reply.value_or(DhcpMessage());
}

using Codes = std::vector<int>;

} // namespace

class TestDhcpReply : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offersByteForByte_data();
    void offersByteForByte();
    void repeatsTheClientsFields();
    void pxeFirmwareGetsTheDirectBootAnswer();
    void ipxeIsToldNotToWaitForAProxy();
    void httpBootGetsAUrlAndNothingOfPxe();
    void plainClientsGetNoBootFile();
    void bootFileIsTheSameInOptionAndHeader();
    void optionsComeInWireOrder();
    void neverSendsSizeOrOverload();
    void infiniteLeaseIsAllOnes();
    void echoesTheClientId();
    void leavesOutAClientIdOfSeveralFragments();
    void echoesTheRelayWholeOrNotAtAll();
    void nakSaysOnlyWhoRefuses();
    void extraOptionsReplaceAddAndLeaveOut();
    void extraOptionsThatDoNotFitAreLeftOut();
    void repliesFitTheClient_data();
    void repliesFitTheClient();
};

void TestDhcpReply::offersByteForByte_data() {
    QTest::addColumn<DhcpMessage>("request");
    QTest::newRow("offer-bios") << pxeMessage(DhcpType::Discover, mac(1), 0);
    QTest::newRow("offer-uefi-x64") << pxeMessage(DhcpType::Discover, mac(1), 7);
    QTest::newRow("offer-uefi-x64-arch-9") << pxeMessage(DhcpType::Discover, mac(1), 9);
    QTest::newRow("offer-uefi-http") << httpMessage(DhcpType::Discover, mac(1));
    QTest::newRow("offer-ipxe") << ipxeMessage(DhcpType::Discover, mac(1));
    QTest::newRow("offer-installer") << plainMessage(DhcpType::Discover, mac(1));
}

// P23, P41, P50
void TestDhcpReply::offersByteForByte() {
    QFETCH(DhcpMessage, request);
    const auto bytes = wire::encodeDhcp(offerTo(request));
    QVERIFY(bytes.has_value());
    const QString name = QStringLiteral("dhcp/%1.hex").arg(QString::fromLatin1(QTest::currentDataTag()));
    const QString difference = differenceToGolden(name, hexDump(*bytes));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

// P01
void TestDhcpReply::repeatsTheClientsFields() {
    DhcpMessage request = pxeMessage(DhcpType::Discover, mac(1));
    request.xid = 0x12345678;
    request.secs = 9;
    request.hops = 2;
    request.giaddr = host(254);
    request.chaddr[15] = 0x77;
    request.ciaddr = host(9);
    const DhcpMessage reply = offerTo(request);
    QCOMPARE(reply.op, std::uint8_t{2});
    QCOMPARE(reply.htype, std::uint8_t{1});
    QCOMPARE(reply.hlen, std::uint8_t{6});
    QCOMPARE(reply.xid, request.xid);
    QCOMPARE(reply.flags, request.flags);
    QCOMPARE(reply.giaddr, request.giaddr);
    QVERIFY(reply.chaddr == request.chaddr);
    QVERIFY(reply.ciaddr.isNull());
    QCOMPARE(reply.hops, std::uint8_t{0});
    QCOMPARE(reply.secs, std::uint16_t{0});
}

// P23, P24, P25
void TestDhcpReply::pxeFirmwareGetsTheDirectBootAnswer() {
    for (const std::uint16_t arch : {std::uint16_t{0}, std::uint16_t{7}}) {
        const DhcpMessage reply = offerTo(pxeMessage(DhcpType::Discover, mac(1), arch));
        const std::string file = arch == 0 ? "m/525400000001/pxelinux.0" : "m/525400000001/bootx64.efi";
        QCOMPARE(reply.yiaddr, host(100));
        QCOMPARE(reply.siaddr, serverAddress);
        QCOMPARE(reply.file, file);
        QCOMPARE(bytesOf(reply, DhcpOption::BootFile), file + '\0');
        QCOMPARE(bytesOf(reply, DhcpOption::TftpServer), std::string("192.168.0.251"));
        QCOMPARE(bytesOf(reply, DhcpOption::VendorClass), std::string("PXEClient"));
        QCOMPARE(bytesOf(reply, DhcpOption::VendorSpecific), std::string("\x06\x01\x08\xFF"));
        QCOMPARE(bytesOf(reply, DhcpOption::ClientUuid), std::string(1, '\0') + std::string(16, '\x44'));
        QVERIFY(!reply.option(DhcpOption::Ipxe).has_value());
    }
}

// P40, P41
void TestDhcpReply::ipxeIsToldNotToWaitForAProxy() {
    const DhcpMessage reply = offerTo(ipxeMessage(DhcpType::Discover, mac(1)));
    QCOMPARE(reply.file, std::string("http://192.168.0.251/m/525400000001/boot.ipxe"));
    QCOMPARE(bytesOf(reply, DhcpOption::Ipxe), std::string("\xB0\x01\x01"));
    QVERIFY(!reply.option(DhcpOption::VendorSpecific).has_value());
}

// P50, P51
void TestDhcpReply::httpBootGetsAUrlAndNothingOfPxe() {
    const DhcpMessage reply = offerTo(httpMessage(DhcpType::Discover, mac(1)));
    const std::string url = "http://192.168.0.251/m/525400000001/bootx64.efi";
    QCOMPARE(bytesOf(reply, DhcpOption::VendorClass), std::string("HTTPClient"));
    QCOMPARE(bytesOf(reply, DhcpOption::BootFile), url + '\0');
    QCOMPARE(reply.file, url);
    QVERIFY(!reply.option(DhcpOption::VendorSpecific).has_value());
    QVERIFY(!reply.option(DhcpOption::TftpServer).has_value());
}

void TestDhcpReply::plainClientsGetNoBootFile() {
    const DhcpMessage reply = offerTo(plainMessage(DhcpType::Discover, mac(1)));
    QCOMPARE(codesOf(reply), (Codes{53, 54, 51, 1, 3, 6, 12}));
    QVERIFY(reply.file.empty());
    QVERIFY(reply.siaddr.isNull());
    QCOMPARE(bytesOf(reply, DhcpOption::HostName), std::string("node-12"));
    QCOMPARE(bytesOf(reply, DhcpOption::SubnetMask), std::string("\xFF\xFF\xFF\0", 4));
    QCOMPARE(*reply.addressOption(DhcpOption::Router), host(1));
    QCOMPARE(bytesOf(reply, DhcpOption::DnsServers), std::string("\xC0\xA8\0\x02\xC0\xA8\0\x03", 8));
}

// P26
void TestDhcpReply::bootFileIsTheSameInOptionAndHeader() {
    for (const DhcpMessage& request :
         {pxeMessage(DhcpType::Discover, mac(1), 0), pxeMessage(DhcpType::Discover, mac(1), 9),
          ipxeMessage(DhcpType::Discover, mac(1)), httpMessage(DhcpType::Discover, mac(1))}) {
        const DhcpMessage reply = offerTo(request);
        QVERIFY(!reply.file.empty());
        QCOMPARE(*reply.textOption(DhcpOption::BootFile), reply.file);
    }
}

// P07
void TestDhcpReply::optionsComeInWireOrder() {
    DhcpMessage request = pxeMessage(DhcpType::Discover, mac(1), 7);
    request.set(DhcpOption::ClientId, std::string_view("\1abc"));
    request.set(DhcpOption::RelayAgent, std::string_view("\1\4port"));
    QCOMPARE(codesOf(offerTo(request)), (Codes{53, 54, 51, 1, 3, 6, 60, 66, 67, 97, 43, 61, 82}));
}

// P05, P27
void TestDhcpReply::neverSendsSizeOrOverload() {
    for (const DhcpMessage& request :
         {pxeMessage(DhcpType::Discover, mac(1)), ipxeMessage(DhcpType::Discover, mac(1)),
          httpMessage(DhcpType::Discover, mac(1)), plainMessage(DhcpType::Discover, mac(1))}) {
        for (const int code : codesOf(offerTo(request)))
            QVERIFY(code != 13 && code != 52);
    }
}

void TestDhcpReply::infiniteLeaseIsAllOnes() {
    LeaseTable leases;
    const auto decision = respond(pxeMessage(DhcpType::Discover, mac(1)), Catalog(rack()), leases, noon);
    QCOMPARE(bytesOf(*decision.reply, DhcpOption::LeaseTime), std::string(4, '\xFF'));
    QCOMPARE(bytesOf(offerTo(pxeMessage(DhcpType::Discover, mac(1))), DhcpOption::LeaseTime),
             std::string("\0\x01\x51\x80", 4));
}

// P14
void TestDhcpReply::echoesTheClientId() {
    DhcpMessage request = plainMessage(DhcpType::Discover, mac(1));
    request.set(DhcpOption::ClientId, std::string_view("\xFF\0\1", 3));
    QCOMPARE(bytesOf(offerTo(request), DhcpOption::ClientId), std::string("\xFF\0\1", 3));
}

// P06
void TestDhcpReply::leavesOutAClientIdOfSeveralFragments() {
    DhcpMessage request = plainMessage(DhcpType::Discover, mac(1));
    request.set(DhcpOption::ClientId, std::string_view(std::string(300, 'x')));
    const DhcpMessage reply = offerTo(request);
    QVERIFY(!reply.option(DhcpOption::ClientId).has_value());
    QVERIFY(wire::encodeDhcp(reply, maximumReplySize(request)).has_value());
}

// R06
void TestDhcpReply::echoesTheRelayWholeOrNotAtAll() {
    DhcpMessage request = pxeMessage(DhcpType::Discover, mac(1));
    request.giaddr = host(254);
    request.set(DhcpOption::RelayAgent, std::string_view(std::string(255, 'r')));
    const auto whole = wire::encodeDhcp(offerTo(request), maximumReplySize(request));
    QVERIFY(whole.has_value());
    QCOMPARE(bytesOf(*wire::decodeDhcp(*whole), DhcpOption::RelayAgent), std::string(255, 'r'));

    request.set(DhcpOption::MaxMessageSize, Bytes(std::array<std::uint8_t, 2>{0x02, 0x40})); // 576
    QVERIFY(!wire::encodeDhcp(offerTo(request), maximumReplySize(request)).has_value());
}

// R11
void TestDhcpReply::nakSaysOnlyWhoRefuses() {
    DhcpMessage request = pxeMessage(DhcpType::Request, mac(1));
    request.flags = 0;
    request.set(DhcpOption::ClientId, std::string_view("id"));
    DhcpMessage nak = makeNak(request, catalog());
    QCOMPARE(codesOf(nak), (Codes{53, 54, 61}));
    QVERIFY(nak.yiaddr.isNull() && nak.siaddr.isNull() && nak.file.empty());
    QVERIFY(!nak.wantsBroadcast());
    request.giaddr = host(254);
    QVERIFY(makeNak(request, catalog()).wantsBroadcast());
}

// P07
void TestDhcpReply::extraOptionsReplaceAddAndLeaveOut() {
    DhcpRack server;
    MachineBoot machine = approvedMachine(1);
    machine.extraOptions = {{66, {'x'}}, {3, {}}, {209, {'c', 'f', 'g'}}, {15, {'l', 'a', 'b'}}};
    add(server.contents, machine);
    DhcpMessage request = pxeMessage(DhcpType::Discover, mac(1), 7);
    request.set(DhcpOption::RelayAgent, std::string_view("\1\4port"));
    request.set(DhcpOption::ClientId, std::string_view("\1abc"));
    const DhcpMessage reply = *server.ask(request).reply;
    // In its place, gone, and behind ours; the relay's stays last on the wire.
    QCOMPARE(codesOf(*wire::decodeDhcp(*wire::encodeDhcp(reply))),
             (Codes{53, 54, 51, 1, 6, 60, 66, 67, 97, 43, 61, 209, 15, 82}));
    QCOMPARE(bytesOf(reply, DhcpOption::TftpServer), std::string("x"));
    // An installer of the same machine gets them, too; another machine does not.
    QCOMPARE(codesOf(*server.ask(plainMessage(DhcpType::Discover, mac(1))).reply),
             (Codes{53, 54, 51, 1, 6, 12, 66, 209, 15}));
    QVERIFY(!server.ask(pxeMessage(DhcpType::Discover, mac(2))).reply->option(static_cast<DhcpOption>(209)));
}

// P03
void TestDhcpReply::extraOptionsThatDoNotFitAreLeftOut() {
    DhcpRack server;
    MachineBoot machine = approvedMachine(1);
    machine.extraOptions = {
        {224, std::vector<std::uint8_t>(255, 'x')}, {225, std::vector<std::uint8_t>(255, 'y')}, {226, {1}}};
    add(server.contents, machine);
    DhcpMessage request = pxeMessage(DhcpType::Discover, mac(1));
    std::erase_if(request.options, [](const auto& option) { return option.code == 57; });
    const DhcpDecision decision = server.ask(request);
    QCOMPARE(decision.maximumSize, std::uint16_t{548});
    QVERIFY(wire::encodeDhcp(*decision.reply, 548).has_value());
    QVERIFY(!decision.reply->option(static_cast<DhcpOption>(224)));
    QVERIFY(decision.reply->option(static_cast<DhcpOption>(226))); // what fits is there
}

void TestDhcpReply::repliesFitTheClient_data() {
    QTest::addColumn<int>("asked"); // -1: option absent
    QTest::addColumn<int>("expected");
    for (const auto& [asked, expected] : std::vector<std::pair<int, int>>{{-1, 548},
                                                                          {0, 548},
                                                                          {1, 548},
                                                                          {299, 548},
                                                                          {300, 548},
                                                                          {575, 548},
                                                                          {576, 548},
                                                                          {577, 549},
                                                                          {1472, 1444},
                                                                          {1500, 1472},
                                                                          {1501, 1472},
                                                                          {65535, 1472}})
        QTest::addRow("%d", asked) << asked << expected;
}

// P03, R03
void TestDhcpReply::repliesFitTheClient() {
    QFETCH(int, asked);
    QFETCH(int, expected);
    DhcpMessage request = plainMessage(DhcpType::Discover, mac(1));
    if (asked >= 0)
        request.set(DhcpOption::MaxMessageSize,
                    Bytes(std::array<std::uint8_t, 2>{static_cast<std::uint8_t>(asked >> 8),
                                                      static_cast<std::uint8_t>(asked & 0xFF)}));
    QCOMPARE(static_cast<int>(maximumReplySize(request)), expected);
    const auto bytes = wire::encodeDhcp(offerTo(request), maximumReplySize(request));
    QVERIFY(bytes.has_value());
    QVERIFY(bytes->size() <= static_cast<std::size_t>(expected));
    request.set(DhcpOption::MaxMessageSize, Bytes(std::array<std::uint8_t, 3>{1, 2, 3}));
    QCOMPARE(maximumReplySize(request), std::uint16_t{548});
}

QTEST_APPLESS_MAIN(TestDhcpReply)
#include "tst_DhcpReply.moc"
