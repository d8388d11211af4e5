#include "core/exchange/PlanDnsmasq.h"

#include "core/base/Trimmed.h"
#include "core/exchange/PlanLines.h"
#include "core/roster/RackLayout.h"

#include <algorithm>

namespace rackmuster::exchange {

namespace {

constexpr std::string_view slotTag = "set:slot";

/// What stands behind `dhcp-host=`; nothing for any other line.
std::optional<std::string_view> hostValue(std::string_view line) {
    line = trimmed(line);
    if (line.starts_with("--"))
        line.remove_prefix(2);
    constexpr std::string_view option = "dhcp-host";
    if (!line.starts_with(option))
        return std::nullopt;
    line = trimmed(line.substr(option.size()));
    if (!line.starts_with('='))
        return std::nullopt;
    line.remove_prefix(1);
    return trimmed(line.substr(0, line.find('#')));
}

bool isLeaseTime(std::string_view word) {
    if (word == "infinite" || word == "deprecated")
        return true;
    if (!word.empty() && std::string_view("smhdwSMHDW").find(word.back()) != std::string_view::npos)
        word.remove_suffix(1);
    return !word.empty() &&
           std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// 00:11:22:33:44:55, or 1-00:11:22:33:44:55 with the type of the hardware before it.
std::optional<MacAddress> macOf(std::string_view word) {
    if (const auto mac = MacAddress::parse(word))
        return *mac;
    const std::size_t dash = word.find('-');
    if (dash > 2) // or there is none
        return std::nullopt;
    const auto typed = MacAddress::parse(word.substr(dash + 1));
    return typed ? std::optional(*typed) : std::nullopt;
}

bool isPassedOver(std::string_view word) {
    constexpr std::string_view prefixes[] = {"id:", "set:", "tag:", "net:", "["};
    return word.empty() || isLeaseTime(word) ||
           std::any_of(std::begin(prefixes), std::end(prefixes),
                       [word](std::string_view prefix) { return word.starts_with(prefix); });
}

Checked<void> takeMac(MacAddress mac, PlanLine& line) {
    if (!mac.isUsable())
        return wrong(QT_TRANSLATE_NOOP("Plan", "%1 is not the MAC address of a machine"),
                     quoted(mac.toString()));
    if (line.mac)
        return wrong(QT_TRANSLATE_NOOP("Plan", "it names two MAC addresses, %1 and %2: give each machine a "
                                               "line of its own"),
                     line.mac->toString(), mac.toString());
    line.mac = mac;
    return {};
}

Checked<void> takeName(std::string_view word, PlanLine& line) {
    if (word == "ignore")
        return wrong(QT_TRANSLATE_NOOP("Plan", "it says ignore: refuse that machine in the table instead"));
    if (word.find('*') != std::string_view::npos)
        return wrong(QT_TRANSLATE_NOOP("Plan", "%1 stands for several machines"), quoted(word));
    if (!line.assigned.hostname.empty() || !roster::isHostname(word))
        return wrong(QT_TRANSLATE_NOOP("Plan", "%1 is not a host name"), quoted(word));
    line.assigned.hostname = word;
    line.fields |= HostnameField;
    return {};
}

Checked<void> takeAddress(Ipv4Address address, PlanLine& line) {
    if (!isMachineAddress(address) || line.assigned.address)
        return wrong(QT_TRANSLATE_NOOP("Plan", "%1 is not the IPv4 address of a machine"),
                     quoted(address.toString()));
    line.assigned.address = address;
    line.fields |= AddressField;
    return {};
}

Checked<void> takeWord(std::string_view word, PlanLine& line) {
    if (word.starts_with(slotTag)) {
        if (const auto slot = parseSlot(word.substr(slotTag.size())); slot && *slot) {
            line.slot = *slot;
            line.fields |= SlotField;
        }
        return {};
    }
    if (const auto mac = macOf(word))
        return takeMac(*mac, line);
    if (isPassedOver(word))
        return {};
    if (const auto address = Ipv4Address::parse(word))
        return takeAddress(*address, line);
    return takeName(word, line);
}

Checked<PlanLine> parseHost(std::size_t number, std::string_view value) {
    PlanLine line;
    line.line = number;
    while (!value.empty()) {
        const std::size_t comma = value.find(',');
        if (auto taken = takeWord(trimmed(value.substr(0, comma)), line); !taken)
            return tl::unexpected(std::move(taken.error()));
        value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
    }
    if (!line.mac)
        return wrong(QT_TRANSLATE_NOOP("Plan", "it has no MAC address"));
    return line;
}

} // namespace

bool looksLikeDnsmasq(std::string_view utf8) {
    while (!utf8.empty()) {
        const std::size_t end = utf8.find('\n');
        if (hostValue(utf8.substr(0, end)))
            return true;
        utf8.remove_prefix(end == std::string_view::npos ? utf8.size() : end + 1);
    }
    return false;
}

PlanFile readPlanDnsmasq(std::string_view utf8) {
    PlanLines lines(utf8);
    forEachLine(utf8, lines, [&lines](std::size_t number, std::string_view text) {
        const auto value = hostValue(text);
        if (!value)
            return;
        auto line = parseHost(number, *value);
        if (line)
            lines.add(std::move(*line));
        else
            lines.reject(number, std::move(line.error()));
    });
    return lines.take(PlanFormat::Dnsmasq);
}

std::string writePlanDnsmasq(const roster::Roster& roster) {
    std::string out;
    for (const roster::Machine* machine : roster.machines()) {
        if (machine->approval == roster::Approval::Refused)
            continue; // a plan names machines to install
        out += "dhcp-host=" + machine->mac.toString();
        if (machine->slot)
            out.append(",").append(slotTag).append(std::to_string(*machine->slot));
        const auto own = roster.addressOf(*machine);
        if (const auto address = own ? own : machine->leased)
            out += "," + address->toString();
        if (const std::string name = roster.hostnameOf(*machine); !name.empty())
            out += "," + name;
        out += '\n';
    }
    return out;
}

} // namespace rackmuster::exchange
