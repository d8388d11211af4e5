#include "core/boot/AddressRuns.h"

#include <iterator>

namespace rackmuster::boot {

namespace {

/// The run that `number` lies in, or end().
template <typename Runs>
auto runOf(Runs& runs, std::uint64_t number) {
    auto after = runs.upper_bound(number);
    if (after == runs.begin())
        return runs.end();
    const auto run = std::prev(after);
    return run->second >= number ? run : runs.end();
}

} // namespace

bool AddressRuns::contains(Ipv4Address address) const {
    return runOf(m_runs, address.value()) != m_runs.end();
}

void AddressRuns::insert(Ipv4Address address) {
    if (contains(address))
        return;
    const std::uint64_t number = address.value();
    std::uint64_t last = number;
    if (const auto right = m_runs.find(number + 1); right != m_runs.end()) {
        last = right->second;
        m_runs.erase(right);
    }
    const auto left = number == 0 ? m_runs.end() : runOf(m_runs, number - 1);
    if (left != m_runs.end())
        left->second = last;
    else
        m_runs.emplace(number, last);
}

void AddressRuns::erase(Ipv4Address address) {
    const std::uint64_t number = address.value();
    const auto run = runOf(m_runs, number);
    if (run == m_runs.end())
        return;
    const std::uint64_t last = run->second;
    if (run->first == number)
        m_runs.erase(run);
    else
        run->second = number - 1;
    if (last > number)
        m_runs.emplace(number + 1, last);
}

std::optional<Ipv4Address> AddressRuns::firstMissing(Ipv4Address first, Ipv4Address last) const {
    const auto run = runOf(m_runs, first.value());
    const std::uint64_t missing = run == m_runs.end() ? first.value() : run->second + 1;
    if (missing > last.value())
        return std::nullopt;
    return Ipv4Address(static_cast<std::uint32_t>(missing));
}

} // namespace rackmuster::boot
