#include "core/engine/SpeedMeter.h"

namespace rackmuster::engine {

namespace {

using namespace std::chrono_literals;

constexpr auto window = 4s;
constexpr auto shortest = 400ms; // less tells the size of one block rather than a speed

} // namespace

void SpeedMeter::add(Instant now, std::uint64_t done) {
    if (!m_samples.empty() && done < m_samples.back().done)
        m_samples.clear();
    m_samples.push_back({now, done});
    while (m_samples.size() > 2 && now - m_samples.front().time > window)
        m_samples.pop_front();
}

double SpeedMeter::bytesPerSecond() const {
    if (m_samples.empty())
        return 0;
    const Sample& first = m_samples.front();
    const Sample& last = m_samples.back();
    if (last.time - first.time < shortest)
        return 0;
    return static_cast<double>(last.done - first.done) /
           std::chrono::duration<double>(last.time - first.time).count();
}

} // namespace rackmuster::engine
