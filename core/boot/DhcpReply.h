#pragma once

#include "core/base/Ipv4Address.h"
#include "core/boot/Catalog.h"
#include "core/boot/PxeClient.h"
#include "core/wire/Dhcp.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace rackmuster::boot {

/// What a reply says, besides what it repeats of the request.
struct ReplyContents {
    wire::DhcpType type = wire::DhcpType::Offer;
    std::optional<Ipv4Address> address; ///< yiaddr and lease time; nothing for INFORM (P13).
    PxeClient client;
    std::string bootFile; ///< Empty for clients that do not boot.
    std::string hostname; ///< For clients that do not boot.
    /// Another server gives addresses: nothing but the boot file is told (P28).
    bool isProxy = false;
    std::span<const ExtraOption> extraOptions;
};

/// OFFER or ACK as P01, P07, P23 (PXE), P28 (proxy), P41 (iPXE), P50 (HTTP Boot) want it, option by option in
/// wire order. An extra option that does not fit any more is left out, so that the machine boots all the
/// same.
[[nodiscard]] wire::DhcpMessage makeReply(const wire::DhcpMessage& request, const Catalog& catalog,
                                          const ReplyContents& contents);

/// RFC 2131 4.3.2: only types 53, 54 and what is echoed; a relayed one asks for broadcast (R11).
[[nodiscard]] wire::DhcpMessage makeNak(const wire::DhcpMessage& request, const Catalog& catalog);

/// Which boot server of a PXE menu a client asks for: 43.71 (PXE 2.1, P28).
struct BootItem {
    std::uint16_t type = 0;
    std::uint16_t layer = 0; ///< 0x8000: it wants credentials (BIS).
};
[[nodiscard]] std::optional<BootItem> bootItem(const wire::DhcpMessage& request);

/// Largest UDP payload the client takes: option 57 within 576..1500, less the IP and UDP headers; 548 without
/// (P03, R03).
[[nodiscard]] std::uint16_t maximumReplySize(const wire::DhcpMessage& request);

} // namespace rackmuster::boot
