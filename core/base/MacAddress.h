#pragma once

#include "core/base/Result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace rackmuster {

/// An Ethernet hardware address, the identity of a machine (design rule A6). Only whole addresses exist.
class MacAddress {
public:
    static constexpr std::size_t size = 6;
    using Octets = std::array<std::uint8_t, size>;

    constexpr explicit MacAddress(const Octets& octets) : m_octets(octets) {}

    /// Any usual spelling: aa:bb:cc:dd:ee:ff, AA-BB-.., aabb.ccdd.eeff, aabbccddeeff, surrounding blanks.
    [[nodiscard]] static Result<MacAddress> parse(std::string_view text);

    [[nodiscard]] constexpr const Octets& octets() const { return m_octets; }
    /// aa:bb:cc:dd:ee:ff, the spelling shown and stored.
    [[nodiscard]] std::string toString() const;
    /// aabbccddeeff, the spelling inside the paths we hand out.
    [[nodiscard]] std::string toHex() const;
    /// 01-aa-bb-cc-dd-ee-ff, as pxelinux and BOOTIF spell it (hardware type first).
    [[nodiscard]] std::string toBootif() const;
    /// All zero, broadcast or multicast: never the address of a machine.
    [[nodiscard]] constexpr bool isUsable() const { return (m_octets[0] & 1U) == 0 && m_octets != Octets{}; }

    constexpr auto operator<=>(const MacAddress&) const = default;

private:
    Octets m_octets;
};

} // namespace rackmuster

template <>
struct std::hash<rackmuster::MacAddress> {
    std::size_t operator()(const rackmuster::MacAddress& mac) const noexcept {
        std::uint64_t value = 0;
        for (const std::uint8_t octet : mac.octets())
            value = value << 8U | octet;
        return std::hash<std::uint64_t>{}(value);
    }
};
