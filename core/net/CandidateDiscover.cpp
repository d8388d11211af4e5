#include "core/net/CandidateDiscover.h"

#include <algorithm>

namespace rackmuster::net {

namespace {

/// Option 97: a zero type and sixteen bytes; some firmware leaves the type out (P17).
std::optional<Uuid> clientUuid(const wire::DhcpMessage& message) {
    const std::optional<Bytes> value = message.option(wire::DhcpOption::ClientUuid);
    if (!value)
        return std::nullopt;
    const bool hasType = value->size() == Uuid::size + 1 && value->front() == 0;
    if (!hasType && value->size() != Uuid::size)
        return std::nullopt;
    Uuid::Octets octets{};
    std::ranges::copy(value->last(Uuid::size), octets.begin());
    return Uuid(octets);
}

} // namespace

std::optional<PxeDiscover> candidateDiscover(const wire::DhcpMessage& message, WallTime heard) {
    if (message.op != 1 || message.type() != wire::DhcpType::Discover || !message.mac().isUsable())
        return std::nullopt;
    const boot::PxeClient client = boot::classify(message);
    if (client.kind == boot::ClientKind::NotPxe)
        return std::nullopt;
    PxeDiscover discover{message.mac(), heard, client, clientUuid(message)};
    if (const auto relay = message.option(wire::DhcpOption::RelayAgent))
        discover.relayInformation.assign(relay->begin(), relay->end());
    return discover;
}

} // namespace rackmuster::net
