#pragma once

#include "core/base/Clock.h"
#include "core/base/MacAddress.h"
#include "core/roster/Machine.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace rackmuster::ui {

/// One bar of the drawer's timeline: the stages an operator thinks of as one.
enum class Phase : std::uint8_t {
    Dhcp,
    Loader,
    Approval,
    Kernel,
    AnswerFile,
    Installer,
    Packages,
    LastScripts,
    Done
};
inline constexpr std::size_t phaseCount = 9;

[[nodiscard]] Phase phaseOf(roster::Stage stage);

/// How long one machine spent in one phase.
struct PhaseSpan {
    Phase phase = Phase::Dhcp;
    std::optional<WallTime> begin;                    ///< Nothing: not reached in this boot.
    std::chrono::milliseconds duration{0};            ///< Until the next phase, or until now.
    bool isCurrent = false;                           ///< The machine is in it now.
    std::optional<std::chrono::milliseconds> typical; ///< Median of the other machines that completed it.
};

/// When each machine reached each stage of its present boot, as far as this window was told.
class StageHistory {
public:
    /// A stage told twice keeps its first time.
    void record(MacAddress mac, roster::Stage stage, WallTime time);
    /// The machine is gone, or begins a new boot.
    void forget(MacAddress mac);

    /// How long before its first packet its power button was pressed, as the operator told; nothing takes it
    /// back.
    void noteButton(MacAddress mac, std::optional<std::chrono::milliseconds> before);
    [[nodiscard]] std::optional<std::chrono::milliseconds> buttonOf(MacAddress mac) const;

    /// Every phase in order of a boot; Approval only where the machine was parked.
    [[nodiscard]] std::vector<PhaseSpan> timelineOf(MacAddress mac, WallTime now) const;

private:
    struct Step {
        roster::Stage stage;
        WallTime time;
    };
    [[nodiscard]] std::vector<PhaseSpan> spansOf(const std::vector<Step>& steps, WallTime now) const;
    [[nodiscard]] std::optional<std::chrono::milliseconds> typicalOf(Phase phase, MacAddress except) const;

    /// What the machine completed, as its steps say now.
    void addUp(MacAddress mac);

    std::unordered_map<MacAddress, std::vector<Step>> m_steps;
    std::array<std::unordered_map<MacAddress, std::chrono::milliseconds>, phaseCount> m_completed;
    std::unordered_map<MacAddress, std::chrono::milliseconds> m_buttons;
};

} // namespace rackmuster::ui
