#pragma once

#include "core/roster/Machine.h"

#include <chrono>
#include <vector>

namespace rackmuster::roster {

// Machines are captured in the order of their first packets, which is the order in which they got through
// their self-tests, not the order of their power buttons. Two that come close together may have changed
// places.

/// No pair closer than this is certain, whatever is known of the model.
inline constexpr std::chrono::milliseconds leastSpread = std::chrono::seconds(1);
/// An operator who takes breaks is no machine with an uneven self-test.
inline constexpr std::chrono::milliseconds mostSpread = std::chrono::seconds(10);
/// With fewer machines of a model nothing is known of its spread.
inline constexpr std::size_t leastHistory = 4;

/// The same model, as far as can be seen before anything runs on a machine: the same firmware, and network
/// cards of the same maker (the first three bytes of the hardware address).
[[nodiscard]] bool isSameModel(const Machine& a, const Machine& b);

/// How far machines of one model stray from the rhythm in which they come: the median absolute deviation of
/// the times between their first packets, between leastSpread and mostSpread. `times` in any order;
/// leastSpread when there are fewer than leastHistory.
[[nodiscard]] std::chrono::milliseconds spreadOf(std::vector<WallTime> times);

/// Of the machines that the cursor gave their slots, the one that came nearest in time to `newcomer`, when
/// that is nearer than the spread seen so far for the model of either. Nothing: the order is certain.
/// `captured` may hold the newcomer.
[[nodiscard]] const Machine* closestOf(const Machine& newcomer, const std::vector<const Machine*>& captured);

/// Both know of each other that their order is uncertain.
void doubtOrder(Machine& a, Machine& b);
/// True when there was a doubt.
bool settleOrder(Machine& a, Machine& b);
[[nodiscard]] bool isOrderUncertain(const Machine& a, const Machine& b);

} // namespace rackmuster::roster
