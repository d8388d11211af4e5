#include "core/boot/NeighbourSighting.h"
#include "core/wire/Cdp.h"
#include "core/wire/Dhcp.h"
#include "core/wire/Lldp.h"
#include "core/wire/SpanningTree.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using wire::CdpMessage;
using wire::LldpMessage;

namespace {

LldpMessage switchMessage() {
    LldpMessage message;
    message.chassisId = "00:1b:54:aa:bb:00";
    message.portIdKind = LldpMessage::PortIdKind::InterfaceName;
    message.portId = "Gi1/0/12";
    message.timeToLive = std::chrono::seconds(120);
    message.portDescription = "rack 3 laptop";
    message.systemName = "core-sw1";
    message.capabilities = LldpMessage::Bridge;
    message.vlan = 20;
    return message;
}

QString word(NeighbourKind kind) {
    return QString::fromStdString(std::string(toWord(kind)));
}

} // namespace

class TestNeighbourSighting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSwitchNamesThePortOfTheCable() {
        const NeighbourSighting sighting = sightingOf(switchMessage());
        QVERIFY(sighting.kind == NeighbourKind::Switch);
        QVERIFY(sighting.port.has_value());
        QCOMPARE(sighting.port->switchName, std::string("core-sw1"));
        QCOMPARE(sighting.port->port, std::string("Gi1/0/12"));
        QVERIFY(sighting.port->vlan == std::uint16_t(20));
        QVERIFY(sighting.port->timeToLive == std::chrono::seconds(120));
    }

    void aSwitchWithoutNameIsCalledByItsChassis() {
        LldpMessage message = switchMessage();
        message.systemName.clear();
        QCOMPARE(sightingOf(message).port->switchName, std::string("00:1b:54:aa:bb:00"));
    }

    void namesThePortAsItIsPrinted_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("description");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* tag, LldpMessage::PortIdKind kind, const char* id,
                            const char* description, const char* name) {
            QTest::newRow(tag) << int(kind) << QString::fromLatin1(id) << QString::fromLatin1(description)
                               << QString::fromLatin1(name);
        };
        using Kind = LldpMessage::PortIdKind;
        row("Cisco", Kind::InterfaceName, "Gi1/0/12", "rack 3", "Gi1/0/12");
        row("Juniper", Kind::Local, "512", "ge-0/0/12", "512 (ge-0/0/12)");
        row("HP", Kind::Local, "12", "12", "12");
        row("Linux", Kind::MacAddress, "00:1b:54:aa:bb:8c", "swp12", "swp12");
        row("only an address", Kind::MacAddress, "00:1b:54:aa:bb:8c", "", "00:1b:54:aa:bb:8c");
    }

    void namesThePortAsItIsPrinted() {
        QFETCH(int, kind);
        QFETCH(QString, id);
        QFETCH(QString, description);
        QFETCH(QString, name);
        LldpMessage message = switchMessage();
        message.portIdKind = static_cast<LldpMessage::PortIdKind>(kind);
        message.portId = id.toStdString();
        message.portDescription = description.toStdString();
        QCOMPARE(QString::fromStdString(sightingOf(message).port->port), name);
    }

    void lldpSaysWhatItIs_data() {
        QTest::addColumn<int>("capabilities");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<bool>("isPort");
        QTest::newRow("switch") << 0x04 << "switch" << true;
        QTest::newRow("routing switch") << 0x14 << "switch" << true;
        QTest::newRow("router") << 0x10 << "router" << true;
        QTest::newRow("phone with a port behind it") << 0x24 << "phone" << false;
        QTest::newRow("access point") << 0x0C << "access-point" << false;
        QTest::newRow("server") << 0x80 << "computer" << false;
        QTest::newRow("says nothing") << 0x00 << "unknown" << true;
    }

    void lldpSaysWhatItIs() {
        QFETCH(int, capabilities);
        QFETCH(QString, kind);
        QFETCH(bool, isPort);
        LldpMessage message = switchMessage();
        message.capabilities = static_cast<std::uint16_t>(capabilities);
        const NeighbourSighting sighting = sightingOf(message);
        QCOMPARE(word(sighting.kind), kind);
        QCOMPARE(sighting.port.has_value(), isPort);
    }

    void cdpSaysWhatItIs_data() {
        QTest::addColumn<int>("capabilities");
        QTest::addColumn<QString>("kind");
        QTest::newRow("switch") << 0x28 << "switch";
        QTest::newRow("routing switch") << 0x29 << "switch";
        QTest::newRow("phone") << 0x490 << "phone";
        QTest::newRow("access point") << 0x02 << "access-point";
        QTest::newRow("router") << 0x01 << "router";
        QTest::newRow("host") << 0x10 << "computer";
    }

    void cdpSaysWhatItIs() {
        QFETCH(int, capabilities);
        QFETCH(QString, kind);
        CdpMessage message;
        message.capabilities = static_cast<std::uint32_t>(capabilities);
        QCOMPARE(word(sightingOf(message).kind), kind);
    }

    void aDhcpClientIsKnownByItsWords_data() {
        QTest::addColumn<QString>("vendorClass");
        QTest::addColumn<QString>("hostName");
        QTest::addColumn<QString>("kind");
        QTest::newRow("iDRAC") << "iDRAC"
                               << "idrac-7ABC123"
                               << "bmc";
        QTest::newRow("iLO") << "CPQRIB3"
                             << "ILOCZ1234567"
                             << "bmc";
        QTest::newRow("XCC") << ""
                             << "XCC-7X06-J300ABC"
                             << "bmc";
        QTest::newRow("phone") << "Cisco Systems, Inc. IP Phone CP-7960"
                               << "SEP001122334455"
                               << "phone";
        QTest::newRow("new switch") << "ciscopnp"
                                    << ""
                                    << "switch";
        QTest::newRow("Windows") << "MSFT 5.0"
                                 << "DESKTOP-1"
                                 << "computer";
        QTest::newRow("embedded") << "udhcp 1.30.1"
                                  << ""
                                  << "unknown";
        QTest::newRow("silent") << ""
                                << ""
                                << "unknown";
    }

    void aDhcpClientIsKnownByItsWords() {
        QFETCH(QString, vendorClass);
        QFETCH(QString, hostName);
        QFETCH(QString, kind);
        wire::DhcpMessage message;
        message.chaddr = {0x52, 0x54, 0, 0, 0, 9};
        const std::string words = vendorClass.toStdString();
        const std::string name = hostName.toStdString();
        if (!words.empty())
            message.set(wire::DhcpOption::VendorClass, std::string_view(words));
        if (!name.empty())
            message.set(wire::DhcpOption::HostName, std::string_view(name));
        const NeighbourSighting sighting = sightingOf(message);
        QCOMPARE(word(sighting.kind), kind);
        QCOMPARE(sighting.name, name);
        QVERIFY(sighting.mac == message.mac());
        QVERIFY(!sighting.port && !sighting.tree);
    }

    void aBpduTellsTheTreeAndThatItIsASwitch() {
        wire::Bpdu bpdu;
        bpdu.version = wire::Bpdu::Version::Rstp;
        bpdu.root.mac = MacAddress({0, 1, 2, 3, 4, 5});
        bpdu.maxAge = std::chrono::seconds(20);
        bpdu.forwardDelay = std::chrono::milliseconds(14'500);
        const NeighbourSighting sighting = sightingOf(bpdu);
        QVERIFY(sighting.kind == NeighbourKind::Switch);
        QVERIFY(sighting.tree->tree.protocol == SpanningTree::Protocol::Rstp);
        QVERIFY(sighting.tree->tree.forwardDelay == std::chrono::seconds(15)); // never too short
        QVERIFY(sighting.tree->tree.root == bpdu.root.mac);
    }
};

QTEST_APPLESS_MAIN(TestNeighbourSighting)
#include "tst_NeighbourSighting.moc"
