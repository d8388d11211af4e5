#pragma once

#include "core/base/Result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::switchport {

enum class Authentication : std::uint8_t { None, Md5, Sha1, Sha256, Sha512 };
enum class Privacy : std::uint8_t { None, Aes128, Aes256 };

/// A user of SNMPv3 (RFC 3414). Privacy needs authentication, and a password has at least 8 characters.
struct SnmpUser {
    std::string name;
    Authentication authentication = Authentication::None;
    std::string authenticationPassword; ///< Secret.
    Privacy privacy = Privacy::None;
    std::string privacyPassword; ///< Secret.

    bool operator==(const SnmpUser&) const = default;
};

/// How a switch is asked.
struct SwitchAccess {
    std::string address; ///< IPv4 address or host name.
    std::uint16_t port = 161;
    std::string community = "public"; ///< SNMPv2c; secret. Not used with a user.
    SnmpUser user;                    ///< SNMPv3 when it has a name.
    /// Asked one by one as well, for switches that keep a bridge for each VLAN: community "public@20", or
    /// context "vlan-20" of SNMPv3.
    std::vector<int> vlans;
    /// Until an answer, for each try. A switch answers within milliseconds, and a busy one within half a
    /// second.
    std::chrono::milliseconds patience{1000};
    /// More after the first: a lost datagram on a quiet cable is rare, two in a row are a dead end.
    int retries = 2;
    /// Of each column. The switch of a rack knows some hundred MACs, the largest tables hold 32768.
    std::size_t mostRows = 40'000;
    /// For all of it: 40,000 rows take 1,600 round trips, which a slow switch answers in 30 ms each.
    std::chrono::seconds longestWalk{60};

    bool operator==(const SwitchAccess&) const = default;
};

/// Error: Malformed, for what cannot be asked; it repeats no secret.
[[nodiscard]] Result<void> checkAccess(const SwitchAccess& access);

/// "ADDRESS" or "ADDRESS:PORT", as people write it. False when it is neither; nothing changes then.
[[nodiscard]] bool readAddress(std::string_view text, SwitchAccess& access);
[[nodiscard]] std::string addressText(const SwitchAccess& access);

/// "none", "md5", "sha", "sha256", "sha512".
[[nodiscard]] std::string_view toWord(Authentication authentication);
[[nodiscard]] std::optional<Authentication> authenticationFromWord(std::string_view word);
/// "none", "aes", "aes256".
[[nodiscard]] std::string_view toWord(Privacy privacy);
[[nodiscard]] std::optional<Privacy> privacyFromWord(std::string_view word);

} // namespace rackmuster::switchport
