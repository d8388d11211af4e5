#pragma once

#include "core/base/Ipv4Address.h"
#include "core/boot/Catalog.h"
#include "core/boot/PxeClient.h"
#include "core/wire/Dhcp.h"

#include <optional>
#include <string>

namespace rackmuster::boot {

/// What a reply says, besides what it repeats of the request.
struct ReplyContents {
    wire::DhcpType type = wire::DhcpType::Offer;
    std::optional<Ipv4Address> address; ///< yiaddr and lease time; nothing for INFORM (P13).
    PxeClient client;
    std::string bootFile; ///< Empty for clients that do not boot.
    std::string hostname; ///< For clients that do not boot.
};

/// OFFER or ACK as P01, P07, P23 (PXE), P41 (iPXE), P50 (HTTP Boot) want it, option by option in wire order.
[[nodiscard]] wire::DhcpMessage makeReply(const wire::DhcpMessage& request, const Catalog& catalog,
                                          const ReplyContents& contents);

/// RFC 2131 4.3.2: only types 53, 54 and what is echoed; a relayed one asks for broadcast (R11).
[[nodiscard]] wire::DhcpMessage makeNak(const wire::DhcpMessage& request, const Catalog& catalog);

/// Largest UDP payload the client takes: option 57 within 576..1500, less the IP and UDP headers; 548 without
/// (P03, R03).
[[nodiscard]] std::uint16_t maximumReplySize(const wire::DhcpMessage& request);

} // namespace rackmuster::boot
