#include "core/wire/Cdp.h"

#include "core/wire/RemoteText.h"

#include <algorithm>
#include <array>

namespace rackmuster::wire {

namespace {

// LLC and SNAP: Cisco's OUI 00000C and the protocol 2000.
constexpr std::array<std::uint8_t, 8> snapHeader{0xAA, 0xAA, 0x03, 0x00, 0x00, 0x0C, 0x20, 0x00};
constexpr std::size_t elementHeaderSize = 4;

enum class Element : std::uint16_t {
    DeviceId = 0x01,
    Addresses = 0x02,
    PortId = 0x03,
    Capabilities = 0x04,
    Platform = 0x06,
    NativeVlan = 0x0A,
    ManagementAddresses = 0x16
};

std::string textOf(Bytes bytes) {
    return remoteText(asText(bytes), CdpMessage::maximumText);
}

/// The first IPv4 one of a counted list: protocol type and name, then the address.
std::optional<Ipv4Address> firstIpv4(Bytes value) {
    constexpr std::uint8_t nlpid = 1;
    constexpr std::uint8_t ip = 0xCC;
    ByteReader reader(value);
    const auto count = reader.u32be("the number of addresses");
    if (!count)
        return std::nullopt;
    for (std::uint32_t i = 0; i < *count; ++i) {
        const auto type = reader.u8("the protocol type");
        const auto nameLength = type ? reader.u8("the protocol length") : type;
        if (!nameLength)
            return std::nullopt;
        const auto name = reader.take(*nameLength, "the protocol");
        const auto length = reader.u16be("the address length");
        if (!name || !length)
            return std::nullopt;
        const auto address = reader.take(*length, "the address");
        if (!address)
            return std::nullopt;
        ByteReader octets(*address);
        if (*type == nlpid && name->size() == 1 && name->front() == ip && address->size() == 4)
            return Ipv4Address(octets.u32be("the address").value_or(0));
    }
    return std::nullopt;
}

void readElement(Element type, Bytes value, CdpMessage& message) {
    ByteReader reader(value);
    switch (type) {
    case Element::DeviceId:
        message.deviceId = textOf(value);
        break;
    case Element::PortId:
        message.portId = textOf(value);
        break;
    case Element::Platform:
        message.platform = textOf(value);
        break;
    case Element::Capabilities:
        message.capabilities = reader.u32be("the capabilities").value_or(0);
        break;
    case Element::NativeVlan:
        if (const auto vlan = reader.u16be("the native VLAN"); vlan && *vlan >= 1 && *vlan <= 4094)
            message.nativeVlan = *vlan;
        break;
    case Element::Addresses:
    case Element::ManagementAddresses:
        if (!message.address)
            message.address = firstIpv4(value);
        break;
    default: // of no use here
        break;
    }
}

} // namespace

Result<std::optional<CdpMessage>> decodeCdp(Bytes llc) {
    ByteReader reader(llc);
    const auto snap = reader.take(snapHeader.size(), "the SNAP header");
    if (!snap || !std::ranges::equal(*snap, snapHeader))
        return std::nullopt;
    const auto version = reader.u8("the CDP version");
    const auto life = reader.u8("the CDP time to live");
    const auto checksum = reader.u16be("the CDP checksum");
    if (!version || !life || !checksum)
        return fail(ErrorCode::Truncated, "the CDP header");
    if (*version != 1 && *version != 2)
        return fail(ErrorCode::Malformed, "The CDP message", "its version is " + std::to_string(*version));
    CdpMessage message;
    message.timeToLive = std::chrono::seconds(*life);
    while (!reader.atEnd()) {
        const auto type = reader.u16be("a CDP element");
        const auto length = reader.u16be("a CDP element");
        if (!type || !length)
            return fail(ErrorCode::Truncated, "a CDP element");
        if (*length < elementHeaderSize)
            return fail(ErrorCode::Malformed, "The CDP message",
                        "an element of " + std::to_string(*length) + " bytes");
        const auto value = reader.take(*length - elementHeaderSize, "a CDP element");
        if (!value)
            return tl::unexpected(value.error());
        readElement(static_cast<Element>(*type), *value, message);
    }
    return message;
}

} // namespace rackmuster::wire
