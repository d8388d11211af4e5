#pragma once

#include "core/roster/Roster.h"

#include <chrono>
#include <string>

namespace rackmuster::tests {

inline WallTime at(std::chrono::milliseconds sinceStart) {
    return WallTime(std::chrono::milliseconds(1'767'225'600'000)) + sinceStart;
}

/// Machines have two NICs each: their addresses are no neighbours.
inline MacAddress macOf(unsigned number) {
    const unsigned last = 2 * number;
    return MacAddress(
        {0x3c, 0xec, 0xef, 0x4a, static_cast<std::uint8_t>(last >> 8U), static_cast<std::uint8_t>(last)});
}

inline Uuid uuidOf(std::uint8_t number) {
    return Uuid(
        {0x4c, 0x4c, 0x45, 0x44, 0, 0x51, 0x31, 0x10, 0x80, 0x33, 0xb8, 0xc0, 0x4f, 0x4e, 0x31, number});
}

/// 32 digits, another for every number.
inline std::string tokenOf(unsigned number) {
    const std::string digits = std::to_string(number);
    return std::string(32 - digits.size(), 'a') + digits;
}

/// A roster and the time, with one line for each thing that can happen.
struct RosterFixture {
    roster::Roster roster;
    std::chrono::milliseconds time{0};

    RosterFixture() = default;
    /// Machines 1 to `machines` came in this order, a minute apart.
    explicit RosterFixture(unsigned machines) {
        for (unsigned number = 1; number <= machines; ++number) {
            discover(number);
            pass(std::chrono::minutes(1));
        }
    }

    void pass(std::chrono::milliseconds span) { time += span; }
    [[nodiscard]] WallTime now() const { return at(time); }
    [[nodiscard]] const roster::Machine& machine(unsigned number) const {
        return *roster.find(macOf(number));
    }

    roster::Changes discover(unsigned number, std::optional<Uuid> uuid = std::nullopt,
                             bool isLoader = false) {
        return roster.apply(roster::Discovered{macOf(number), now(), "uefi-x64", uuid, isLoader}, now());
    }
    /// It came in by the switch port of `slot`.
    roster::Changes discoverAt(unsigned number, int slot, std::optional<Uuid> uuid = std::nullopt) {
        roster::Discovered discovered{macOf(number), now(), "uefi-x64", uuid};
        discovered.portSlot = slot;
        return roster.apply(discovered, now());
    }
    roster::Changes locate(unsigned number, int slot) {
        return roster.apply(roster::Located{macOf(number), slot}, now());
    }
    roster::Changes reach(unsigned number, roster::Stage stage, std::uint64_t bytes = 0) {
        return roster.apply(roster::Reached{macOf(number), stage, bytes}, now());
    }
    Result<roster::Changes> command(const roster::Command& act) { return roster.apply(act, now()); }
    Result<roster::Changes> approve(unsigned number) {
        return command(roster::Approve{macOf(number), tokenOf(number)});
    }
    /// From its DISCOVER to the completion report.
    void install(unsigned number) {
        using roster::Stage;
        discover(number);
        const auto approved = approve(number);
        for (const Stage stage : {Stage::Leased, Stage::Loader, Stage::Config, Stage::Kernel, Stage::Initrd,
                                  Stage::Kickstart, Stage::Post, Stage::Done}) {
            pass(std::chrono::seconds(20));
            reach(number, stage);
        }
    }
};

} // namespace rackmuster::tests
