#include "core/wire/Arp.h"

#include "core/base/ByteWriter.h"

#include <algorithm>

namespace rackmuster::wire {

namespace {

constexpr std::uint16_t ethernet = 1;
constexpr std::uint16_t ipv4 = 0x0800;
constexpr std::uint8_t ipv4Size = 4;

MacAddress readMac(ByteReader& reader) {
    MacAddress::Octets octets{};
    std::ranges::copy(*reader.take(octets.size(), "a hardware address"), octets.begin());
    return MacAddress(octets);
}

} // namespace

ArpPacket arpProbe(MacAddress sender, Ipv4Address address) {
    ArpPacket probe;
    probe.sender = sender;
    probe.targetAddress = address;
    return probe;
}

Result<ArpPacket> decodeArp(Bytes payload) {
    ByteReader reader(payload);
    // One bounds check for the whole packet, then every read below succeeds.
    const auto bytes = reader.take(std::tuple_size_v<ArpBytes>, "the ARP packet");
    if (!bytes)
        return tl::unexpected(bytes.error());
    ByteReader fields(*bytes);
    const std::uint16_t hardware = *fields.u16be("the hardware type");
    const std::uint16_t protocol = *fields.u16be("the protocol type");
    const std::uint8_t hardwareSize = *fields.u8("the hardware size");
    const std::uint8_t protocolSize = *fields.u8("the protocol size");
    if (hardware != ethernet || protocol != ipv4 || hardwareSize != MacAddress::size ||
        protocolSize != ipv4Size)
        return fail(ErrorCode::Malformed, "The ARP packet", "it is not about IPv4 over Ethernet");
    ArpPacket packet;
    packet.operation = *fields.u16be("the operation");
    packet.sender = readMac(fields);
    packet.senderAddress = Ipv4Address(*fields.u32be("the sender"));
    packet.target = readMac(fields);
    packet.targetAddress = Ipv4Address(*fields.u32be("the target"));
    return packet;
}

ArpBytes encodeArp(const ArpPacket& packet) {
    ByteWriter writer;
    writer.u16be(ethernet);
    writer.u16be(ipv4);
    writer.u8(MacAddress::size);
    writer.u8(ipv4Size);
    writer.u16be(packet.operation);
    writer.bytes(packet.sender.octets());
    writer.u32be(packet.senderAddress.value());
    writer.bytes(packet.target.octets());
    writer.u32be(packet.targetAddress.value());
    ArpBytes bytes{};
    std::ranges::copy(writer.view(), bytes.begin());
    return bytes;
}

} // namespace rackmuster::wire
