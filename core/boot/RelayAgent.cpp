#include "core/boot/RelayAgent.h"

namespace rackmuster::boot {

namespace {

constexpr std::uint8_t linkSelection = 5;
constexpr std::uint8_t serverIdOverride = 11;

std::optional<Ipv4Address> addressOf(Bytes value) {
    if (value.size() != 4)
        return std::nullopt;
    const Ipv4Address address(*ByteReader(value).u32be("an address"));
    return address.isNull() ? std::nullopt : std::optional(address);
}

} // namespace

RelayAgent relayAgent(const wire::DhcpMessage& message) {
    RelayAgent out;
    if (message.giaddr.isNull())
        return out;
    ByteReader reader(message.option(wire::DhcpOption::RelayAgent).value_or(Bytes()));
    while (const auto code = reader.u8("a sub-option")) {
        const auto length = reader.u8("its length");
        const auto value = length ? reader.take(*length, "a sub-option") : tl::unexpected(length.error());
        if (!value)
            break;
        if (*code == linkSelection)
            out.linkSelection = addressOf(*value);
        else if (*code == serverIdOverride)
            out.serverIdOverride = addressOf(*value);
    }
    return out;
}

Ipv4Address serverIdFor(const wire::DhcpMessage& request, Ipv4Address own) {
    return relayAgent(request).serverIdOverride.value_or(own);
}

} // namespace rackmuster::boot
