#include "core/roster/ClosePairs.h"

#include <algorithm>

namespace rackmuster::roster {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t makerSize = 3;

milliseconds distance(const Machine& a, const Machine& b) {
    return std::chrono::abs(*a.firstSeen - *b.firstSeen);
}

milliseconds medianOf(std::vector<milliseconds> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

milliseconds spreadOfModel(const Machine& machine, const Machine& newcomer,
                           const std::vector<const Machine*>& captured) {
    std::vector<WallTime> times;
    for (const Machine* other : captured) {
        if (other->mac != newcomer.mac && isSameModel(*other, machine))
            times.push_back(*other->firstSeen);
    }
    return spreadOf(std::move(times));
}

} // namespace

bool isSameModel(const Machine& a, const Machine& b) {
    const auto& left = a.mac.octets();
    return a.firmware == b.firmware &&
           std::equal(left.begin(), left.begin() + makerSize, b.mac.octets().begin());
}

milliseconds spreadOf(std::vector<WallTime> times) {
    if (times.size() < leastHistory)
        return leastSpread;
    std::sort(times.begin(), times.end());
    std::vector<milliseconds> gaps;
    for (std::size_t i = 1; i < times.size(); ++i)
        gaps.push_back(times[i] - times[i - 1]);
    const milliseconds rhythm = medianOf(gaps);
    for (milliseconds& gap : gaps)
        gap = std::chrono::abs(gap - rhythm);
    return std::clamp(medianOf(std::move(gaps)), leastSpread, mostSpread);
}

const Machine* closestOf(const Machine& newcomer, const std::vector<const Machine*>& captured) {
    const Machine* closest = nullptr;
    for (const Machine* other : captured) {
        if (other->mac == newcomer.mac || distance(*other, newcomer) >= mostSpread)
            continue;
        const auto key = [&](const Machine& m) {
            return std::pair(distance(m, newcomer), m.mac);
        };
        if (closest == nullptr || key(*other) < key(*closest))
            closest = other;
    }
    if (closest == nullptr)
        return nullptr;
    const milliseconds spread =
        std::max(spreadOfModel(newcomer, newcomer, captured), spreadOfModel(*closest, newcomer, captured));
    return distance(*closest, newcomer) < spread ? closest : nullptr;
}

void doubtOrder(Machine& a, Machine& b) {
    const auto note = [](Machine& machine, MacAddress partner) {
        auto& partners = machine.orderUncertainWith;
        const auto place = std::lower_bound(partners.begin(), partners.end(), partner);
        if (place == partners.end() || *place != partner)
            partners.insert(place, partner);
    };
    note(a, b.mac);
    note(b, a.mac);
}

bool settleOrder(Machine& a, Machine& b) {
    const auto erased = std::erase(a.orderUncertainWith, b.mac) + std::erase(b.orderUncertainWith, a.mac);
    return erased > 0;
}

bool isOrderUncertain(const Machine& a, const Machine& b) {
    return std::binary_search(a.orderUncertainWith.begin(), a.orderUncertainWith.end(), b.mac);
}

} // namespace rackmuster::roster
