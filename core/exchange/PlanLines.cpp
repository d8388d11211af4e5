#include "core/exchange/PlanLines.h"

#include "core/base/Trimmed.h"
#include "core/roster/RackLayout.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace rackmuster::exchange {

tl::unexpected<Mistake> wrong(const char* reason, std::string first, std::string second) {
    return tl::unexpected<Mistake>(Mistake{reason, std::move(first), std::move(second)});
}

std::string quoted(std::string_view value) {
    constexpr std::size_t shown = 60;
    if (value.size() <= shown)
        return "“" + std::string(value) + "”";
    std::size_t end = shown;
    while (end > 0 && (static_cast<unsigned char>(value[end]) & 0xC0U) == 0x80U)
        --end; // not in the middle of a character
    return "“" + std::string(value.substr(0, end)) + "…”";
}

Checked<std::optional<int>> parseSlot(std::string_view text) {
    if (text.empty())
        return std::optional<int>();
    int slot = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), slot);
    if (error != std::errc() || end != text.data() + text.size() || slot < 1 || slot > roster::maximumSlot)
        return wrong(QT_TRANSLATE_NOOP("Plan", "%1 is not a slot: slots count from 1 to %2"), quoted(text),
                     std::to_string(roster::maximumSlot));
    return std::optional<int>(slot);
}

Checked<MacAddress> parseMac(std::string_view text) {
    if (text.empty())
        return wrong(QT_TRANSLATE_NOOP("Plan", "it has no MAC address"));
    const auto mac = MacAddress::parse(text);
    if (!mac || !mac->isUsable())
        return wrong(QT_TRANSLATE_NOOP("Plan", "%1 is not the MAC address of a machine"), quoted(text));
    return *mac;
}

bool isMachineAddress(Ipv4Address address) {
    constexpr std::uint32_t firstMulticast = 0xE0000000U;
    constexpr std::uint32_t loopback = 127;
    return address.value() >> 24U != 0 && address.value() >> 24U != loopback &&
           address.value() < firstMulticast;
}

PlanLines::PlanLines(std::string_view text) {
    const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    m_file.machines.reserve(std::min(ends + 1, maximumPlanLines));
}

/// Each MAC, slot, name and address belongs to the first line that has it.
Checked<void> PlanLines::claim(const PlanLine& line) {
    struct Claim {
        const char* reason;
        std::string value;
        std::string key;
    };
    std::vector<Claim> claims;
    const auto add = [&claims](const char* reason, char kind, const std::string& value) {
        claims.push_back({reason, value, std::string(1, kind) + value});
    };
    if (line.mac)
        add(QT_TRANSLATE_NOOP("Plan", "the MAC address %1 stands in line %2 already"), 'm',
            line.mac->toString());
    if (line.slot)
        add(QT_TRANSLATE_NOOP("Plan", "the slot %1 stands in line %2 already"), 's',
            std::to_string(*line.slot));
    if (!line.assigned.hostname.empty())
        add(QT_TRANSLATE_NOOP("Plan", "the host name %1 stands in line %2 already"), 'h',
            roster::foldedName(line.assigned.hostname));
    if (line.assigned.address)
        add(QT_TRANSLATE_NOOP("Plan", "the address %1 stands in line %2 already"), 'a',
            line.assigned.address->toString());
    for (const Claim& claim : claims) {
        if (const auto taken = m_claimed.find(claim.key); taken != m_claimed.end())
            return wrong(claim.reason, claim.value, std::to_string(taken->second));
    }
    for (Claim& claim : claims)
        m_claimed.emplace(std::move(claim.key), line.line);
    return {};
}

void PlanLines::add(PlanLine line) {
    if (auto claimed = claim(line); !claimed)
        reject(line.line, std::move(claimed.error()));
    else
        m_file.machines.push_back(std::move(line));
}

void PlanLines::reject(std::size_t line, Mistake mistake) {
    m_file.problems.push_back({line, mistake.reason, std::move(mistake.first), std::move(mistake.second)});
}

void PlanLines::stopAt(std::size_t line) {
    reject(line, {QT_TRANSLATE_NOOP("Plan", "a plan has at most %1 lines, and the rest was not read"),
                  std::to_string(maximumPlanLines),
                  {}});
}

PlanFile PlanLines::take(PlanFormat format) {
    m_file.format = format;
    return std::move(m_file);
}

} // namespace rackmuster::exchange
