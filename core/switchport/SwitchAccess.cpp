#include "core/switchport/SwitchAccess.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace rackmuster::switchport {

namespace {

constexpr std::array authentications{
    std::pair{Authentication::None, std::string_view("none")},
    std::pair{Authentication::Md5, std::string_view("md5")},
    std::pair{Authentication::Sha1, std::string_view("sha")},
    std::pair{Authentication::Sha256, std::string_view("sha256")},
    std::pair{Authentication::Sha512, std::string_view("sha512")},
};
constexpr std::array privacies{
    std::pair{Privacy::None, std::string_view("none")},
    std::pair{Privacy::Aes128, std::string_view("aes")},
    std::pair{Privacy::Aes256, std::string_view("aes256")},
};

template <typename Table>
auto valueOf(const Table& table, std::string_view word)
    -> std::optional<typename Table::value_type::first_type> {
    const auto found =
        std::find_if(table.begin(), table.end(), [word](const auto& entry) { return entry.second == word; });
    if (found == table.end())
        return std::nullopt;
    return found->first;
}

} // namespace

Result<void> checkAccess(const SwitchAccess& access) {
    constexpr std::size_t shortestPassword = 8; // RFC 3414 11.2
    constexpr int lastVlan = 4094;
    const SnmpUser& user = access.user;
    if (access.address.empty())
        return fail(ErrorCode::Malformed, "The switch", "it needs an address");
    for (const int vlan : access.vlans) {
        if (vlan < 1 || vlan > lastVlan)
            return fail(ErrorCode::Malformed, "VLAN " + std::to_string(vlan), "VLANs count from 1 to 4094");
    }
    if (user.privacy != Privacy::None && user.authentication == Authentication::None)
        return fail(ErrorCode::Malformed, "The SNMP user", "privacy needs authentication");
    if ((user.authentication != Authentication::None &&
         user.authenticationPassword.size() < shortestPassword) ||
        (user.privacy != Privacy::None && user.privacyPassword.size() < shortestPassword))
        return fail(ErrorCode::Malformed, "The SNMP password", "it has at least 8 characters");
    return {};
}

bool readAddress(std::string_view text, SwitchAccess& access) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    std::uint16_t port = SwitchAccess().port;
    if (colon < text.size()) {
        const std::string_view digits = text.substr(colon + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
        if (error != std::errc() || end != digits.data() + digits.size() || port == 0)
            return false;
    }
    if (colon == 0 || text.find_first_of(" \t\r\n") != std::string_view::npos)
        return false;
    access.address = text.substr(0, colon);
    access.port = port;
    return true;
}

std::string addressText(const SwitchAccess& access) {
    return access.port == SwitchAccess().port ? access.address
                                              : access.address + ":" + std::to_string(access.port);
}

std::string_view toWord(Authentication authentication) {
    return authentications.at(static_cast<std::size_t>(authentication)).second;
}

std::optional<Authentication> authenticationFromWord(std::string_view word) {
    return valueOf(authentications, word);
}

std::string_view toWord(Privacy privacy) {
    return privacies.at(static_cast<std::size_t>(privacy)).second;
}

std::optional<Privacy> privacyFromWord(std::string_view word) {
    return valueOf(privacies, word);
}

} // namespace rackmuster::switchport
