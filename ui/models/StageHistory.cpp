#include "ui/models/StageHistory.h"

#include <algorithm>
#include <array>

namespace rackmuster::ui {

using roster::Stage;

namespace {

constexpr std::array phases{Phase::Dhcp,     Phase::Loader,      Phase::Approval,
                            Phase::Kernel,   Phase::AnswerFile,  Phase::Installer,
                            Phase::Packages, Phase::LastScripts, Phase::Done};

} // namespace

Phase phaseOf(Stage stage) {
    switch (stage) {
    case Stage::Seen:
    case Stage::Offered:
    case Stage::Leased:
        return Phase::Dhcp;
    case Stage::Loader:
    case Stage::Config:
        return Phase::Loader;
    case Stage::Parked:
        return Phase::Approval;
    case Stage::Kernel:
    case Stage::Initrd:
        return Phase::Kernel;
    case Stage::Kickstart:
        return Phase::AnswerFile;
    case Stage::Stage2:
    case Stage::Metadata:
        return Phase::Installer;
    case Stage::Packages:
        return Phase::Packages;
    case Stage::Post:
        return Phase::LastScripts;
    case Stage::Done:
    case Stage::LocalBoot:
        break;
    }
    return Phase::Done;
}

void StageHistory::record(MacAddress mac, Stage stage, WallTime time) {
    std::vector<Step>& steps = m_steps[mac];
    const bool isKnown =
        std::any_of(steps.begin(), steps.end(), [stage](const Step& step) { return step.stage == stage; });
    if (isKnown)
        return;
    steps.push_back({stage, time});
    addUp(mac);
}

void StageHistory::forget(MacAddress mac) {
    m_steps.erase(mac);
    for (auto& durations : m_completed)
        durations.erase(mac);
}

void StageHistory::noteButton(MacAddress mac, std::optional<std::chrono::milliseconds> before) {
    if (before)
        m_buttons.insert_or_assign(mac, *before);
    else
        m_buttons.erase(mac);
}

std::optional<std::chrono::milliseconds> StageHistory::buttonOf(MacAddress mac) const {
    const auto found = m_buttons.find(mac);
    return found == m_buttons.end() ? std::nullopt : std::optional(found->second);
}

void StageHistory::addUp(MacAddress mac) {
    for (auto& durations : m_completed)
        durations.erase(mac);
    for (const PhaseSpan& span : spansOf(m_steps[mac], WallTime()))
        m_completed.at(static_cast<std::size_t>(span.phase))[mac] += span.duration;
    for (const PhaseSpan& span : spansOf(m_steps[mac], WallTime())) {
        if (span.isCurrent)
            m_completed.at(static_cast<std::size_t>(span.phase)).erase(mac);
    }
}

std::vector<PhaseSpan> StageHistory::spansOf(const std::vector<Step>& steps, WallTime now) const {
    std::vector<PhaseSpan> spans;
    for (const Step& step : steps) {
        const Phase phase = phaseOf(step.stage);
        if (!spans.empty() && spans.back().phase == phase)
            continue;
        if (!spans.empty())
            spans.back().duration = step.time - *spans.back().begin;
        spans.push_back({.phase = phase, .begin = step.time});
    }
    if (!spans.empty() && spans.back().phase != Phase::Done) {
        spans.back().duration = now - *spans.back().begin;
        spans.back().isCurrent = true;
    }
    return spans;
}

std::vector<PhaseSpan> StageHistory::timelineOf(MacAddress mac, WallTime now) const {
    const auto found = m_steps.find(mac);
    const std::vector<PhaseSpan> reached =
        found == m_steps.end() ? std::vector<PhaseSpan>() : spansOf(found->second, now);
    std::vector<PhaseSpan> timeline;
    for (const Phase phase : phases) {
        PhaseSpan whole{.phase = phase};
        for (const PhaseSpan& span : reached) { // a parked machine returns to its loader: the visits add up
            if (span.phase != phase)
                continue;
            whole.begin = whole.begin ? whole.begin : span.begin;
            whole.duration += span.duration;
            whole.isCurrent = span.isCurrent;
        }
        whole.typical = typicalOf(phase, mac);
        if (whole.begin || phase != Phase::Approval)
            timeline.push_back(whole);
    }
    return timeline;
}

std::optional<std::chrono::milliseconds> StageHistory::typicalOf(Phase phase, MacAddress except) const {
    std::vector<std::chrono::milliseconds> durations;
    for (const auto& [mac, duration] : m_completed.at(static_cast<std::size_t>(phase))) {
        if (mac != except)
            durations.push_back(duration);
    }
    if (durations.empty())
        return std::nullopt;
    const auto middle = durations.begin() + static_cast<std::ptrdiff_t>(durations.size() / 2);
    std::nth_element(durations.begin(), middle, durations.end());
    return *middle;
}

} // namespace rackmuster::ui
