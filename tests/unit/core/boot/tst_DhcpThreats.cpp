#include "core/base/ByteWriter.h"
#include "core/boot/DhcpReply.h"
#include "tests/unit/core/boot/DhcpRack.h"

#include <QTest>

#include <set>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using wire::DhcpMessage;
using wire::DhcpOption;
using wire::DhcpType;

namespace {

using Buffer = std::vector<std::uint8_t>;

constexpr std::size_t optionsAt = 240;

/// A server that is asked in bytes and answers in bytes, as one on the wire is.
struct WireRack : DhcpRack {
    /// Decode, decide, encode; the size of the answer, 0 for none. A sentence for whatever is refused.
    std::size_t askBytes(Bytes payload, DhcpPort port = DhcpPort::Server) {
        const auto message = wire::decodeDhcp(payload);
        if (!message) {
            sentences.insert(rackmuster::message(message.error()));
            return 0;
        }
        const DhcpDecision decision = ask(*message, port);
        if (!decision.reply)
            return 0;
        const auto bytes = wire::encodeDhcp(*decision.reply, decision.maximumSize);
        if (!bytes)
            sentences.insert(rackmuster::message(bytes.error()));
        return bytes ? bytes->size() : 0;
    }
    /// A whole exchange of a machine that nobody has heard of, which then gives its address back.
    [[nodiscard]] bool isAlive() {
        const DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(250));
        const Ipv4Address address = lease(discover);
        leases.erase(mac(250));
        return !address.isNull();
    }
    std::set<std::string> sentences;
};

Buffer encoded(const DhcpMessage& message) {
    return wire::encodeDhcp(message).value_or(Buffer());
}

/// The message without its END, then one more option whose length byte is `length` and of which `present`
/// bytes are there, then END when all are.
Buffer withOption(const DhcpMessage& message, std::uint8_t code, std::uint8_t length, std::size_t present) {
    ByteWriter writer;
    const Buffer whole = encoded(message);
    std::size_t end = optionsAt;
    while (whole[end] != 255)
        end += whole[end] == 0 ? 1U : 2U + whole[end + 1];
    writer.bytes(Bytes(whole).first(end));
    writer.u8(code);
    if (code != 0 && code != 255)
        writer.u8(length);
    writer.fill(present, 0x41);
    if (present == length)
        writer.u8(255);
    return std::move(writer).take();
}

DhcpMessage messageOf(DhcpType type) {
    DhcpMessage message = pxeMessage(type, mac(1));
    if (type == DhcpType::Request || type == DhcpType::Decline)
        message.set(DhcpOption::RequestedAddress, host(200));
    if (type != DhcpType::Discover && type != DhcpType::Inform)
        message.set(DhcpOption::ServerId, serverAddress);
    if (type == DhcpType::Release || type == DhcpType::Inform)
        message.ciaddr = host(200);
    return message;
}

constexpr std::array types{DhcpType::Discover, DhcpType::Request, DhcpType::Inform, DhcpType::Release,
                           DhcpType::Decline};

} // namespace

/// Bad input and awkward clients, each followed by a whole exchange of a good one.
class TestDhcpThreats : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void survivesEveryOptionOfEveryEdgeLength();
    void survivesKillerPackets_data();
    void survivesKillerPackets();
    void neverAnswersMoreThanTheClientTakes_data();
    void neverAnswersMoreThanTheClientTakes();
    void survivesOverloadVectors();
    void holdsNothingForClientsThatChoseAnotherServer();
    void refusesAddressesOnlyWhenAsked_data();
    void refusesAddressesOnlyWhenAsked();
    void forgedDeclinesTakeAtMostAQuarter();
    void threeStacksOf48MachinesHave48Leases();
    void sameUuidIsNotSameMachine();
    void everyNicIsServedByItsOwnName();
    void dropsEveryOtherMessageType();
    void installsOnlyTheArmedOf49();
    void httpAndPxeNeverMix();
    void everyArchitectureGetsItsOwnLoader_data();
    void everyArchitectureGetsItsOwnLoader();
};

