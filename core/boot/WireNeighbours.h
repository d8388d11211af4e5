#pragma once

#include "core/boot/NeighbourSighting.h"

#include <cstddef>
#include <set>
#include <unordered_set>

namespace rackmuster::boot {

/// Who else is on the wire, and which port of which switch it leads to. Bounded in every direction (R59): of
/// too many the one that was silent longest goes, and a flood of new hardware addresses is taken in slowly.
class WireNeighbours {
public:
    static constexpr std::size_t limit = 128;
    static constexpr std::size_t mostNewcomers = 64; ///< in `newcomerWindow`
    static constexpr std::chrono::seconds newcomerWindow{10};
    static constexpr std::size_t mostPorts = 4;
    static constexpr std::size_t mostVlans = 16;
    static constexpr std::size_t mostMachines = 4096;
    static constexpr std::chrono::milliseconds interval{250}; ///< between two pictures

    void hear(const NeighbourSighting& sighting, Instant now);
    /// It boots from the network: from now on it is no neighbour.
    void noteMachine(MacAddress mac, Instant now);
    /// Only of one that is known.
    void noteAddress(MacAddress mac, Ipv4Address address, Instant now);
    /// A frame came with this tag.
    void noteVlan(std::uint16_t vlan, Instant now);

    /// The picture, when it has changed and the last one was taken long enough ago.
    [[nodiscard]] std::optional<WirePicture> takeChange(Instant now);
    /// When takeChange() is worth a call; nothing while all is told and nothing can end by itself.
    [[nodiscard]] std::optional<Instant> next() const;

private:
    struct Entry {
        Neighbour neighbour;
        NeighbourSighting::Certainty certainty = NeighbourSighting::Certainty::Guessed;
        Instant lastHeard;
    };
    struct Port {
        SwitchPort port;
        bool isLldp = true; ///< Who told it.
        Instant firstHeard, lastHeard, end;
    };

    [[nodiscard]] Entry* find(MacAddress mac);
    /// Null when too many are new.
    [[nodiscard]] Entry* findOrAdmit(const NeighbourSighting& sighting, Instant now);
    void hearPort(MacAddress mac, const NeighbourSighting::Port& heard, Instant now);
    /// Forgets what was not said again in time.
    void expire(Instant now);
    [[nodiscard]] WirePicture picture() const;
    [[nodiscard]] std::vector<SwitchPort> presentPorts() const;
    void noteChange(Instant now);

    std::vector<Entry> m_entries; ///< In the order in which they came.
    std::vector<Port> m_ports;
    std::optional<SpanningTree> m_tree;
    Instant m_treeEnd{};
    std::set<std::uint16_t> m_vlans;
    std::unordered_set<MacAddress> m_machines;
    Instant m_windowStart{};
    std::size_t m_newcomers = 0;      ///< In this window.
    std::optional<Instant> m_changed; ///< Since when there is something to tell.
    std::optional<Instant> m_told;
};

} // namespace rackmuster::boot
