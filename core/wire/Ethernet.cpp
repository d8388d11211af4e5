#include "core/wire/Ethernet.h"

#include <algorithm>

namespace rackmuster::wire {

namespace {

constexpr int mostTags = 2;

MacAddress macFrom(Bytes bytes) {
    MacAddress::Octets octets{};
    std::copy_n(bytes.begin(), octets.size(), octets.begin());
    return MacAddress(octets);
}

/// Takes the tags; what is behind them is the frame's type.
Result<void> readTags(ByteReader& reader, EthernetFrame& frame) {
    for (int tags = 0; tags < mostTags; ++tags) {
        if (!frame.is(EtherType::Vlan) && !frame.is(EtherType::ServiceVlan) &&
            !frame.is(EtherType::OldServiceVlan))
            break;
        const auto control = reader.u16be("the VLAN tag");
        const auto type = reader.u16be("the VLAN tag");
        if (!control || !type)
            return fail(ErrorCode::Truncated, "the VLAN tag");
        frame.typeOrLength = *type;
        const auto id = static_cast<std::uint16_t>(*control & 0x0FFFU);
        // 0 only carries a priority, 4095 is reserved (IEEE 802.1Q 9.6).
        if (id != 0 && id != 0x0FFF)
            (frame.vlan ? frame.innerVlan : frame.vlan) = id;
    }
    return {};
}

} // namespace

Result<EthernetFrame> decodeEthernet(Bytes bytes) {
    ByteReader reader(bytes);
    const auto destination = reader.take(MacAddress::size, "the Ethernet header");
    const auto source = reader.take(MacAddress::size, "the Ethernet header");
    const auto type = reader.u16be("the Ethernet header");
    if (!destination || !source || !type)
        return fail(ErrorCode::Truncated, "the Ethernet header");
    EthernetFrame frame;
    frame.destination = macFrom(*destination);
    frame.source = macFrom(*source);
    frame.typeOrLength = *type;
    if (const auto tags = readTags(reader, frame); !tags)
        return tl::unexpected(tags.error());
    frame.payload = reader.rest();
    if (!frame.isLlc())
        return frame;
    const auto payload = reader.take(frame.typeOrLength, "the Ethernet frame");
    if (!payload)
        return tl::unexpected(payload.error());
    frame.payload = *payload;
    return frame;
}

} // namespace rackmuster::wire