// R01 (part): 5 kinds of message x 256 options x {0, 1, as many as fit, one more}
void TestDhcpThreats::survivesEveryOptionOfEveryEdgeLength() {
    WireRack server;
    int packets = 0;
    for (const DhcpType type : types) {
        for (unsigned code = 0; code < 256; ++code) {
            const auto option = static_cast<std::uint8_t>(code);
            for (const auto& [length, present] : std::initializer_list<std::pair<std::uint8_t, std::size_t>>{
                     {0, 0}, {1, 1}, {255, 255}, {255, 254}}) {
                (void)server.askBytes(withOption(messageOf(type), option, length, present));
                ++packets;
                QVERIFY2(server.isAlive(), qPrintable(QString::number(code)));
            }
        }
    }
    QVERIFY(packets >= 5000);
    for (const std::string& sentence : server.sentences)
        QVERIFY(!sentence.empty() && sentence.back() == '.');
    QVERIFY(!server.sentences.empty());
    QVERIFY(server.leases.size() <= 1);
}

void TestDhcpThreats::survivesKillerPackets_data() {
    QTest::addColumn<Buffer>("packet");
    const auto row = [](const char* name, DhcpType type, std::uint8_t code, const std::string& value) {
        DhcpMessage message = messageOf(type);
        message.set(static_cast<DhcpOption>(code), std::string_view(value));
        QTest::newRow(name) << encoded(message);
    };
    // What brought Kea down in 2019: client identifiers, host names and fully qualified names of odd lengths.
    row("empty client-id", DhcpType::Discover, 61, "");
    row("client-id of one byte", DhcpType::Request, 61, "\1");
    row("client-id of 255 bytes", DhcpType::Discover, 61, std::string(255, '\xFF'));
    row("empty host name", DhcpType::Request, 12, "");
    row("host name of NULs", DhcpType::Request, 12, std::string(64, '\0'));
    row("host name of dots", DhcpType::Request, 12, std::string(255, '.'));
    row("FQDN of three bytes", DhcpType::Request, 81, std::string("\1\0\0", 3));
    row("FQDN of one byte", DhcpType::Request, 81, "\1");
    row("FQDN of a label that is too long", DhcpType::Request, 81, std::string("\4\0\0\xFF", 4) + "a");
    row("FQDN of a pointer to itself", DhcpType::Request, 81, std::string("\4\0\0\xC0\0", 5));
    // CVE-2015-8605: the lengths of IP and UDP lie. CVE-2011-2748: client and server share an address.
    QTest::newRow("nothing") << Buffer();
    QTest::newRow("one byte") << Buffer{1};
    QTest::newRow("a header and half a cookie") << Buffer(238, 1);
    DhcpMessage ours = messageOf(DhcpType::Request);
    ours.ciaddr = serverAddress;
    QTest::newRow("our own address as the client's") << encoded(ours);
    // RFC 3396: a long client-id in two pieces.
    Buffer split = withOption(messageOf(DhcpType::Discover), 61, 255, 255);
    split.pop_back();
    split.insert(split.end(), {61, 5, 1, 2, 3, 4, 5, 255});
    QTest::newRow("client-id of 260 bytes in two pieces") << split;
}

// R01 (part): made after Forge's cases, not replayed from them
void TestDhcpThreats::survivesKillerPackets() {
    QFETCH(Buffer, packet);
    WireRack server;
    for (const DhcpPort port : {DhcpPort::Server, DhcpPort::Proxy}) {
        for (int i = 0; i < 3; ++i)
            (void)server.askBytes(packet, port);
        QVERIFY(server.isAlive());
    }
}

void TestDhcpThreats::neverAnswersMoreThanTheClientTakes_data() {
    QTest::addColumn<int>("asked");
    for (const int asked : {0, 1, 299, 300, 575, 576, 1472, 65535})
        QTest::addRow("%d", asked) << asked;
}

