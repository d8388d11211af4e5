#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rackmuster::net {

// What the console and its privileged helper say to each other: one request and one reply, each a message of
// fixed size over a SOCK_SEQPACKET socket that the helper finds as descriptor 0. Numbers are in network
// order. Shared by HelperClient and the helper, so it knows nothing but the standard library.
//
// After an `ok` reply the helper streams the capture as a classic pcap file through the pipe it handed over.
// A record that captured no bytes is a notice: its original length counts the frames lost since the notice
// before it.

/// The one thing the helper does: opens sockets on an interface.
struct HelperRequest {
    std::string interface;          ///< 1..15 characters, as if_nametoindex takes it
    std::uint16_t httpPort = 0;     ///< 80 or 1024..65535; the other ports are fixed
    bool needsServers = true;       ///< false: capture only
    std::uint16_t syslogPort = 514; ///< 514 or 1024..65535; 0: no log messages are received

    static constexpr std::size_t size = 26; ///< bytes of the message
    bool operator==(const HelperRequest&) const = default;
};

/// `error`, or the interface index and the descriptors that came with the message, in the order of
/// HelperDescriptor.
struct HelperReply {
    std::optional<Error> error;
    std::uint32_t interfaceIndex = 0;
    bool hasServers = false; ///< false: the capture is the only descriptor
    bool hasSyslog = false;  ///< false: not asked for, or its port is in use, which keeps nothing else back

    static constexpr std::size_t size = 268; ///< bytes of the message
    bool operator==(const HelperReply&) const = default;
};

/// Places of the descriptors beside a reply. The capture comes first as it is the only one that is always
/// there.
enum class HelperDescriptor : std::uint8_t {
    Capture,
    Dhcp,
    Proxy,
    Tftp,
    Http,
    Packet,
    Arp,
    SyslogUdp, ///< these two only with hasSyslog
    SyslogTcp,
    Count
};

[[nodiscard]] std::vector<std::uint8_t> encodeHelperRequest(const HelperRequest& request);
/// Refuses anything but an exact, allowed request: the sender may be any local user.
[[nodiscard]] Result<HelperRequest> decodeHelperRequest(Bytes message);

/// An error code that is none of the helper's is sent as HelperFailed; long texts are cut.
[[nodiscard]] std::vector<std::uint8_t> encodeHelperReply(const HelperReply& reply);
[[nodiscard]] Result<HelperReply> decodeHelperReply(Bytes message);

} // namespace rackmuster::net
