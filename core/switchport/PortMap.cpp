#include "core/switchport/PortMap.h"

#include "core/base/Trimmed.h"

#include <algorithm>
#include <charconv>
#include <set>

// lupdate finds the reasons by this macro's name; switchport itself must not know Qt.
#define QT_TRANSLATE_NOOP(context, text) text

namespace rackmuster::switchport {

namespace {

constexpr int lastSlot = 100'000;            // as in a plan
constexpr std::size_t mostLines = 10'000;    // ten rows of fifty racks have half of it
constexpr std::size_t longestLine = 512;     // a port name and an address have not half of it
constexpr std::size_t mostPatterns = 100;    // each is tried for each port
constexpr std::string_view blanks = " \t\r"; // of lines that end as on other systems
constexpr std::string_view slotMark = "{slot}";

std::optional<int> slotNumber(std::string_view text) {
    int slot = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), slot);
    if (error != std::errc() || end != text.data() + text.size() || slot < 1 || slot > lastSlot)
        return std::nullopt;
    return slot;
}

/// Takes " @SWITCH" from the end of a line.
std::string takeSwitch(std::string_view& line) {
    const std::size_t at = line.rfind(" @");
    if (at == std::string_view::npos)
        return {};
    std::string address(trimmed(line.substr(at + 2), blanks));
    line = trimmed(line.substr(0, at), blanks);
    return address;
}

std::string withSwitch(const std::string& port, const std::string& address) {
    return address.empty() ? port + "\n" : port + " @" + address + "\n";
}

/// A name that would not come back from a line as it is.
bool fitsALine(const SwitchPort& port) {
    const auto isPlain = [](const std::string& text) {
        return trimmed(text, blanks) == text && text.find_first_of("#\n\r") == std::string::npos &&
               text.find(" @") == std::string::npos && !text.starts_with('@');
    };
    return !port.name.empty() && isPlain(port.name) && isPlain(port.switchAddress) &&
           port.name.find(slotMark) == std::string::npos &&
           port.name.size() + port.switchAddress.size() + 16 < longestLine;
}

} // namespace

/// What is wrong with the line, or nothing.
std::optional<std::string> PortMap::addLine(std::string_view line) {
    if (line.size() > longestLine)
        return "it is longer than " + std::to_string(longestLine) + " bytes";
    if (std::any_of(line.begin(), line.end(),
                    [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; }))
        return QT_TRANSLATE_NOOP("PortMap", "it has a control character");
    const std::string address = takeSwitch(line);
    if (line.find(" @") != std::string_view::npos)
        return QT_TRANSLATE_NOOP("PortMap", "@ stands twice");
    if (const std::size_t mark = line.find(slotMark); mark != std::string_view::npos) {
        if (line.find(slotMark, mark + 1) != std::string_view::npos)
            return QT_TRANSLATE_NOOP("PortMap", "{slot} stands twice");
        if (m_patterns.size() == mostPatterns)
            return "there are more than " + std::to_string(mostPatterns) + " patterns";
        m_patterns.push_back(
            {address, std::string(line.substr(0, mark)), std::string(line.substr(mark + slotMark.size()))});
        return std::nullopt;
    }
    const std::size_t blank = std::min(line.find_first_of(" \t"), line.size());
    const auto slot = slotNumber(line.substr(0, blank));
    const std::string port(trimmed(line.substr(blank), blanks));
    if (!slot || port.empty() || port.front() == '@')
        return QT_TRANSLATE_NOOP(
            "PortMap", "write a slot number and a port, like 7 Gi1/0/7, or a pattern, like Gi1/0/{slot}");
    const auto [known, isNew] = m_lines.emplace(SwitchPort{address, port}, *slot);
    if (!isNew && known->second != *slot)
        return "the port is that of slot " + std::to_string(known->second) + " already";
    return std::nullopt;
}

PortMapFile PortMap::parse(std::string_view text) {
    PortMapFile out;
    for (std::size_t number = 1; !text.empty(); ++number) {
        if (number > mostLines) {
            out.errors.push_back({ErrorCode::BadPortMapLine, std::to_string(number),
                                  "a port map has at most " + std::to_string(mostLines) + " lines"});
            break;
        }
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view whole = text.substr(0, end);
        const std::string_view line = trimmed(whole.substr(0, whole.find('#')), blanks);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty())
            continue;
        if (auto wrong = out.map.addLine(line))
            out.errors.push_back({ErrorCode::BadPortMapLine, std::to_string(number), std::move(*wrong)});
    }
    return out;
}

PortMap PortMap::learned(const PortReading& reading, const std::map<MacAddress, int>& slots) {
    PortMap out;
    std::set<SwitchPort> claimedTwice;
    for (const Sighting& sighting : reading.sightings) {
        const auto slot = slots.find(sighting.mac);
        if (slot == slots.end() || !fitsALine(sighting.port))
            continue;
        const auto [known, isNew] = out.m_lines.emplace(sighting.port, slot->second);
        if (!isNew && known->second != slot->second)
            claimedTwice.insert(sighting.port);
    }
    for (const SwitchPort& port : claimedTwice)
        out.m_lines.erase(port);
    return out;
}

std::optional<int> PortMap::slotOf(const SwitchPort& port) const {
    for (const std::string& address : {port.switchAddress, std::string()}) {
        if (const auto line = m_lines.find({address, port.name}); line != m_lines.end())
            return line->second;
    }
    const std::string_view name = port.name;
    for (const bool ofThisSwitch : {true, false}) {
        for (const Pattern& pattern : m_patterns) {
            const bool isAsked =
                ofThisSwitch ? !pattern.switchAddress.empty() && pattern.switchAddress == port.switchAddress
                             : pattern.switchAddress.empty();
            if (!isAsked || name.size() <= pattern.before.size() + pattern.after.size() ||
                !name.starts_with(pattern.before) || !name.ends_with(pattern.after))
                continue;
            if (const auto slot = slotNumber(name.substr(
                    pattern.before.size(), name.size() - pattern.before.size() - pattern.after.size())))
                return slot;
        }
    }
    return std::nullopt;
}

std::optional<int> PortMap::slotOf(const PortReading& reading, const MacAddress& mac) const {
    const Sighting* const sighting = reading.find(mac);
    return sighting == nullptr ? std::nullopt : slotOf(sighting->port);
}

std::string PortMap::toText() const {
    std::vector<std::pair<int, SwitchPort>> lines;
    for (const auto& [port, slot] : m_lines)
        lines.emplace_back(slot, port);
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const auto& [slot, port] : lines)
        out += std::to_string(slot) + " " + withSwitch(port.name, port.switchAddress);
    for (const Pattern& pattern : m_patterns)
        out += withSwitch(pattern.before + std::string(slotMark) + pattern.after, pattern.switchAddress);
    return out;
}

} // namespace rackmuster::switchport