// R03
void TestDhcpThreats::neverAnswersMoreThanTheClientTakes() {
    QFETCH(int, asked);
    for (const std::size_t clientId : {std::size_t{0}, std::size_t{7}, std::size_t{255}}) {
        WireRack server;
        MachineBoot machine = approvedMachine(1);
        for (std::uint8_t code = 224; code < 230; ++code)
            machine.extraOptions.push_back({code, Buffer(200, 'x')});
        add(server.contents, machine);
        DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(1));
        const std::array<std::uint8_t, 2> size{static_cast<std::uint8_t>(asked >> 8),
                                               static_cast<std::uint8_t>(asked)};
        discover.set(DhcpOption::MaxMessageSize, Bytes(size));
        if (clientId > 0)
            discover.set(DhcpOption::ClientId, std::string_view(std::string(clientId, 'c')));
        const std::size_t answer = server.askBytes(encoded(discover));
        const int limit = std::min(std::max(548, asked - 28), 1472);
        QVERIFY2(answer <= static_cast<std::size_t>(limit), qPrintable(QString::number(answer)));
        QVERIFY(answer >= 300 ||
                clientId == 255); // P14: an identifier that leaves no room cannot be left out
        QVERIFY(server.isAlive());
    }
}

// R04: at the server; the vectors themselves are in wire/tst_Dhcp.cpp
void TestDhcpThreats::survivesOverloadVectors() {
    WireRack server;
    for (const std::uint8_t value : Buffer{0, 1, 2, 3, 4, 255}) {
        for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{2}}) {
            Buffer packet =
                withOption(messageOf(DhcpType::Discover), 52, static_cast<std::uint8_t>(length), length);
            for (std::size_t i = 0; i < length; ++i)
                packet[packet.size() - 2 - i] = value;
            const bool isValid = length == 1 && value >= 1 && value <= 3;
            QCOMPARE(server.askBytes(packet) > 0, isValid);
            QVERIFY(server.isAlive());
        }
    }
}

// R10
void TestDhcpThreats::holdsNothingForClientsThatChoseAnotherServer() {
    DhcpRack server;
    server.contents.dhcp.quarantine = *Ipv4Range::create(host(100), host(199));
    server.contents.dhcp.range.reset();
    std::vector<DhcpMessage> requests;
    for (std::uint8_t i = 1; i <= 100; ++i) {
        const DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(i));
        requests.push_back(selecting(discover, server.ask(discover).reply->yiaddr));
        requests.back().set(DhcpOption::ServerId, host(5));
    }
    QVERIFY(!server.ask(pxeMessage(DhcpType::Discover, mac(101))).reply.has_value()); // all are promised
    int sent = 0;
    for (const DhcpMessage& message : requests)
        sent += server.ask(message).reply.has_value() ? 1 : 0;
    QCOMPARE(sent, 0);
    for (std::uint8_t i = 100; i < 200; ++i)
        QVERIFY(!server.leases.holder(host(i), server.now).has_value());
}

void TestDhcpThreats::refusesAddressesOnlyWhenAsked_data() {
    QTest::addColumn<int>("state"); // 0 SELECTING us, 1 INIT-REBOOT, 2 RENEWING, 3 REBINDING
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<bool>("isAuthoritative");
    QTest::addColumn<QString>("answer");
    const char* const names[] = {"selecting", "init-reboot", "renewing", "rebinding"};
    for (int state = 0; state < 4; ++state) {
        for (const bool isKnown : {true, false}) {
            for (const bool isAuthoritative : {true, false}) {
                const bool refuses = state == 0 || isAuthoritative;
                QTest::addRow("%s, %s, %s", names[state], isKnown ? "known" : "unknown",
                              isAuthoritative ? "authoritative" : "not")
                    << state << isKnown << isAuthoritative
                    << (isKnown   ? "ACK"
                        : refuses ? "NAK"
                                  : "-");
            }
        }
    }
}

