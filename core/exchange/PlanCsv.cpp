#include "core/exchange/PlanCsv.h"

#include "core/exchange/Csv.h"
#include "core/exchange/TextEncoding.h"
#include "core/roster/DhcpOptions.h"
#include "core/roster/RackLayout.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>
#include <utility>

namespace rackmuster::exchange {

namespace {

constexpr std::size_t maximumRecord = 4096; // bytes
constexpr std::size_t maximumLines = 100'000;
constexpr int maximumSlot = 100'000;

enum Column : std::uint8_t {
    Slot,
    Hostname,
    Mac,
    Ip,
    Profile,
    Image,
    Note,
    KernelArguments,
    BootFile,
    MenuEntry,
    DhcpOptions
};
constexpr std::array<std::string_view, 11> columnNames{
    "slot", "hostname",        "mac",      "ip",        "profile",    "image",
    "note", "kernelArguments", "bootFile", "menuEntry", "dhcpOptions"};

using Fields = std::array<std::string, columnNames.size()>;

std::string lowerCase(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

Error badLine(std::size_t line, std::string reason) {
    return {ErrorCode::BadPlanLine, std::to_string(line), std::move(reason)};
}

std::string quoted(std::string_view value) {
    constexpr std::size_t shown = 60;
    return "“" + std::string(value.substr(0, shown)) + (value.size() > shown ? "…”" : "”");
}

bool hasControlCharacter(std::string_view text, std::string_view allowed) {
    return std::any_of(text.begin(), text.end(), [allowed](char c) {
        return (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) &&
               allowed.find(c) == std::string_view::npos;
    });
}

using Reason = std::string; ///< what is wrong with a line; fits into "Line 3 of the plan: ..."
template <typename T>
using Checked = tl::expected<T, Reason>;

tl::unexpected<Reason> wrong(Reason reason) {
    return tl::unexpected<Reason>(std::move(reason));
}

Checked<std::optional<int>> parseSlot(std::string_view text) {
    if (text.empty())
        return std::optional<int>();
    int slot = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), slot);
    if (error != std::errc() || end != text.data() + text.size() || slot < 1 || slot > maximumSlot)
        return wrong(quoted(text) + " is not a slot: slots count from 1 to " + std::to_string(maximumSlot));
    return std::optional<int>(slot);
}

Checked<MacAddress> parseMac(std::string_view text) {
    if (text.empty())
        return wrong("it has no MAC address");
    const auto mac = MacAddress::parse(text);
    if (!mac || !mac->isUsable())
        return wrong(quoted(text) + " is not the MAC address of a machine");
    return *mac;
}

Checked<std::optional<Ipv4Address>> parseIp(std::string_view text) {
    constexpr std::uint32_t firstMulticast = 0xE0000000U;
    constexpr std::uint32_t loopback = 127;
    if (text.empty())
        return std::optional<Ipv4Address>();
    const auto address = Ipv4Address::parse(text);
    if (!address || address->value() >> 24U == 0 || address->value() >> 24U == loopback ||
        address->value() >= firstMulticast)
        return wrong(quoted(text) + " is not the IPv4 address of a machine");
    return std::optional<Ipv4Address>(*address);
}

Checked<void> checkTexts(const Fields& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!isUtf8(fields[i]))
            return wrong("its column " + std::string(columnNames[i]) +
                         " is not UTF-8; save the file as CSV UTF-8");
        if (hasControlCharacter(fields[i], i == Note ? "\t\r\n" : ""))
            return wrong("its column " + std::string(columnNames[i]) + " has a control character");
    }
    if (!fields[Hostname].empty() && !roster::isHostname(fields[Hostname]))
        return wrong(quoted(fields[Hostname]) + " is not a host name");
    if (!roster::isBootFile(fields[BootFile]))
        return wrong(quoted(fields[BootFile]) +
                     " is not a boot file: use pxelinux.0, bootx64.efi or boot.ipxe");
    if (const auto options = roster::parseDhcpOptions(fields[DhcpOptions]); !options)
        return wrong(options.error().subject + ": " + options.error().detail);
    return {};
}

Checked<roster::Plan> parseMachine(const Fields& fields) {
    if (const auto checked = checkTexts(fields); !checked)
        return tl::unexpected(checked.error());
    const auto mac = parseMac(fields[Mac]);
    const auto slot = parseSlot(fields[Slot]);
    const auto ip = parseIp(fields[Ip]);
    if (!mac)
        return tl::unexpected(mac.error());
    if (!slot)
        return tl::unexpected(slot.error());
    if (!ip)
        return tl::unexpected(ip.error());
    roster::Plan plan{*mac, *slot, {}};
    plan.assigned.hostname = fields[Hostname];
    plan.assigned.address = *ip;
    plan.assigned.profile = fields[Profile];
    plan.assigned.imageId = fields[Image];
    plan.assigned.note = fields[Note];
    plan.assigned.kernelArguments = fields[KernelArguments];
    plan.assigned.bootFile = fields[BootFile];
    plan.assigned.menuEntry = fields[MenuEntry];
    plan.assigned.dhcpOptions = fields[DhcpOptions];
    return plan;
}

/// Reads the lines of one file: knows its columns, and what the good lines before took.
class PlanReader {
public:
    void readHeader(const CsvRecord& record);
    void readLine(const CsvRecord& record);
    void stopAt(std::size_t line);
    [[nodiscard]] bool hasColumns() const { return m_hasColumns; }
    [[nodiscard]] PlanFile take() { return std::move(m_out); }

private:
    [[nodiscard]] Checked<Fields> fieldsOf(const std::vector<std::string>& values) const;
    [[nodiscard]] Checked<void> claim(const roster::Plan& plan, std::size_t line);

