#include "core/wire/SpanningTree.h"

#include <algorithm>
#include <array>

namespace rackmuster::wire {

namespace {

constexpr std::array<std::uint8_t, 3> llcHeader{0x42, 0x42, 0x03};
constexpr std::size_t fieldsSize = 31; // from the flags to the forward delay
constexpr std::chrono::seconds longestForwardDelay{30};
constexpr std::chrono::seconds longestMaxAge{40};

enum class Type : std::uint8_t { Configuration = 0x00, Rapid = 0x02, TopologyChange = 0x80 };

BridgeId readBridge(ByteReader& reader) {
    BridgeId id;
    id.priority = *reader.u16be("a bridge priority");
    MacAddress::Octets octets{};
    std::ranges::copy(*reader.take(octets.size(), "a bridge address"), octets.begin());
    id.mac = MacAddress(octets);
    return id;
}

/// 9.2.8: in 1/256 of a second.
std::chrono::milliseconds readTime(ByteReader& reader) {
    return std::chrono::milliseconds(*reader.u16be("a time") * 1000 / 256);
}

Bpdu::Version versionOf(std::uint8_t number) {
    if (number < 2)
        return Bpdu::Version::Stp;
    return static_cast<Bpdu::Version>(std::min<std::uint8_t>(number, 4));
}

} // namespace

Result<std::optional<Bpdu>> decodeBpdu(Bytes llc) {
    ByteReader reader(llc);
    const auto head = reader.take(llcHeader.size(), "the LLC header");
    if (!head || !std::ranges::equal(*head, llcHeader))
        return std::nullopt;
    const auto protocol = reader.u16be("the BPDU header");
    const auto version = reader.u8("the BPDU header");
    const auto type = reader.u8("the BPDU header");
    if (!protocol || !version || !type)
        return fail(ErrorCode::Truncated, "the BPDU header");
    const bool tellsTree = *protocol == 0 && (*type == static_cast<std::uint8_t>(Type::Configuration) ||
                                              *type == static_cast<std::uint8_t>(Type::Rapid));
    if (!tellsTree)
        return std::nullopt;
    const auto bytes = reader.take(fieldsSize, "the BPDU");
    if (!bytes)
        return tl::unexpected(bytes.error());
    // The size was checked: these cannot fail.
    ByteReader fields(*bytes);
    Bpdu bpdu;
    bpdu.version = *type == static_cast<std::uint8_t>(Type::Rapid) ? versionOf(*version) : Bpdu::Version::Stp;
    bpdu.flags = *fields.u8("the flags");
    bpdu.root = readBridge(fields);
    bpdu.rootPathCost = *fields.u32be("the path cost");
    bpdu.bridge = readBridge(fields);
    bpdu.portId = *fields.u16be("the port");
    (void)readTime(fields); // age of the message
    bpdu.maxAge = readTime(fields);
    bpdu.helloTime = readTime(fields);
    bpdu.forwardDelay = readTime(fields);
    if (bpdu.forwardDelay > longestForwardDelay || bpdu.maxAge > longestMaxAge)
        return fail(ErrorCode::Malformed, "The BPDU", "its times are longer than a bridge may wait");
    return bpdu;
}

} // namespace rackmuster::wire