// R11, P12: 4 states x known or not x authoritative or not, each direct and relayed
void TestDhcpThreats::refusesAddressesOnlyWhenAsked() {
    QFETCH(int, state);
    QFETCH(bool, isKnown);
    QFETCH(bool, isAuthoritative);
    QFETCH(QString, answer);
    for (const bool isRelayed : {false, true}) {
        DhcpRack server;
        server.contents.dhcp.isAuthoritative = isAuthoritative;
        server.lease(pxeMessage(DhcpType::Discover, mac(1)));
        const Ipv4Address address = isKnown ? host(200) : host(7);
        DhcpMessage message = pxeMessage(DhcpType::Request, mac(1));
        message.flags = 0;
        if (state <= 1)
            message.set(DhcpOption::RequestedAddress, address);
        else
            message.ciaddr = address;
        if (state == 0)
            message.set(DhcpOption::ServerId, serverAddress);
        if (isRelayed)
            message.giaddr = host(254);
        const DhcpDecision decision = server.ask(message);
        const auto is = [&](DhcpType type) {
            return decision.reply && bytesOf(*decision.reply, DhcpOption::MessageType) ==
                                         std::string(1, static_cast<char>(type));
        };
        QCOMPARE(QLatin1String(is(DhcpType::Ack) ? "ACK" : is(DhcpType::Nak) ? "NAK" : "-"), answer);
        if (!is(DhcpType::Nak))
            continue;
        QCOMPARE(decision.delivery, isRelayed ? Delivery::Relay : Delivery::Broadcast);
        QCOMPARE(decision.reply->wantsBroadcast(), isRelayed);
        QVERIFY(decision.reply->yiaddr.isNull() && decision.reply->ciaddr.isNull());
        QCOMPARE(*server.leases.holder(host(200), server.now), mac(1)); // it keeps what it has
    }
}

// R13
void TestDhcpThreats::forgedDeclinesTakeAtMostAQuarter() {
    DhcpRack server;
    server.contents.dhcp.range = *Ipv4Range::create(host(100), host(199));
    server.contents.dhcp.quarantine.reset();
    for (int i = 0; i < 1000; ++i) {
        const MacAddress forger(
            {0x52, 0x54, 0, 1, static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i)});
        const DhcpMessage discover = pxeMessage(DhcpType::Discover, forger);
        const DhcpDecision offer = server.ask(discover);
        QVERIFY(offer.reply.has_value());
        DhcpMessage decline = selecting(discover, offer.reply->yiaddr);
        decline.set(DhcpOption::MessageType, static_cast<std::uint8_t>(DhcpType::Decline));
        (void)server.ask(decline);
        QVERIFY(server.leases.quarantined(server.now) <= 25);
    }
    QCOMPARE(server.leases.quarantined(server.now), std::size_t{25});
    QVERIFY(!server.lease(pxeMessage(DhcpType::Discover, mac(1))).isNull());
}

// R16, P18
void TestDhcpThreats::threeStacksOf48MachinesHave48Leases() {
    DhcpRack server;
    server.contents.dhcp.quarantine = *Ipv4Range::create(host(10), host(80));
    std::set<Ipv4Address> addresses;
    for (std::uint8_t i = 1; i <= 48; ++i) {
        DhcpMessage firmware = pxeMessage(DhcpType::Discover, mac(i), 7);
        firmware.set(DhcpOption::ClientId, std::string_view(std::string(1, '\0') + std::string(16, char(i))));
        DhcpMessage ipxe = ipxeMessage(DhcpType::Discover, mac(i), 7);
        ipxe.set(DhcpOption::ClientId, std::string_view("\1RRRRRR"));
        DhcpMessage installer = plainMessage(DhcpType::Discover, mac(i));
        installer.set(DhcpOption::ClientId, std::string_view("\xFF\0\0\0\4DUID of dracut", 19));
        const Ipv4Address address = server.lease(firmware);
        QVERIFY(!address.isNull());
        QCOMPARE(server.lease(ipxe), address);
        QCOMPARE(server.lease(installer), address);
        addresses.insert(address);
    }
    QCOMPARE(server.leases.size(), std::size_t{48});
    QCOMPARE(addresses.size(), std::size_t{48});
}

