#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::wire {

/// Option 53 (RFC 2132 9.6).
enum class DhcpType : std::uint8_t {
    Discover = 1,
    Offer = 2,
    Request = 3,
    Decline = 4,
    Ack = 5,
    Nak = 6,
    Release = 7,
    Inform = 8
};

/// Option codes we read or write (RFC 2132, 3046, 4578, iPXE).
enum class DhcpOption : std::uint8_t {
    SubnetMask = 1,
    Router = 3,
    DnsServers = 6,
    HostName = 12,
    DomainName = 15,
    InterfaceMtu = 26,
    Broadcast = 28,
    NtpServers = 42,
    VendorSpecific = 43,
    RequestedAddress = 50,
    LeaseTime = 51,
    Overload = 52,
    MessageType = 53,
    ServerId = 54,
    ParameterList = 55,
    MaxMessageSize = 57,
    RenewalTime = 58,
    RebindingTime = 59,
    VendorClass = 60,
    ClientId = 61,
    TftpServer = 66,
    BootFile = 67,
    UserClass = 77,
    RelayAgent = 82,
    ClientArch = 93,
    ClientNdi = 94,
    ClientUuid = 97,
    Ipxe = 175,
};

/// A BOOTP/DHCP message as values. Options are reassembled (RFC 3396) and in order of first appearance.
struct DhcpMessage {
    std::uint8_t op = 1; ///< 1 request, 2 reply.
    std::uint8_t htype = 1;
    std::uint8_t hlen = 6;
    std::uint8_t hops = 0;
    std::uint32_t xid = 0;
    std::uint16_t secs = 0;
    std::uint16_t flags = 0; ///< 0x8000: broadcast.
    Ipv4Address ciaddr, yiaddr, siaddr, giaddr;
    std::array<std::uint8_t, 16> chaddr{};
    std::string sname; ///< Header field, up to its NUL.
    std::string file;  ///< Header field, up to its NUL.

    struct Option {
        std::uint8_t code = 0;
        std::vector<std::uint8_t> value;
        bool operator==(const Option&) const = default;
    };
    std::vector<Option> options;

    bool operator==(const DhcpMessage&) const = default;

    [[nodiscard]] MacAddress mac() const; ///< The first six octets of chaddr.
    [[nodiscard]] bool wantsBroadcast() const { return (flags & 0x8000U) != 0; }
    [[nodiscard]] std::optional<DhcpType> type() const;
    [[nodiscard]] std::optional<Bytes> option(DhcpOption code) const;
    /// Text option without its trailing NULs; nothing when absent or when a control character stands in it
    /// (P15).
    [[nodiscard]] std::optional<std::string> textOption(DhcpOption code) const;
    [[nodiscard]] std::optional<Ipv4Address> addressOption(DhcpOption code) const;
    void set(DhcpOption code, Bytes value);
    void set(DhcpOption code, std::string_view text);
    void set(DhcpOption code, Ipv4Address address);
    void set(DhcpOption code, std::uint32_t value);
    void set(DhcpOption code, std::uint8_t value);
};

/// Bounds-checked; never splits trust: a message with any option out of bounds is refused whole (R01).
/// Accepts a missing END when every option is in bounds, overload 1..3 read once (R04), fragments up to 4 KiB
/// a code (R05). Requires the magic cookie, op 1 or 2, htype 1 with hlen 6.
[[nodiscard]] Result<DhcpMessage> decodeDhcp(Bytes payload);

/// UDP payload: padded to at least 300 bytes (P02), ends with END then PAD (P04), never option 52 (P05),
/// option 82 last (P07); other options in the given order. Options longer than 255 bytes are refused (P06),
/// as is a result over `maximumSize`. Error: Malformed.
[[nodiscard]] Result<std::vector<std::uint8_t>> encodeDhcp(const DhcpMessage& message,
                                                           std::size_t maximumSize = 1472);

} // namespace rackmuster::wire
