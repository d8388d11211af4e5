#include "core/boot/NeighbourSighting.h"

#include "core/wire/Cdp.h"
#include "core/wire/Dhcp.h"
#include "core/wire/Lldp.h"
#include "core/wire/RemoteText.h"
#include "core/wire/SpanningTree.h"

#include <algorithm>
#include <array>

namespace rackmuster::boot {

namespace {

using wire::CdpMessage;
using wire::LldpMessage;
using Certainty = NeighbourSighting::Certainty;

constexpr std::size_t maximumText = 255; // bytes

struct Beginning {
    std::string_view text;
    NeighbourKind kind;
};

// Option 60, as these clients send it.
constexpr std::array vendorClasses{
    Beginning{"iDRAC", NeighbourKind::ManagementController},
    Beginning{"CPQRIB", NeighbourKind::ManagementController}, // HPE iLO
    Beginning{"Cisco Systems, Inc. IP Phone", NeighbourKind::Phone},
    Beginning{"yealink", NeighbourKind::Phone},
    Beginning{"snom", NeighbourKind::Phone},
    Beginning{"Polycom", NeighbourKind::Phone},
    Beginning{"Grandstream", NeighbourKind::Phone},
    Beginning{"ccp.avaya.com", NeighbourKind::Phone},
    Beginning{"ciscopnp", NeighbourKind::Switch},
    Beginning{"Juniper-", NeighbourKind::Switch},
    Beginning{"Arista", NeighbourKind::Switch},
    Beginning{"cumulus-linux", NeighbourKind::Switch},
    Beginning{"onie_vendor", NeighbourKind::Switch},
    Beginning{"Cisco AP", NeighbourKind::AccessPoint},
    Beginning{"ArubaAP", NeighbourKind::AccessPoint},
    Beginning{"ArubaInstantAP", NeighbourKind::AccessPoint},
    Beginning{"APC", NeighbourKind::PowerUnit},
    Beginning{"MSFT ", NeighbourKind::Computer},
    Beginning{"dhcpcd", NeighbourKind::Computer},
    Beginning{"anaconda-", NeighbourKind::Computer},
    Beginning{"d-i", NeighbourKind::Computer},
    Beginning{"android-dhcp", NeighbourKind::Computer},
};

// Option 12, as they are called out of the box.
constexpr std::array hostNames{
    Beginning{"idrac-", NeighbourKind::ManagementController},
    Beginning{"iDRAC-", NeighbourKind::ManagementController},
    Beginning{"ILO", NeighbourKind::ManagementController},
    Beginning{"XCC-", NeighbourKind::ManagementController},
    Beginning{"IMM2-", NeighbourKind::ManagementController},
    Beginning{"SEP", NeighbourKind::Phone}, // Cisco's: SEP and the hardware address
};

template <std::size_t size>
NeighbourKind kindBy(const std::array<Beginning, size>& beginnings, std::string_view text) {
    const auto found = std::ranges::find_if(
        beginnings, [text](const Beginning& each) { return text.starts_with(each.text); });
    return found == beginnings.end() ? NeighbourKind::Unknown : found->kind;
}

/// A phone with a port for the computer behind it is a bridge as well, and a router switches, too.
NeighbourKind kindOf(const LldpMessage& message) {
    const unsigned can = message.capabilities;
    if ((can & LldpMessage::Telephone) != 0)
        return NeighbourKind::Phone;
    if ((can & LldpMessage::AccessPoint) != 0)
        return NeighbourKind::AccessPoint;
    if ((can & LldpMessage::Bridge) != 0)
        return NeighbourKind::Switch;
    if ((can & LldpMessage::Router) != 0)
        return NeighbourKind::Router;
    return (can & LldpMessage::StationOnly) != 0 ? NeighbourKind::Computer : NeighbourKind::Unknown;
}

/// Cisco's access points call themselves bridges, and its switches switches.
NeighbourKind kindOf(const CdpMessage& message) {
    const std::uint32_t can = message.capabilities;
    if ((can & CdpMessage::Phone) != 0)
        return NeighbourKind::Phone;
    if ((can & CdpMessage::Switch) != 0)
        return NeighbourKind::Switch;
    if ((can & CdpMessage::TransparentBridge) != 0)
        return NeighbourKind::AccessPoint;
    if ((can & CdpMessage::Router) != 0)
        return NeighbourKind::Router;
    return (can & CdpMessage::Host) != 0 ? NeighbourKind::Computer : NeighbourKind::Unknown;
}

/// What does not say what it is has a port all the same; a computer or a phone has none that matters.
bool mayBeSwitch(NeighbourKind kind) {
    return kind == NeighbourKind::Switch || kind == NeighbourKind::Router || kind == NeighbourKind::Unknown;
}

/// What is printed at the port, as far as one can know: some count ports by a number of their own and print
/// what they tell in the description.
std::string portName(const LldpMessage& message) {
    using Kind = LldpMessage::PortIdKind;
    const std::string& id = message.portId;
    const std::string& words = message.portDescription;
    if (message.portIdKind == Kind::InterfaceName || message.portIdKind == Kind::InterfaceAlias ||
        words.empty() || words == id)
        return id;
    if (message.portIdKind == Kind::MacAddress)
        return words;
    return wire::remoteText(id + " (" + words + ")", maximumText);
}

SpanningTree::Protocol protocolOf(wire::Bpdu::Version version) {
    switch (version) {
    case wire::Bpdu::Version::Stp:
        return SpanningTree::Protocol::Stp;
    case wire::Bpdu::Version::Rstp:
        return SpanningTree::Protocol::Rstp;
    default:
        return SpanningTree::Protocol::Mstp;
    }
}

} // namespace

NeighbourSighting sightingOf(const LldpMessage& message) {
    NeighbourSighting sighting;
    sighting.kind = kindOf(message);
    sighting.certainty = Certainty::Announced;
    sighting.name = message.systemName;
    sighting.description = message.systemDescription;
    sighting.address = message.managementAddress;
    if (mayBeSwitch(sighting.kind))
        sighting.port = {true, message.systemName.empty() ? message.chassisId : message.systemName,
                         portName(message), message.vlan, message.timeToLive};
    return sighting;
}

NeighbourSighting sightingOf(const CdpMessage& message) {
    NeighbourSighting sighting;
    sighting.kind = kindOf(message);
    sighting.certainty = Certainty::Announced;
    sighting.name = message.deviceId;
    sighting.description = message.platform;
    sighting.address = message.address;
    if (mayBeSwitch(sighting.kind))
        sighting.port = {false, message.deviceId, message.portId, message.nativeVlan, message.timeToLive};
    return sighting;
}

NeighbourSighting sightingOf(const wire::Bpdu& bpdu) {
    NeighbourSighting sighting;
    sighting.kind = NeighbourKind::Switch;
    sighting.certainty = Certainty::Known;
    sighting.tree = {{protocolOf(bpdu.version), bpdu.root.mac, bpdu.bridge.mac,
                      std::chrono::ceil<std::chrono::seconds>(bpdu.forwardDelay)},
                     bpdu.maxAge};
    return sighting;
}

NeighbourSighting sightingOf(const wire::DhcpMessage& request) {
    using wire::DhcpOption;
    NeighbourSighting sighting;
    sighting.mac = request.mac();
    sighting.name =
        wire::remoteText(request.textOption(DhcpOption::HostName).value_or(std::string()), maximumText);
    sighting.description =
        wire::remoteText(request.textOption(DhcpOption::VendorClass).value_or(std::string()), maximumText);
    sighting.kind = kindBy(vendorClasses, sighting.description);
    if (sighting.kind == NeighbourKind::Unknown)
        sighting.kind = kindBy(hostNames, sighting.name);
    if (!request.ciaddr.isNull())
        sighting.address = request.ciaddr;
    return sighting;
}

} // namespace rackmuster::boot
