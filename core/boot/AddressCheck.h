#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/boot/Lease.h"

#include <cstddef>
#include <deque>
#include <list>
#include <optional>
#include <unordered_map>
#include <vector>

namespace rackmuster::boot {

/// When to ask the network whether an address is in use before it is offered (R12, RFC 5227 2.1), for any
/// number of addresses at the same time. Two probes rather than RFC 5227's three and its seconds of waiting:
/// a machine in its firmware does not wait longer for an OFFER, and a rack must have its addresses in 0.3 s.
/// Who answered is for the caller to hear; it takes the address back by end().
class AddressCheck {
public:
    static constexpr int probes = 2;
    /// After each probe. Nobody spoke up in all that time: the address is free.
    static constexpr std::chrono::milliseconds patience{100};
    static constexpr std::chrono::seconds trusted{60};    ///< what was this machine's so lately is
    static constexpr std::chrono::minutes quarantine{10}; ///< for an address that answers to another
    /// A9. More than the machines that one network holds.
    static constexpr std::size_t maximumPending = 4096;
    static constexpr std::size_t maximumTrusted = 8192;

    /// `trustsNothing`: what was given before is not known, so every offer is checked (R50).
    explicit AddressCheck(bool trustsNothing = false) : m_trustsNothing(trustsNothing) {}

    /// `held`: the lease that `mac` has, running or ended; may be null.
    [[nodiscard]] bool isNeeded(MacAddress mac, Ipv4Address address, const Lease* held, Instant now) const;
    /// Begins anew where `address` is under check already for another. False: too many are, offer nothing.
    [[nodiscard]] bool begin(MacAddress mac, Ipv4Address address, Instant now);
    [[nodiscard]] bool isUnderCheck(Ipv4Address address) const { return m_byAddress.contains(address); }
    /// Somebody else has it, or nobody wants it any more.
    void end(Ipv4Address address);
    /// It is this machine's by what we know at `now`.
    void trust(MacAddress mac, Ipv4Address address, Instant now);

    struct Due {
        std::vector<Ipv4Address> probes; ///< to be sent now
        std::vector<Ipv4Address> free;   ///< to be offered now
    };
    [[nodiscard]] Due due(Instant now);
    /// When due() has something again; nothing when no address is under check.
    [[nodiscard]] std::optional<Instant> next() const;
    [[nodiscard]] std::size_t pending() const { return m_checks.size(); }

private:
    struct Check {
        MacAddress mac;
        Ipv4Address address;
        Instant nextStep;
        int sent = 0;
    };
    struct Trust {
        Ipv4Address address;
        Instant until;
    };
    void forgetOld(Instant now);

    bool m_trustsNothing;
    std::list<Check> m_checks; ///< in the order of their beginning
    std::unordered_map<Ipv4Address, std::list<Check>::iterator> m_byAddress;
    std::unordered_map<MacAddress, Trust> m_trusted;
    std::deque<std::pair<Instant, MacAddress>> m_trustEnds;
};

} // namespace rackmuster::boot
