#pragma once

#include "core/base/Clock.h"
#include "core/base/MacAddress.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <unordered_map>

namespace rackmuster::boot {

/// How many messages, and of how many strangers, are answered (R07, R08). Two limits:
///
/// A machine sends 5 messages a second in the long run, 10 at once: a boot by UEFI, iPXE and installer is
/// six, and firmware that gets no answer asks every few seconds.
///
/// In 10 seconds there are at most as many new machines as addresses could be given to: the addresses of
/// both ranges, at least 200 and at most 4,096. A rack of 1,000 that is powered on at once has ranges for
/// 1,000 machines and is served; strangers by the thousand on a network for two hundred are an attack or a
/// loop. Then only machines that we know are answered, until ten seconds have passed with fewer strangers'
/// messages than that.
class DhcpLimits {
public:
    struct Settings {
        unsigned perSecond = 5; ///< messages of one machine; 0: no limit at all
        unsigned burst = 10;
        std::size_t leastStrangers = 200; ///< new machines in `window`
        std::size_t mostStrangers = 4096;
        std::chrono::seconds window{10};
    };
    /// Machines that are remembered (A9); the one that was silent longest is forgotten.
    static constexpr std::size_t maximumMachines = 16384;

    enum class Verdict : std::uint8_t {
        Serve,
        TooFast, ///< This machine sends too much.
        Stranger ///< Too many new machines: only known ones are served.
    };
    /// A flood began or ended.
    struct Flood {
        bool isOn = true;
        std::uint64_t dropped = 0; ///< strangers' messages since it began
    };

    DhcpLimits() : DhcpLimits(Settings{}) {}
    explicit DhcpLimits(const Settings& settings) : m_settings(settings) {}

    /// `isKnown`: the catalogue has it, or it holds a lease or an offer. `addresses`: that machines
    /// of this network can have.
    [[nodiscard]] Verdict judge(MacAddress mac, bool isKnown, std::uint64_t addresses, Instant now);
    /// What has changed since the last call.
    [[nodiscard]] std::optional<Flood> takeChange(Instant now);
    /// When takeChange() is worth a call; nothing while there is no flood.
    [[nodiscard]] std::optional<Instant> next() const;
    [[nodiscard]] std::size_t machines() const { return m_machines.size(); }

private:
    struct Machine {
        MacAddress mac;
        double tokens = 0;
        Instant since;
    };
    void roll(Instant now);
    [[nodiscard]] bool takeToken(MacAddress mac, Instant now);

    Settings m_settings;
    std::list<Machine> m_machines; ///< the one that spoke last in front
    std::unordered_map<MacAddress, std::list<Machine>::iterator> m_byMac;
    std::size_t m_limit = 0;
    std::size_t m_strangers = 0; ///< new machines in this window, in a flood their messages
    Instant m_windowStart{};
    bool m_isFlood = false;
    bool m_isTold = false; ///< what takeChange() said last
    std::uint64_t m_dropped = 0;
};

} // namespace rackmuster::boot
