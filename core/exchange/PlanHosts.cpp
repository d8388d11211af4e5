#include "core/exchange/PlanHosts.h"

#include "core/base/Trimmed.h"
#include "core/exchange/PlanLines.h"
#include "core/roster/RackLayout.h"

namespace rackmuster::exchange {

namespace {

/// The words of a line; blanks, tabs and commas stand between them.
std::vector<std::string_view> wordsOf(std::string_view text) {
    constexpr std::string_view gaps = " \t,;()";
    std::vector<std::string_view> words;
    for (std::size_t at = text.find_first_not_of(gaps); at != std::string_view::npos;) {
        const std::size_t end = text.find_first_of(gaps, at);
        words.push_back(text.substr(at, end - at));
        at = end == std::string_view::npos ? end : text.find_first_not_of(gaps, end);
    }
    return words;
}

bool isIpv6(std::string_view word) {
    return word.find(':') != std::string_view::npos && !MacAddress::parse(word);
}

/// "slot 7, 52:54:00:00:00:07", as we write it.
void readComment(std::string_view comment, PlanLine& line) {
    const auto words = wordsOf(comment);
    std::optional<int> slot;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (const auto mac = MacAddress::parse(words[i]); mac && mac->isUsable() && !line.mac)
            line.mac = *mac;
        if (words[i] == "slot" && i + 1 < words.size())
            slot = parseSlot(words[i + 1]).value_or(std::nullopt);
    }
    if (!line.mac || !slot)
        return;
    line.slot = slot;
    line.fields |= SlotField;
}

/// Nothing for a line that is no machine's.
Checked<std::optional<PlanLine>> parseLine(std::size_t number, std::string_view text) {
    const std::size_t hash = text.find('#');
    const auto words = wordsOf(text.substr(0, hash));
    if (words.empty() || isIpv6(words[0]))
        return std::nullopt;
    const auto address = Ipv4Address::parse(words[0]);
    if (!address)
        return wrong(QT_TRANSLATE_NOOP("Plan", "%1 is not the IPv4 address of a machine"), quoted(words[0]));
    if (!isMachineAddress(*address))
        return std::nullopt;
    if (words.size() < 2)
        return wrong(QT_TRANSLATE_NOOP("Plan", "no name follows the address %1"), address->toString());
    PlanLine line;
    line.line = number;
    line.assigned.address = *address;
    line.assigned.hostname = words[1];
    line.fields = HostnameField | AddressField;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (!roster::isHostname(words[i]))
            return wrong(QT_TRANSLATE_NOOP("Plan", "%1 is not a host name"), quoted(words[i]));
        if (i > 1)
            line.aliases.emplace_back(words[i]);
    }
    if (hash != std::string_view::npos)
        readComment(text.substr(hash + 1), line);
    return line;
}

} // namespace

bool looksLikeHosts(std::string_view utf8) {
    while (!utf8.empty()) {
        const std::size_t end = utf8.find('\n');
        const std::string_view line = trimmed(utf8.substr(0, end));
        if (!line.empty() && line != "\r" && line.front() != '#') {
            const auto words = wordsOf(line);
            const bool hasGap = !words.empty() && words[0].size() < line.size() &&
                                (line[words[0].size()] == ' ' || line[words[0].size()] == '\t');
            return hasGap && (Ipv4Address::parse(words[0]).has_value() || isIpv6(words[0]));
        }
        utf8.remove_prefix(end == std::string_view::npos ? utf8.size() : end + 1);
    }
    return false;
}

PlanFile readPlanHosts(std::string_view utf8) {
    PlanLines lines(utf8);
    forEachLine(utf8, lines, [&lines](std::size_t number, std::string_view text) {
        auto line = parseLine(number, text);
        if (!line)
            lines.reject(number, std::move(line.error()));
        else if (*line)
            lines.add(std::move(**line));
    });
    return lines.take(PlanFormat::Hosts);
}

std::string writePlanHosts(const roster::Roster& roster) {
    std::string out;
    for (const roster::Machine* machine : roster.machines()) {
        if (machine->approval == roster::Approval::Refused)
            continue; // a plan names machines to install
        const auto own = roster.addressOf(*machine);
        const auto address = own ? own : machine->leased;
        const std::string name = roster.hostnameOf(*machine);
        const bool isWhole = address && !name.empty();
        out += (isWhole ? "" : "# ") + (address ? address->toString() : "no address") + "\t" +
               (name.empty() ? "no name" : name) + "\t# ";
        if (machine->slot)
            out += "slot " + std::to_string(*machine->slot) + ", ";
        out += machine->mac.toString() + "\n";
    }
    return out;
}

} // namespace rackmuster::exchange
