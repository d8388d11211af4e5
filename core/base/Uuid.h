#pragma once

#include "core/base/Result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace rackmuster {

/// A machine's SMBIOS UUID as DHCP option 97 carries it: 16 bytes in wire order. An attribute, never an
/// identity (design rule A6): firmware sends dummies and duplicates.
class Uuid {
public:
    static constexpr std::size_t size = 16;
    using Octets = std::array<std::uint8_t, size>;

    constexpr explicit Uuid(const Octets& wireOctets) : m_octets(wireOctets) {}

    /// The spelling of toString().
    [[nodiscard]] static Result<Uuid> parse(std::string_view text);

    [[nodiscard]] constexpr const Octets& octets() const { return m_octets; }
    /// As dmidecode prints it: the first three groups are little-endian on the wire (RFC 4578 2.3, R17).
    [[nodiscard]] std::string toString() const;
    /// Not all zero, not all ones, not the known dummy 03000200-0400-0500-0006-000700080009 (R17).
    [[nodiscard]] bool isTrustworthy() const;

    constexpr auto operator<=>(const Uuid&) const = default;

private:
    Octets m_octets;
};

} // namespace rackmuster
