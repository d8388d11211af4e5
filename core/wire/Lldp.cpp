#include "core/wire/Lldp.h"

#include "core/base/MacAddress.h"
#include "core/wire/RemoteText.h"

#include <algorithm>

namespace rackmuster::wire {

namespace {

// IEEE 802.1AB table 8-1
enum class Element : std::uint8_t {
    End = 0,
    ChassisId = 1,
    PortId = 2,
    TimeToLive = 3,
    PortDescription = 4,
    SystemName = 5,
    SystemDescription = 6,
    Capabilities = 7,
    ManagementAddress = 8,
    Organization = 127
};

constexpr std::uint8_t addressIpv4 = 1;                      // IANA address family
constexpr std::uint32_t ieee8021Port = 0x0080C2U << 8U | 1U; // OUI and subtype: Port VLAN ID

struct TypeLengthValue {
    Element type = Element::End;
    Bytes value;
};

/// 8.4: seven bits of type, nine of length.
Result<TypeLengthValue> readElement(ByteReader& reader) {
    const auto header = reader.u16be("an LLDP element");
    if (!header)
        return tl::unexpected(header.error());
    const auto value = reader.take(*header & 0x1FFU, "an LLDP element");
    if (!value)
        return tl::unexpected(value.error());
    return TypeLengthValue{static_cast<Element>(*header >> 9U), *value};
}

std::string textOf(Bytes bytes) {
    return remoteText(asText(bytes), LldpMessage::maximumText);
}

std::string macText(Bytes bytes) {
    MacAddress::Octets octets{};
    if (bytes.size() != octets.size())
        return textOf(bytes);
    std::ranges::copy(bytes, octets.begin());
    return MacAddress(octets).toString();
}

std::optional<Ipv4Address> ipv4Of(Bytes familyAndAddress) {
    ByteReader reader(familyAndAddress);
    const auto family = reader.u8("the address family");
    const auto address = reader.u32be("the address");
    if (!family || *family != addressIpv4 || !address || !reader.atEnd())
        return std::nullopt;
    return Ipv4Address(*address);
}

/// Tables 8-2 and 8-3 number the kinds of address differently.
struct IdKinds {
    std::uint8_t mac;
    std::uint8_t network;
};
constexpr IdKinds chassisKinds{4, 5};
constexpr IdKinds portKinds{3, 4};

/// 8.5.2, 8.5.3: a kind, then 1..255 bytes. The kind goes into `kind`.
Result<std::string> readId(Bytes value, IdKinds kinds, std::uint8_t& kind, const char* name) {
    ByteReader reader(value);
    kind = reader.u8(name).value_or(0);
    const Bytes id = reader.rest();
    if (id.empty() || id.size() > LldpMessage::maximumText)
        return fail(ErrorCode::Malformed, name, "it has " + std::to_string(value.size()) + " bytes");
    if (kind == kinds.mac)
        return macText(id);
    const auto address = kind == kinds.network ? ipv4Of(id) : std::nullopt;
    return address ? address->toString() : textOf(id);
}

Result<Bytes> readMandatory(ByteReader& reader, Element expected, const char* name) {
    const auto element = readElement(reader);
    if (!element)
        return tl::unexpected(element.error());
    if (element->type != expected)
        return fail(ErrorCode::Malformed, "The LLDP message", std::string("it does not begin with ") + name);
    return element->value;
}

Result<void> readHead(ByteReader& reader, LldpMessage& message) {
    const auto chassis = readMandatory(reader, Element::ChassisId, "a chassis id");
    if (!chassis)
        return tl::unexpected(chassis.error());
    const auto port = readMandatory(reader, Element::PortId, "chassis and port id");
    if (!port)
        return tl::unexpected(port.error());
    const auto life = readMandatory(reader, Element::TimeToLive, "chassis id, port id and time to live");
    if (!life)
        return tl::unexpected(life.error());
    std::uint8_t kind = 0;
    auto chassisId = readId(*chassis, chassisKinds, kind, "The LLDP chassis id");
    if (!chassisId)
        return tl::unexpected(chassisId.error());
    auto portId = readId(*port, portKinds, kind, "The LLDP port id");
    if (!portId)
        return tl::unexpected(portId.error());
    ByteReader lifeReader(*life);
    const auto seconds = lifeReader.u16be("the LLDP time to live");
    if (!seconds)
        return tl::unexpected(seconds.error());
    message.chassisId = std::move(*chassisId);
    message.portId = std::move(*portId);
    message.portIdKind = static_cast<LldpMessage::PortIdKind>(kind);
    message.timeToLive = std::chrono::seconds(*seconds);
    return {};
}

/// 8.5.9: the length of family and address, these two, then numbers that are of no use here.
std::optional<Ipv4Address> managementAddressOf(Bytes value) {
    ByteReader reader(value);
    const auto length = reader.u8("the length of the management address");
    if (!length)
        return std::nullopt;
    const auto address = reader.take(*length, "the management address");
    return address ? ipv4Of(*address) : std::nullopt;
}

void readCapabilities(Bytes value, LldpMessage& message) {
    ByteReader reader(value);
    const bool hasPossible = reader.u16be("the capabilities").has_value();
    if (const auto enabled = reader.u16be("the enabled capabilities"); hasPossible && enabled)
        message.capabilities = *enabled;
}

void readOrganization(Bytes value, LldpMessage& message) {
    ByteReader reader(value);
    const auto kind = reader.u32be("the organization");
    const auto vlan = reader.u16be("the port VLAN id");
    const bool isVlan = kind && *kind == ieee8021Port && vlan && *vlan >= 1 && *vlan <= 4094;
    if (isVlan && !message.vlan)
        message.vlan = *vlan;
}

void readOptional(const TypeLengthValue& element, LldpMessage& message) {
    switch (element.type) {
    case Element::PortDescription:
        message.portDescription = textOf(element.value);
        break;
    case Element::SystemName:
        message.systemName = textOf(element.value);
        break;
    case Element::SystemDescription:
        message.systemDescription = textOf(element.value);
        break;
    case Element::Capabilities:
        readCapabilities(element.value, message);
        break;
    case Element::ManagementAddress:
        if (!message.managementAddress)
            message.managementAddress = managementAddressOf(element.value);
        break;
    case Element::Organization:
        readOrganization(element.value, message);
        break;
    default: // reserved, or of no use here
        break;
    }
}

} // namespace

Result<LldpMessage> decodeLldp(Bytes payload) {
    ByteReader reader(payload);
    LldpMessage message;
    if (const auto head = readHead(reader, message); !head)
        return tl::unexpected(head.error());
    // Some leave the end element out; the padding of a short frame reads as one.
    while (!reader.atEnd()) {
        const auto element = readElement(reader);
        if (!element)
            return tl::unexpected(element.error());
        if (element->type == Element::End)
            break;
        if (element->type <= Element::TimeToLive)
            return fail(ErrorCode::Malformed, "The LLDP message", "a mandatory element stands in it twice");
        readOptional(*element, message);
    }
    return message;
}

} // namespace rackmuster::wire
