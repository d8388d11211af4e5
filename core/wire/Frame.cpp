#include "core/wire/Frame.h"

#include "core/base/ByteWriter.h"

namespace rackmuster::wire {

namespace {

constexpr std::uint8_t protocolUdp = 17;
constexpr std::size_t ipv4HeaderSize = 20;
constexpr std::size_t udpHeaderSize = 8;

using Decoded = Result<std::optional<UdpFrame>>;

tl::unexpected<Error> truncated(const char* field) {
    return fail(ErrorCode::Truncated, field);
}

Decoded readUdp(Bytes datagram, UdpFrame frame) {
    ByteReader reader(datagram);
    const auto header = reader.take(udpHeaderSize, "the UDP header");
    if (!header)
        return tl::unexpected(header.error());
    ByteReader fields(*header);
    frame.sourcePort = *fields.u16be("the source port");
    frame.destinationPort = *fields.u16be("the destination port");
    const std::size_t length = *fields.u16be("the UDP length");
    if (length < udpHeaderSize)
        return fail(ErrorCode::Malformed, "The UDP length", std::to_string(length));
    const auto payload = reader.take(length - udpHeaderSize, "the UDP payload");
    if (!payload)
        return tl::unexpected(payload.error());
    frame.payload = *payload;
    return frame;
}

/// RFC 791 3.1. The header checksum is not judged: frames that this computer sends are captured before the
/// card fills it in.
Decoded readIpv4(Bytes packet, UdpFrame frame) {
    ByteReader reader(packet);
    const auto fixed = reader.take(ipv4HeaderSize, "the IPv4 header");
    if (!fixed)
        return tl::unexpected(fixed.error());
    ByteReader fields(*fixed);
    const std::uint8_t versionAndLength = *fields.u8("the IP version");
    const std::size_t headerLength = (versionAndLength & 0x0FU) * std::size_t{4};
    if (versionAndLength >> 4U != 4 || headerLength < ipv4HeaderSize)
        return fail(ErrorCode::Malformed, "The IPv4 header",
                    "version and length " + std::to_string(versionAndLength));
    static_cast<void>(fields.u8("the type of service"));
    const std::size_t totalLength = *fields.u16be("the total length");
    static_cast<void>(fields.u16be("the identification"));
    const bool isFragment = (*fields.u16be("the fragment offset") & 0x3FFFU) != 0;
    static_cast<void>(fields.u8("the time to live"));
    const bool isUdp = *fields.u8("the protocol") == protocolUdp;
    static_cast<void>(fields.u16be("the checksum"));
    if (totalLength < headerLength)
        return fail(ErrorCode::Malformed, "The IPv4 length", std::to_string(totalLength));
    if (totalLength > packet.size())
        return truncated("the IPv4 packet");
    if (isFragment || !isUdp)
        return std::nullopt;
    frame.sourceAddress = Ipv4Address(*fields.u32be("the source address"));
    frame.destinationAddress = Ipv4Address(*fields.u32be("the destination address"));
    // What follows the packet is the padding of a short frame.
    return readUdp(packet.first(totalLength).subspan(headerLength), frame);
}

/// RFC 1071: the sum of 16-bit words, an odd last byte counts as the high half of one.
std::uint32_t wordSum(Bytes bytes, std::uint32_t sum) {
    ByteReader reader(bytes);
    while (const auto word = reader.u16be("a word"))
        sum += *word;
    if (const auto last = reader.u8("the last byte"))
        sum += std::uint32_t{*last} << 8U;
    return sum;
}

std::uint16_t complement(std::uint32_t sum) {
    while (sum > 0xFFFFU)
        sum = (sum & 0xFFFFU) + (sum >> 16U);
    return static_cast<std::uint16_t>(~sum & 0xFFFFU);
}

} // namespace

Decoded decodeUdp(const EthernetFrame& frame) {
    if (!frame.is(EtherType::Ipv4))
        return std::nullopt;
    UdpFrame udp;
    udp.source = frame.source;
    udp.destination = frame.destination;
    udp.vlan = frame.vlan;
    return readIpv4(frame.payload, udp);
}

Decoded decodeUdpFrame(Bytes bytes) {
    const auto frame = decodeEthernet(bytes);
    if (!frame)
        return tl::unexpected(frame.error());
    return decodeUdp(*frame);
}

std::vector<std::uint8_t> encodeIpv4Udp(Ipv4Address source, std::uint16_t sourcePort, Ipv4Address destination,
                                        std::uint16_t destinationPort, Bytes payload) {
    const auto udpLength = static_cast<std::uint16_t>(udpHeaderSize + payload.size());
    constexpr std::size_t ipChecksumAt = 10;
    constexpr std::size_t udpChecksumAt = ipv4HeaderSize + 6;

    ByteWriter writer;
    writer.u8(0x45);
    writer.u8(0);
    writer.u16be(static_cast<std::uint16_t>(ipv4HeaderSize + udpLength));
    writer.u16be(0); // identification: never fragmented by us
    writer.u16be(0); // P62: DF off, some PXE ROMs choke on it
    writer.u8(64);
    writer.u8(protocolUdp);
    writer.u16be(0);
    writer.u32be(source.value());
    writer.u32be(destination.value());
    writer.putU16be(ipChecksumAt, complement(wordSum(writer.view(), 0)));

    writer.u16be(sourcePort);
    writer.u16be(destinationPort);
    writer.u16be(udpLength);
    writer.u16be(0);
    writer.bytes(payload);
    // RFC 768: over the addresses, the protocol and the length as well.
    const Bytes addresses = writer.view().subspan(12, 8);
    const std::uint32_t pseudo = wordSum(addresses, std::uint32_t{protocolUdp} + udpLength);
    const std::uint16_t sum = complement(wordSum(writer.view().subspan(ipv4HeaderSize), pseudo));
    writer.putU16be(udpChecksumAt, sum == 0 ? std::uint16_t{0xFFFF} : sum);
    return std::move(writer).take();
}

} // namespace rackmuster::wire
