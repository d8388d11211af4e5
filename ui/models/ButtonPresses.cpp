#include "ui/models/ButtonPresses.h"

#include <algorithm>

namespace rackmuster::ui {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

} // namespace

bool ButtonPresses::takeBack() {
    if (m_pressed.empty())
        return false;
    m_pressed.pop_back();
    return true;
}

std::optional<milliseconds> ButtonPresses::match(Instant now) {
    const auto taken = waited(now);
    if (!taken)
        return std::nullopt;
    m_pressed.pop_front();
    m_taken.insert(std::upper_bound(m_taken.begin(), m_taken.end(), *taken), *taken);
    return taken;
}

std::optional<milliseconds> ButtonPresses::waited(Instant now) const {
    if (m_pressed.empty())
        return std::nullopt;
    return std::chrono::duration_cast<milliseconds>(now - m_pressed.front());
}

std::optional<milliseconds> ButtonPresses::usual() const {
    return m_taken.empty() ? std::nullopt : std::optional(m_taken[m_taken.size() / 2]);
}

bool ButtonPresses::isOverdue(Instant now) const {
    const auto patience = usual() ? std::max<milliseconds>(2 * *usual(), 2min) : milliseconds(5min);
    return waited(now).value_or(0ms) > patience;
}

} // namespace rackmuster::ui
