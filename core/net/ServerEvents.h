#pragma once

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Uuid.h"
#include "core/boot/BootFile.h"
#include "core/boot/Neighbour.h"
#include "core/boot/PxeClient.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rackmuster::net {

// What servers and capture report, all of one type. The callback runs on the server's thread: keep it short.

/// A candidate's DISCOVER, heard by the capture (kernel time) or by the DHCP socket.
struct PxeDiscover {
    MacAddress mac;
    WallTime time;
    boot::PxeClient client;
    std::optional<Uuid> uuid;
    boot::VlanTags vlan{};   ///< only the capture sees tags
    bool isCaptured = false; ///< the capture tells it
    /// Option 82 as it came (RFC 3046): by which port; empty when nobody said so.
    std::vector<std::uint8_t> relayInformation{};
};
struct DhcpOffered {
    MacAddress mac;
    Ipv4Address address;
    std::string bootFile;
};
struct DhcpLeased {
    MacAddress mac;
    Ipv4Address address;
    boot::PxeClient client;
    int leases = 0; ///< held in all
};
/// An OFFER, ACK or NAK of a server that is not us.
struct ForeignDhcp {
    Ipv4Address server; ///< as it calls itself
    MacAddress mac;     ///< that its frame came from
};
/// An address that we were about to give, or gave, answers to somebody else (R12, R13).
struct AddressConflict {
    Ipv4Address address;
    std::optional<MacAddress> holder; ///< who answered; nothing when the client said so by DECLINE
};
/// More unknown machines ask than a rack has: until `isOn` is false again only known ones are answered (R07).
struct DhcpFlood {
    bool isOn = true;
    std::uint64_t dropped = 0; ///< messages since it began
};
/// One log message of a machine, by UDP or TCP.
struct SyslogLine {
    Ipv4Address peer;
    std::optional<MacAddress> machine; ///< that holds the address
    std::uint8_t severity = 6;         ///< 0 emergency ... 7 debug (RFC 5424 6.2.1)
    std::string source;                ///< program, as the message names it; may be empty
    std::string text;                  ///< UTF-8 without control characters, at most 1 KiB
};
enum class Protocol : std::uint8_t { Tftp, Http };
/// A file was handed over whole (`isComplete`) or the transfer broke off.
struct FileServed {
    Protocol protocol = Protocol::Tftp;
    std::string path; ///< canonical; "(secret)" for secret files
    Ipv4Address peer;
    std::optional<MacAddress> machine;
    boot::FileRole role = boot::FileRole::Other;
    std::uint64_t bytes = 0;
    bool isComplete = false;
    bool spendsTicket = false; ///< As boot::BootFile has it.
};
/// Something was refused: a malformed packet, an unknown file, a dropped client.
struct Rejected {
    std::string reason; ///< one sentence
    std::string source; ///< address or MAC
};
/// The server or the capture cannot go on.
struct ServiceFailed {
    std::string service; ///< "dhcp", "tftp", "http", "capture"
    Error error;
};
/// Frames that the capture lost since it last said so.
struct CaptureDrops {
    std::uint64_t dropped = 0;
};
/// Who else is on the wire now; at most every boot::WireNeighbours::interval.
struct WireHeard {
    boot::WirePicture picture;
};
using ServerEvent =
    std::variant<PxeDiscover, DhcpOffered, DhcpLeased, ForeignDhcp, AddressConflict, DhcpFlood, SyslogLine,
                 FileServed, Rejected, ServiceFailed, CaptureDrops, WireHeard>;
using EventSink = std::function<void(ServerEvent)>;

} // namespace rackmuster::net
