#pragma once

#include "core/base/Result.h"

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace rackmuster {

/// An IPv4 address. The value is in host order, so addresses sort and count as numbers do.
class Ipv4Address {
public:
    constexpr Ipv4Address() = default; ///< 0.0.0.0, "no address" on the wire.
    constexpr explicit Ipv4Address(std::uint32_t hostOrder) : m_value(hostOrder) {}
    constexpr Ipv4Address(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d)
        : m_value(std::uint32_t{a} << 24U | std::uint32_t{b} << 16U | std::uint32_t{c} << 8U | d) {}

    static constexpr Ipv4Address broadcast() { return Ipv4Address(0xFFFFFFFFU); }

    /// Dotted quad, no leading zeros, surrounding blanks allowed.
    [[nodiscard]] static Result<Ipv4Address> parse(std::string_view text);

    [[nodiscard]] constexpr std::uint32_t value() const { return m_value; }
    [[nodiscard]] constexpr bool isNull() const { return m_value == 0; }
    [[nodiscard]] std::string toString() const;

    constexpr auto operator<=>(const Ipv4Address&) const = default;

private:
    std::uint32_t m_value = 0;
};

/// An address with its prefix length: the interface's network.
class Ipv4Network {
public:
    /// `prefixLength` is clamped to 0..32.
    constexpr Ipv4Network(Ipv4Address member, unsigned prefixLength)
        : m_prefixLength(prefixLength > 32 ? 32 : prefixLength), m_base(member.value() & mask().value()) {}

    /// "192.168.0.0/24".
    [[nodiscard]] static Result<Ipv4Network> parse(std::string_view text);

    [[nodiscard]] constexpr unsigned prefixLength() const { return m_prefixLength; }
    [[nodiscard]] constexpr Ipv4Address mask() const {
        return Ipv4Address(m_prefixLength == 0 ? 0U : 0xFFFFFFFFU << (32U - m_prefixLength));
    }
    [[nodiscard]] constexpr Ipv4Address base() const { return Ipv4Address(m_base); }
    [[nodiscard]] constexpr Ipv4Address broadcast() const { return Ipv4Address(m_base | ~mask().value()); }
    [[nodiscard]] constexpr bool contains(Ipv4Address address) const {
        return (address.value() & mask().value()) == m_base;
    }
    /// Inside, and neither the network's own address nor its broadcast.
    [[nodiscard]] constexpr bool isHost(Ipv4Address address) const {
        return contains(address) && (m_prefixLength >= 31 || (address != base() && address != broadcast()));
    }
    [[nodiscard]] std::string toString() const;

    constexpr bool operator==(const Ipv4Network&) const = default;

private:
    unsigned m_prefixLength;
    std::uint32_t m_base;
};

/// Addresses from `first` to `last`, both included. Only ordered ranges exist.
class Ipv4Range {
public:
    /// Fails when last < first.
    [[nodiscard]] static Result<Ipv4Range> create(Ipv4Address first, Ipv4Address last);
    /// "192.168.0.100-192.168.0.199", or one address.
    [[nodiscard]] static Result<Ipv4Range> parse(std::string_view text);

    [[nodiscard]] constexpr Ipv4Address first() const { return m_first; }
    [[nodiscard]] constexpr Ipv4Address last() const { return m_last; }
    [[nodiscard]] constexpr std::uint64_t count() const {
        return std::uint64_t{m_last.value()} - m_first.value() + 1;
    }
    [[nodiscard]] constexpr bool contains(Ipv4Address address) const {
        return address >= m_first && address <= m_last;
    }
    [[nodiscard]] std::string toString() const;

    constexpr bool operator==(const Ipv4Range&) const = default;

private:
    constexpr Ipv4Range(Ipv4Address first, Ipv4Address last) : m_first(first), m_last(last) {}

    Ipv4Address m_first;
    Ipv4Address m_last;
};

} // namespace rackmuster

template <>
struct std::hash<rackmuster::Ipv4Address> {
    std::size_t operator()(const rackmuster::Ipv4Address& address) const noexcept {
        return std::hash<std::uint32_t>{}(address.value());
    }
};