// R17 (part): 48 machines of one UUID; the byte orders are the roster's
void TestDhcpThreats::sameUuidIsNotSameMachine() {
    for (const std::uint8_t octet : Buffer{0x00, 0xFF, 0x03}) {
        DhcpRack server;
        server.contents.dhcp.quarantine = *Ipv4Range::create(host(10), host(80));
        std::set<Ipv4Address> addresses;
        for (std::uint8_t i = 1; i <= 48; ++i) {
            DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(i), 7);
            discover.set(DhcpOption::ClientUuid,
                         std::string_view(std::string(1, '\0') + std::string(16, static_cast<char>(octet))));
            discover.set(DhcpOption::ClientId, std::string_view("\0same for all", 13));
            addresses.insert(server.lease(discover));
        }
        QCOMPARE(addresses.size(), std::size_t{48});
        QVERIFY(!addresses.contains(Ipv4Address()));
    }
}

// R18 (part): four NICs of one machine, each with its own address and a boot file of its own
void TestDhcpThreats::everyNicIsServedByItsOwnName() {
    DhcpRack server;
    std::set<std::string> files;
    for (std::uint8_t i = 1; i <= 4; ++i) {
        const DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(i), 7); // all of one UUID
        const DhcpDecision offer = server.ask(discover);
        const DhcpDecision ack = server.ask(selecting(discover, offer.reply->yiaddr));
        QCOMPARE(ack.bootFile, "m/" + mac(i).toHex() + "/bootx64.efi");
        files.insert(ack.bootFile);
    }
    QCOMPARE(files.size(), std::size_t{4});
}

// R21
void TestDhcpThreats::dropsEveryOtherMessageType() {
    WireRack server;
    std::vector<unsigned> values{0, 9, 10};
    for (unsigned type = 11; type < 256; ++type)
        values.push_back(type);
    for (const DhcpMode mode : {DhcpMode::Own, DhcpMode::Proxy}) {
        server.contents.dhcp.mode = mode;
        for (const unsigned value : values) {
            DhcpMessage message = pxeMessage(DhcpType::Discover, mac(1));
            message.set(DhcpOption::MessageType, static_cast<std::uint8_t>(value));
            for (const DhcpPort port : {DhcpPort::Server, DhcpPort::Proxy})
                QCOMPARE(server.askBytes(encoded(message), port), std::size_t{0});
        }
    }
    QVERIFY(values.size() >= 244);
    QCOMPARE(server.leases.size(), std::size_t{0});
}

// R42 (part): what 48 machines that nobody approved and one that is armed are sent to
void TestDhcpThreats::installsOnlyTheArmedOf49() {
    auto contents = rack();
    for (std::uint8_t i = 1; i <= 48; ++i)
        add(contents, parkedMachine(i));
    add(contents, approvedMachine(49));
    contents.peers.emplace(host(49), mac(49));
    const Catalog catalog(contents);
    for (std::uint8_t i = 1; i <= 49; ++i) {
        const std::string base = "m/" + mac(i).toHex() + '/';
        const bool isArmed = i == 49;
        for (const char* const config : {"pxelinux.cfg/default", "grub/grub.cfg", "boot.ipxe"})
            QCOMPARE(hasKernelLine(textOf(catalog.find(base + config, {}))), isArmed);
        const auto answer = catalog.find("t/" + ticket + "/answer", host(i));
        QVERIFY(answer && answer->needsItsCard == !isArmed &&
                answer->machine == mac(49)); // R41: not by address
        QCOMPARE(catalog.find(base + "vmlinuz", {}).has_value(), isArmed);
    }
}

