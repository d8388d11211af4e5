#include "ui/text/WireWords.h"

#include "ui/text/PlainText.h"

#include <QCoreApplication>

namespace rackmuster::ui {

namespace {

QString translated(const char* text) {
    return QCoreApplication::translate("Wire", text);
}

QString kindWord(boot::NeighbourKind kind) {
    using Kind = boot::NeighbourKind;
    switch (kind) {
    case Kind::Computer:
        return translated(QT_TRANSLATE_NOOP("Wire", "Computer"));
    case Kind::ManagementController:
        return translated(QT_TRANSLATE_NOOP("Wire", "BMC"));
    case Kind::Switch:
        return translated(QT_TRANSLATE_NOOP("Wire", "Switch"));
    case Kind::Router:
        return translated(QT_TRANSLATE_NOOP("Wire", "Router"));
    case Kind::AccessPoint:
        return translated(QT_TRANSLATE_NOOP("Wire", "Access point"));
    case Kind::Phone:
        return translated(QT_TRANSLATE_NOOP("Wire", "Phone"));
    case Kind::PowerUnit:
        return translated(QT_TRANSLATE_NOOP("Wire", "Power strip or UPS"));
    case Kind::Unknown:
        break;
    }
    return {};
}

QString separator() {
    return translated(QT_TRANSLATE_NOOP("Wire", ", "));
}

/// One pass: what others chose must not be scanned for marks again.
QString portText(const boot::SwitchPort& port) {
    const QString text = port.vlan ? translated(QT_TRANSLATE_NOOP("Wire", "switch %1, port %2, VLAN %3"))
                                   : translated(QT_TRANSLATE_NOOP("Wire", "switch %1, port %2"));
    const QString name = printable(port.switchName);
    const QString place = printable(port.port);
    return port.vlan ? text.arg(name, place, QString::number(*port.vlan)) : text.arg(name, place);
}

QString switchPortSentence(const std::vector<boot::SwitchPort>& ports) {
    if (ports.empty())
        return translated(QT_TRANSLATE_NOOP("Wire",
                                            "Listening for the switch. It tells its name and port every 30 s "
                                            "when LLDP or CDP is on."));
    if (ports.size() == 1)
        return translated(QT_TRANSLATE_NOOP("Wire", "This laptop is on %1.")).arg(portText(ports.front()));
    QStringList places;
    for (const boot::SwitchPort& port : ports)
        places << portText(port);
    return translated(QT_TRANSLATE_NOOP("Wire",
                                        "More than one switch is heard: %1. A small switch in between "
                                        "passes on what it should keep."))
        .arg(places.join(translated(QT_TRANSLATE_NOOP("Wire", "; "))));
}

QString tagsSentence(const std::vector<std::uint16_t>& vlans) {
    QStringList numbers;
    for (const std::uint16_t vlan : vlans)
        numbers << QString::number(vlan);
    return translated(QT_TRANSLATE_NOOP("Wire",
                                        "Frames with VLAN tags arrive (VLAN %1): this is a trunk port. "
                                        "Machines there get no answer. Make it an access port."))
        .arg(numbers.join(separator()));
}

} // namespace

QString neighbourKindText(const boot::Neighbour& neighbour) {
    QStringList words;
    if (const QString kind = kindWord(neighbour.kind); !kind.isEmpty())
        words << kind;
    if (neighbour.isDhcpServer)
        words << translated(QT_TRANSLATE_NOOP("Wire", "DHCP server"));
    return words.join(separator());
}

QString vlanText(const boot::VlanTags& vlan) {
    if (!vlan.outer)
        return {};
    const QString outer = QString::number(*vlan.outer);
    return vlan.inner ? QStringLiteral("%1.%2").arg(outer).arg(*vlan.inner) : outer;
}

QStringList wireSentences(const engine::WireInfo& wire, const engine::ServicesInfo& services) {
    if (!services.isRunning || services.isPaused)
        return {};
    QStringList sentences{switchPortSentence(wire.switchPorts)};
    if (wire.spanningTree)
        sentences << translated(QT_TRANSLATE_NOOP(
                                    "Wire", "The switch port runs spanning tree: machines may need %1 s "
                                            "after link-up. Enable edge port (PortFast) on their ports."))
                         .arg(2 * wire.spanningTree->forwardDelay.count());
    if (!wire.taggedVlans.empty())
        sentences << tagsSentence(wire.taggedVlans);
    if (services.captureDropped > 0)
        sentences << translated(QT_TRANSLATE_NOOP(
                                    "Wire", "The capture lost %1 frames: a machine may be missing. Let it "
                                            "boot once more."))
                         .arg(services.captureDropped);
    return sentences;
}

} // namespace rackmuster::ui
