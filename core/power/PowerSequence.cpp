#include "core/power/PowerSequence.h"

#include <algorithm>
#include <utility>

namespace rackmuster::power {

PowerSequence::PowerSequence(const std::vector<int>& slots, std::set<MacAddress> known,
                             std::chrono::seconds patience)
    : m_known(std::move(known)), m_patience(patience) {
    for (const int slot : slots) {
        if (m_slots.emplace(slot, SlotPower::Waiting).second)
            m_queue.push_back(slot);
    }
    std::reverse(m_queue.begin(), m_queue.end());
}

PowerEvents PowerSequence::start() {
    PowerEvents out;
    if (!m_current)
        next(out);
    return out;
}

PowerEvents PowerSequence::switchedOn(int slot, Instant now) {
    if (isCurrent(slot, SlotPower::Starting)) {
        m_slots[slot] = SlotPower::Listening;
        m_deadline = now + m_patience;
    }
    return {};
}

PowerEvents PowerSequence::wasOn(int slot) {
    PowerEvents out;
    if (isCurrent(slot, SlotPower::Starting))
        leave(SlotPower::WasOn, {PowerEvent::Kind::WasOn, slot}, out);
    return out;
}

PowerEvents PowerSequence::failed(int slot, const Error& error) {
    PowerEvents out;
    if (isCurrent(slot, SlotPower::Starting))
        leave(SlotPower::Failed, {PowerEvent::Kind::Failed, slot, std::nullopt, true, error}, out);
    return out;
}

PowerEvents PowerSequence::heard(const MacAddress& mac) {
    PowerEvents out;
    if (!m_known.insert(mac).second || !m_current || m_slots[*m_current] != SlotPower::Listening)
        return out;
    const int slot = *m_current;
    const bool isCertain = !someoneIsLate();
    leave(SlotPower::Heard, {PowerEvent::Kind::Heard, slot, mac, isCertain}, out);
    return out;
}

PowerEvents PowerSequence::tick(Instant now) {
    PowerEvents out;
    if (m_current && m_deadline && now >= *m_deadline)
        leave(SlotPower::TimedOut, {PowerEvent::Kind::TimedOut, *m_current}, out);
    return out;
}

PowerEvents PowerSequence::skip() {
    PowerEvents out;
    if (m_current)
        leave(SlotPower::Skipped, {PowerEvent::Kind::Skipped, *m_current}, out);
    return out;
}

PowerEvents PowerSequence::retry() {
    PowerEvents out;
    for (auto& [slot, state] : m_slots) {
        if (state == SlotPower::TimedOut || state == SlotPower::Failed || state == SlotPower::Skipped) {
            state = SlotPower::Waiting;
            m_queue.insert(m_queue.begin(), slot); // the front comes last, so they go ascending
        }
    }
    if (!m_current && !m_queue.empty())
        next(out);
    return out;
}

PowerEvents PowerSequence::stop() {
    m_queue.clear();
    return skip();
}

SlotPower PowerSequence::stateOf(int slot) const {
    const auto found = m_slots.find(slot);
    return found == m_slots.end() ? SlotPower::Waiting : found->second;
}

bool PowerSequence::isCurrent(int slot, SlotPower state) const {
    return m_current == slot && stateOf(slot) == state;
}

void PowerSequence::leave(SlotPower state, PowerEvent event, PowerEvents& out) {
    const int slot = *m_current;
    // On, or perhaps (a BMC may do what it does not answer), and silent so far: it may speak later.
    // Where it is uncertain who spoke, it may have been another's machine, and this slot's is still to come.
    if (state == SlotPower::Heard && event.isCertain)
        m_late.erase(slot);
    else
        m_late.insert(slot);
    m_slots[slot] = state;
    out.push_back(std::move(event));
    next(out);
}

void PowerSequence::next(PowerEvents& out) {
    m_deadline.reset();
    m_current.reset();
    if (m_queue.empty()) {
        out.push_back({PowerEvent::Kind::Finished});
        return;
    }
    m_current = m_queue.back();
    m_queue.pop_back();
    m_slots[*m_current] = SlotPower::Starting;
    out.push_back({PowerEvent::Kind::SwitchOn, *m_current});
}

bool PowerSequence::someoneIsLate() const {
    return std::any_of(m_late.begin(), m_late.end(), [this](int slot) { return slot != m_current; });
}

} // namespace rackmuster::power
