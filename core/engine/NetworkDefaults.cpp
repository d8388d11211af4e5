#include "core/engine/NetworkDefaults.h"

namespace rackmuster::engine {

namespace {

Ipv4Range between(const Ipv4Network& network, std::uint64_t first, std::uint64_t last) {
    const auto at = [&](std::uint64_t host) {
        return Ipv4Address(network.base().value() + static_cast<std::uint32_t>(host));
    };
    return *Ipv4Range::create(at(first), at(last));
}

} // namespace

DefaultRanges defaultRanges(const Ipv4Network& network) {
    const std::uint64_t whole = std::uint64_t{network.broadcast().value()} - network.base().value() + 1;
    if (whole <= 2)
        return {between(network, 0, whole - 1), between(network, 0, whole - 1)};
    const std::uint64_t hosts = whole - 2;
    if (hosts < 16)
        return {between(network, 1, hosts), between(network, 1, hosts)};
    // Either holds a rack of 48 in a /24: all of them may wait at once.
    return {between(network, hosts * 2 / 5, hosts * 7 / 10 - 1),
            between(network, hosts * 7 / 10, hosts * 19 / 20)};
}

} // namespace rackmuster::engine