// P51: architectures 16 and 7 from one MAC, in turns
void TestDhcpThreats::httpAndPxeNeverMix() {
    for (const DhcpMode mode : {DhcpMode::Own, DhcpMode::Proxy}) {
        DhcpRack server;
        server.contents.dhcp.mode = mode;
        for (int i = 0; i < 10; ++i) {
            const DhcpMessage http = *server.ask(httpMessage(DhcpType::Discover, mac(1))).reply;
            QCOMPARE(bytesOf(http, DhcpOption::VendorClass), std::string("HTTPClient"));
            QCOMPARE(http.file, std::string("http://192.168.0.251/m/525400000001/bootx64.efi")); // P53
            QVERIFY(!http.option(DhcpOption::VendorSpecific) && !http.option(DhcpOption::TftpServer));
            const DhcpMessage pxe = *server.ask(pxeMessage(DhcpType::Discover, mac(1), 7)).reply;
            QCOMPARE(bytesOf(pxe, DhcpOption::VendorClass), std::string("PXEClient"));
            QCOMPARE(pxe.file, std::string("m/525400000001/bootx64.efi"));
        }
    }
}

void TestDhcpThreats::everyArchitectureGetsItsOwnLoader_data() {
    QTest::addColumn<int>("arch");
    QTest::addColumn<bool>("isHttp");
    QTest::addColumn<QString>("loader"); // empty: none is had
    for (const auto& [arch, isHttp, loader] :
         std::initializer_list<std::tuple<int, bool, const char*>>{{0, false, "pxelinux.0"},
                                                                   {6, false, "bootia32.efi"},
                                                                   {7, false, "bootx64.efi"},
                                                                   {9, false, "bootx64.efi"},
                                                                   {10, false, ""},
                                                                   {11, false, "bootaa64.efi"},
                                                                   {15, true, "bootia32.efi"},
                                                                   {16, true, "bootx64.efi"},
                                                                   {17, true, "bootx64.efi"},
                                                                   {18, true, ""},
                                                                   {19, true, "bootaa64.efi"},
                                                                   {25, false, ""},
                                                                   {39, false, ""},
                                                                   {65535, false, ""}})
        QTest::addRow("%d", arch) << arch << isHttp << loader;
}

// P21, P50
void TestDhcpThreats::everyArchitectureGetsItsOwnLoader() {
    QFETCH(int, arch);
    QFETCH(bool, isHttp);
    QFETCH(QString, loader);
    DhcpRack server;
    ImageFiles image = rockyImage();
    for (const Firmware firmware : {Firmware::UefiArm64, Firmware::UefiIa32})
        image.uefiLoaders.emplace(firmware, image.uefiLoaders.at(Firmware::UefiX64));
    add(server.contents, image);
    const auto number = static_cast<std::uint16_t>(arch);
    DhcpMessage discover = pxeMessage(DhcpType::Discover, mac(1), number);
    if (isHttp)
        discover.set(DhcpOption::VendorClass, std::string_view("HTTPClient:Arch:00000:UNDI:003001"));
    const DhcpDecision decision = server.ask(discover);
    if (loader.isEmpty()) {
        QCOMPARE(decision.refusal, DhcpRefusal::NoBootFile);
        return;
    }
    const std::string base = isHttp ? "http://192.168.0.251/" : "";
    QCOMPARE(decision.reply->file, base + "m/525400000001/" + loader.toStdString());
    // P40: iPXE gets its script whatever it runs on.
    const DhcpDecision ipxe = server.ask(ipxeMessage(DhcpType::Discover, mac(1), number));
    QCOMPARE(ipxe.reply->file, std::string("http://192.168.0.251/m/525400000001/boot.ipxe"));
}

QTEST_APPLESS_MAIN(TestDhcpThreats)
#include "tst_DhcpThreats.moc"