    PlanFile m_out;
    std::vector<std::optional<std::size_t>> m_columns; ///< position in the file -> Column; nothing: unknown
    bool m_hasColumns = false;
    std::map<std::string, std::size_t, std::less<>> m_claimed; ///< "hostname node-1" -> line
};

void PlanReader::readHeader(const CsvRecord& record) {
    const auto& names = record.fields;
    std::array<bool, columnNames.size()> isKnown{};
    for (const std::string& name : names.value_or(std::vector<std::string>())) {
        const auto found =
            std::find_if(columnNames.begin(), columnNames.end(),
                         [&name](std::string_view column) { return lowerCase(column) == lowerCase(name); });
        const auto index = static_cast<std::size_t>(found - columnNames.begin());
        if (found == columnNames.end()) {
            m_columns.emplace_back();
        } else if (isKnown[index]) {
            m_out.errors.push_back(
                badLine(record.line, "the column " + std::string(*found) + " stands twice"));
            return;
        } else {
            isKnown[index] = true;
            m_columns.emplace_back(index);
        }
    }
    m_hasColumns = isKnown[Mac];
    if (!m_hasColumns)
        m_out.errors.push_back(badLine(record.line, "it must name the columns, and mac among them"));
}

Checked<Fields> PlanReader::fieldsOf(const std::vector<std::string>& values) const {
    Fields out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i >= m_columns.size() && !values[i].empty())
            return wrong("it has more fields than the header has columns");
        if (i < m_columns.size() && m_columns[i])
            out[*m_columns[i]] = unguarded(values[i]);
    }
    return out;
}

/// Each MAC, slot, name and address belongs to the first line that has it.
Checked<void> PlanReader::claim(const roster::Plan& plan, std::size_t line) {
    std::vector<std::string> keys{"MAC address " + plan.mac.toString()};
    if (plan.slot)
        keys.push_back("slot " + std::to_string(*plan.slot));
    if (!plan.assigned.hostname.empty())
        keys.push_back("host name " + lowerCase(plan.assigned.hostname));
    if (plan.assigned.address)
        keys.push_back("address " + plan.assigned.address->toString());
    for (const std::string& key : keys) {
        if (const auto taken = m_claimed.find(key); taken != m_claimed.end())
            return wrong("the " + key + " stands in line " + std::to_string(taken->second) + " already");
    }
    for (std::string& key : keys)
        m_claimed.emplace(std::move(key), line);
    return {};
}

void PlanReader::readLine(const CsvRecord& record) {
    if (!record.fields) {
        m_out.errors.push_back(badLine(record.line, record.fields.error().detail));
        return;
    }
    const auto& values = *record.fields;
    if (std::all_of(values.begin(), values.end(), [](const std::string& value) { return value.empty(); }))
        return;
    auto plan = fieldsOf(values).and_then(parseMachine);
    const auto claimed = plan ? claim(*plan, record.line) : Checked<void>(wrong(plan.error()));
    if (claimed)
        m_out.machines.push_back(std::move(*plan));
    else
        m_out.errors.push_back(badLine(record.line, claimed.error()));
}

void PlanReader::stopAt(std::size_t line) {
    m_out.errors.push_back(badLine(line, "a plan has at most " + std::to_string(maximumLines) +
                                             " lines, and the rest was not read"));
}

Fields fieldsOf(const roster::Roster& roster, const roster::Machine& machine) {
    const auto address = roster.addressOf(machine);
    Fields out;
    out[Slot] = machine.slot ? std::to_string(*machine.slot) : "";
    out[Hostname] = roster.hostnameOf(machine);
    out[Mac] = machine.mac.toString();
    out[Ip] = address ? address->toString() : "";
    out[Profile] = machine.assigned.profile;
    out[Image] = machine.assigned.imageId;
    out[Note] = machine.assigned.note;
    out[KernelArguments] = machine.assigned.kernelArguments;
    out[BootFile] = machine.assigned.bootFile;
    out[MenuEntry] = machine.assigned.menuEntry;
    out[DhcpOptions] = machine.assigned.dhcpOptions;
    return out;
}

/// How many columns, from the left, it takes to say what is in `row`.
std::size_t columnsFor(const Fields& row) {
    if (!row[DhcpOptions].empty())
        return DhcpOptions + 1;
    if (!row[MenuEntry].empty())
        return MenuEntry + 1;
    return row[KernelArguments].empty() && row[BootFile].empty() ? Note + 1 : BootFile + 1;
}

} // namespace

PlanFile readPlanCsv(std::string_view bytes) {
    const std::string text = toUtf8(bytes);
    CsvReader reader(text, separatorOf(text), maximumRecord);
    PlanReader plan;
    if (const auto header = reader.next())
        plan.readHeader(*header);
    while (plan.hasColumns()) {
        const auto record = reader.next();
        if (!record)
            break;
        if (record->line > maximumLines) {
            plan.stopAt(record->line);
            break;
        }
        plan.readLine(*record);
    }
    return plan.take();
}

std::string writePlanCsv(const roster::Roster& roster) {
    std::vector<Fields> rows;
    std::size_t columns = Note + 1;
    for (const roster::Machine* machine : roster.machines()) {
        if (machine->approval == roster::Approval::Refused)
            continue; // a plan names machines to install
        rows.push_back(fieldsOf(roster, *machine));
        columns = std::max(columns, columnsFor(rows.back()));
    }
    std::string out;
    const auto addRow = [&out, columns](const auto& values) {
        for (std::size_t i = 0; i < columns; ++i)
            out.append(i == 0 ? "" : ",").append(csvField(values[i]));
        out += '\n';
    };
    addRow(columnNames);
    for (const Fields& row : rows)
        addRow(row);
    return out;
}

} // namespace rackmuster::exchange
