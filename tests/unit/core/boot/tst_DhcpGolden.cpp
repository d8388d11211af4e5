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

/// Every kind of client.
DhcpMessage clientOf(const QString& kind, DhcpType type) {
    if (kind == QLatin1String("uefi-http"))
        return httpMessage(type, mac(1));
    if (kind == QLatin1String("ipxe"))
        return ipxeMessage(type, mac(1));
    if (kind == QLatin1String("installer"))
        return plainMessage(type, mac(1));
    const std::uint16_t arch = kind == QLatin1String("uefi-ia32")    ? 6
                               : kind == QLatin1String("uefi-x64")   ? 7
                               : kind == QLatin1String("uefi-arm64") ? 11
                                                                     : 0;
    return pxeMessage(type, mac(1), arch);
}

DhcpMessage relayed(DhcpMessage message) {
    message.giaddr = host(254);
    message.hops = 1;
    message.flags = 0;
    // Circuit, remote id, and the relay's address in place of ours (RFC 5107).
    message.set(DhcpOption::RelayAgent, std::string_view("\1\4ge01\2\3rid\x0B\4\xC0\xA8\0\xFE", 18));
    return message;
}

DhcpMessage asking(const QString& kind, DhcpType type, Ipv4Address ciaddr) {
    DhcpMessage message = clientOf(kind, type);
    message.flags = 0;
    message.ciaddr = ciaddr;
    return message;
}

const QStringList kinds{QStringLiteral("bios"),      QStringLiteral("uefi-x64"),
                        QStringLiteral("uefi-ia32"), QStringLiteral("uefi-arm64"),
                        QStringLiteral("uefi-http"), QStringLiteral("ipxe"),
                        QStringLiteral("installer")};

} // namespace

/// Every kind of reply, byte for byte. RACKMUSTER_UPDATE_GOLDEN=1 writes the files of tests/golden/dhcp anew.
class TestDhcpGolden : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void repliesByteForByte_data();
    void repliesByteForByte();
};

void TestDhcpGolden::repliesByteForByte_data() {
    QTest::addColumn<DhcpMessage>("request");
    QTest::addColumn<bool>("isProxy");
    QTest::addColumn<bool>("isAt4011");
    const auto row = [](const QString& name, const DhcpMessage& request, bool isProxy = false,
                        bool isAt4011 = false) {
        QTest::newRow(qPrintable(name)) << request << isProxy << isAt4011;
    };
    for (const QString& kind : kinds) {
        row(QStringLiteral("offer-") + kind, clientOf(kind, DhcpType::Discover));
        row(QStringLiteral("ack-") + kind, selecting(clientOf(kind, DhcpType::Discover), host(100)));
    }
    row(QStringLiteral("ack-renewal"), asking(QStringLiteral("installer"), DhcpType::Request, host(100)));
    row(QStringLiteral("ack-inform"), asking(QStringLiteral("bios"), DhcpType::Inform, host(77)));
    const DhcpMessage wrong = selecting(clientOf(QStringLiteral("bios"), DhcpType::Discover), host(7));
    row(QStringLiteral("nak"), wrong);
    DhcpMessage wrongRelayed = relayed(wrong);
    wrongRelayed.set(DhcpOption::ServerId, host(254));
    row(QStringLiteral("nak-relayed"), wrongRelayed);
    row(QStringLiteral("offer-relayed"), relayed(clientOf(QStringLiteral("uefi-x64"), DhcpType::Discover)));
    for (const QString& kind : {kinds[0], kinds[1], kinds[4], kinds[5]})
        row(QStringLiteral("proxy-offer-") + kind, clientOf(kind, DhcpType::Discover), true);
    row(QStringLiteral("proxy-ack"), asking(QStringLiteral("uefi-x64"), DhcpType::Request, host(40)), true,
        true);
    DhcpMessage item = asking(QStringLiteral("bios"), DhcpType::Request, host(40));
    item.set(DhcpOption::VendorSpecific, std::string_view("\x47\4\0\1\0\0\xFF", 7));
    row(QStringLiteral("proxy-ack-item"), item, true, true);
}

// P01, P02, P04, P07, P23, P28
void TestDhcpGolden::repliesByteForByte() {
    QFETCH(DhcpMessage, request);
    QFETCH(bool, isProxy);
    QFETCH(bool, isAt4011);
    DhcpRack server;
    server.contents.dhcp.leaseSeconds = 86400;
    server.contents.dhcp.mode = isProxy ? DhcpMode::Proxy : DhcpMode::Own;
    ImageFiles image = rockyImage();
    for (const Firmware firmware : {Firmware::UefiArm64, Firmware::UefiIa32})
        image.uefiLoaders.emplace(firmware, image.uefiLoaders.at(Firmware::UefiX64));
    add(server.contents, image);
    add(server.contents, approvedMachine(1));
    if (!isProxy)
        (void)server.ask(clientOf(QStringLiteral("bios"), DhcpType::Discover)); // the offer that is chosen
    const DhcpDecision decision = server.ask(request, isAt4011 ? DhcpPort::Proxy : DhcpPort::Server);
    QVERIFY(decision.reply.has_value());
    const auto bytes = wire::encodeDhcp(*decision.reply, decision.maximumSize);
    QVERIFY(bytes.has_value());
    const QString name = QStringLiteral("dhcp/%1.hex").arg(QString::fromLatin1(QTest::currentDataTag()));
    const QString difference = differenceToGolden(name, hexDump(*bytes));
    QVERIFY2(difference.isEmpty(), qPrintable(difference));
}

QTEST_APPLESS_MAIN(TestDhcpGolden)
#include "tst_DhcpGolden.moc"
