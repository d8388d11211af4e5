#pragma once

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/base/MacAddress.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace rackmuster::power {

/// How far a slot of a sequence is.
enum class SlotPower : std::uint8_t {
    Waiting,
    Starting,  ///< The BMC was asked to switch on.
    Listening, ///< It is on; its machine was not heard yet.
    Heard,
    WasOn,    ///< It was on before: it does not start, so it is not heard in order.
    TimedOut, ///< It was switched on and not heard in time.
    Failed,   ///< The BMC did not do it.
    Skipped,
};

/// What a sequence tells: an order to its shell (SwitchOn), or news for people.
struct PowerEvent {
    enum class Kind : std::uint8_t {
        SwitchOn, ///< The shell asks the BMC of `slot`, and answers by switchedOn(), wasOn() or failed().
        Heard,    ///< `mac`; `isCertain` unless an earlier slot may be the one that speaks.
        WasOn,
        TimedOut,
        Failed, ///< `error`
        Skipped,
        Finished, ///< No slot is left, or it was stopped. The last event until a retry.
    };
    Kind kind = Kind::Finished;
    int slot = 0; ///< 0 for Finished
    std::optional<MacAddress> mac;
    bool isCertain = true;
    std::optional<Error> error;

    bool operator==(const PowerEvent&) const = default;
};

using PowerEvents = std::vector<PowerEvent>;

/// Powers machines on in rack order: one slot, then wait until a new machine is heard or the time is over,
/// then the next. So the order in which machines are heard is the order of the slots. A pure state machine:
/// the time is a parameter, what is to be done and what happened comes back.
class PowerSequence {
public:
    /// `slots` in the order to go; a slot that stands twice goes once. `known`: machines heard before; they
    /// are no news. `patience`: from switching on until the machine is heard.
    PowerSequence(const std::vector<int>& slots, std::set<MacAddress> known, std::chrono::seconds patience);

    [[nodiscard]] PowerEvents start();
    /// The BMC of the current slot did it, at `now`.
    [[nodiscard]] PowerEvents switchedOn(int slot, Instant now);
    [[nodiscard]] PowerEvents wasOn(int slot);
    [[nodiscard]] PowerEvents failed(int slot, const Error& error);
    /// A machine asked for an address or the like. Only the first time counts, and only while a slot listens.
    [[nodiscard]] PowerEvents heard(const MacAddress& mac);
    /// Looks at the clock; call it at deadline() or later.
    [[nodiscard]] PowerEvents tick(Instant now);
    /// Leaves the current slot.
    [[nodiscard]] PowerEvents skip();
    /// Puts the slots that timed out, failed or were skipped at the end, once more.
    [[nodiscard]] PowerEvents retry();
    /// Switches nothing on any more; what was not begun stays Waiting.
    [[nodiscard]] PowerEvents stop();

    [[nodiscard]] std::optional<int> currentSlot() const { return m_current; }
    [[nodiscard]] std::optional<Instant> deadline() const { return m_deadline; }
    [[nodiscard]] bool isOver() const { return !m_current; }
    [[nodiscard]] SlotPower stateOf(int slot) const;
    [[nodiscard]] const std::map<int, SlotPower>& slots() const { return m_slots; }

private:
    [[nodiscard]] bool isCurrent(int slot, SlotPower state) const;
    void leave(SlotPower state, PowerEvent event, PowerEvents& out);
    void next(PowerEvents& out);
    [[nodiscard]] bool someoneIsLate() const;

    std::vector<int> m_queue; ///< What is to come, the next one last.
    std::map<int, SlotPower> m_slots;
    std::set<int> m_late; ///< On, or perhaps, and not heard.
    std::set<MacAddress> m_known;
    std::chrono::seconds m_patience;
    std::optional<int> m_current;
    std::optional<Instant> m_deadline;
};

} // namespace rackmuster::power
