#pragma once

#include "core/base/Clock.h"

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

namespace rackmuster::ui {

/// When the operator pressed power buttons, and how long the machines took from there to their first packet.
/// Machines come in the order of their buttons, so each press belongs to the next new machine.
class ButtonPresses {
public:
    void press(Instant now) { m_pressed.push_back(now); }
    /// The last press was none. False when there is none that still waits.
    bool takeBack();
    /// A new machine came: how long it took since its button; nothing when no press waits.
    std::optional<std::chrono::milliseconds> match(Instant now);

    /// Presses whose machines have not come yet.
    [[nodiscard]] int waiting() const { return static_cast<int>(m_pressed.size()); }
    /// How long the oldest of them waits.
    [[nodiscard]] std::optional<std::chrono::milliseconds> waited(Instant now) const;
    /// The median of what machines took; nothing before the first.
    [[nodiscard]] std::optional<std::chrono::milliseconds> usual() const;
    /// The oldest waits longer than machines of this rack take: twice what is usual, at least two minutes, as
    /// servers test their memory first; five while nothing is known.
    [[nodiscard]] bool isOverdue(Instant now) const;

private:
    std::deque<Instant> m_pressed;
    std::vector<std::chrono::milliseconds> m_taken; // sorted
};

} // namespace rackmuster::ui
