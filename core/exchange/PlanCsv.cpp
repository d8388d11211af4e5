#include "core/exchange/PlanCsv.h"

#include "core/base/Csv.h"
#include "core/exchange/PlanLines.h"
#include "core/exchange/TextEncoding.h"
#include "core/roster/DhcpOptions.h"
#include "core/roster/RackLayout.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace rackmuster::exchange {

namespace {

constexpr std::size_t maximumRecord = 4096; // bytes

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
constexpr std::array<std::uint16_t, columnNames.size()> columnFields{
    SlotField,      HostnameField,        0,
    AddressField,   ProfileField,         ImageField,
    NoteField,      KernelArgumentsField, BootFileField,
    MenuEntryField, DhcpOptionsField};

/// What people write over such a column, in lower case.
struct Synonym {
    std::string_view word;
    Column column;
};
constexpr std::array synonyms{
    Synonym{"u", Slot},
    Synonym{"槽位", Slot},
    Synonym{"name", Hostname},
    Synonym{"host", Hostname},
    Synonym{"host name", Hostname},
    Synonym{"名称", Hostname},
    Synonym{"主机名", Hostname},
    Synonym{"mac address", Mac},
    Synonym{"mac地址", Mac},
    Synonym{"mac 地址", Mac},
    Synonym{"address", Ip},
    Synonym{"ip address", Ip},
    Synonym{"ipv4", Ip},
    Synonym{"地址", Ip},
    Synonym{"ip地址", Ip},
    Synonym{"ip 地址", Ip},
    Synonym{"配置模板", Profile},
    Synonym{"镜像", Image},
    Synonym{"notes", Note},
    Synonym{"comment", Note},
    Synonym{"备注", Note},
};

using Fields = std::array<std::string, columnNames.size()>;
using OtherColumns = std::map<std::string, std::string>;

/// What a line says: in our columns, and in others.
struct LineFields {
    Fields ours;
    OtherColumns others;
};

std::string lowerCase(std::string_view text) {
    return roster::foldedName(text);
}

std::optional<Column> columnOf(std::string_view heading) {
    const std::string word = lowerCase(heading);
    for (std::size_t i = 0; i < columnNames.size(); ++i) {
        if (lowerCase(columnNames[i]) == word)
            return static_cast<Column>(i);
    }
    const auto* found = std::find_if(synonyms.begin(), synonyms.end(),
                                     [&word](const Synonym& synonym) { return synonym.word == word; });
    return found == synonyms.end() ? std::nullopt : std::optional(found->column);
}

bool hasControlCharacter(std::string_view text, std::string_view allowed) {
    return std::any_of(text.begin(), text.end(), [allowed](char c) {
        return (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) &&
               allowed.find(c) == std::string_view::npos;
    });
}

Checked<std::optional<Ipv4Address>> parseIp(std::string_view text) {
    if (text.empty())
        return std::optional<Ipv4Address>();
    const auto address = Ipv4Address::parse(text);
    if (!address || !isMachineAddress(*address))
        return wrong(QT_TRANSLATE_NOOP("Plan", "%1 is not the IPv4 address of a machine"), quoted(text));
    return std::optional<Ipv4Address>(*address);
}

Checked<void> checkTexts(const Fields& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!isUtf8(fields[i]))
            return wrong(QT_TRANSLATE_NOOP("Plan", "its column %1 is not UTF-8; save the file as CSV UTF-8"),
                         std::string(columnNames[i]));
        if (hasControlCharacter(fields[i], i == Note ? "\t\r\n" : ""))
            return wrong(QT_TRANSLATE_NOOP("Plan", "its column %1 has a control character"),
                         std::string(columnNames[i]));
    }
    if (!fields[Hostname].empty() && !roster::isHostname(fields[Hostname]))
        return wrong(QT_TRANSLATE_NOOP("Plan", "%1 is not a host name"), quoted(fields[Hostname]));
    if (!roster::isBootFile(fields[BootFile]))
        return wrong(
            QT_TRANSLATE_NOOP("Plan", "%1 is not a boot file: use pxelinux.0, bootx64.efi or boot.ipxe"),
            quoted(fields[BootFile]));
    if (const auto options = roster::parseDhcpOptions(fields[DhcpOptions]); !options)
        return wrong(QT_TRANSLATE_NOOP("Plan", "%1: %2"), options.error().subject, options.error().detail);
    return {};
}

Checked<void> checkOthers(const OtherColumns& others) {
    for (const auto& [heading, value] : others) {
        if (!isUtf8(heading) || !isUtf8(value))
            return wrong(QT_TRANSLATE_NOOP("Plan", "its column %1 is not UTF-8; save the file as CSV UTF-8"),
                         quoted(heading));
        if (hasControlCharacter(heading, "") || hasControlCharacter(value, "\t\r\n"))
            return wrong(QT_TRANSLATE_NOOP("Plan", "its column %1 has a control character"), quoted(heading));
    }
    return {};
}

Checked<PlanLine> parseMachine(const LineFields& said) {
    const Fields& fields = said.ours;
    if (auto checked = checkTexts(fields); !checked)
        return tl::unexpected(std::move(checked.error()));
    if (auto checked = checkOthers(said.others); !checked)
        return tl::unexpected(std::move(checked.error()));
    auto mac = parseMac(fields[Mac]);
    auto slot = parseSlot(fields[Slot]);
    auto ip = parseIp(fields[Ip]);
    if (!mac)
        return tl::unexpected(std::move(mac.error()));
    if (!slot)
        return tl::unexpected(std::move(slot.error()));
    if (!ip)
        return tl::unexpected(std::move(ip.error()));
    PlanLine line;
    line.mac = *mac;
    line.slot = *slot;
    line.assigned.hostname = fields[Hostname];
    line.assigned.address = *ip;
    line.assigned.profile = fields[Profile];
    line.assigned.imageId = fields[Image];
    line.assigned.note = fields[Note];
    line.assigned.kernelArguments = fields[KernelArguments];
    line.assigned.bootFile = fields[BootFile];
    line.assigned.menuEntry = fields[MenuEntry];
    line.assigned.dhcpOptions = fields[DhcpOptions];
    line.assigned.otherColumns = said.others;
    return line;
}

/// What CsvReader says, in words that can be translated.
Mistake mistakeOf(const Error& error) {
    if (error.detail.find("not closed") != std::string::npos)
        return {QT_TRANSLATE_NOOP("Plan", "a quotation mark is not closed"), {}, {}};
    if (error.detail.find("follows") != std::string::npos)
        return {QT_TRANSLATE_NOOP("Plan", "text follows a closing quotation mark"), {}, {}};
    return {QT_TRANSLATE_NOOP("Plan", "it is longer than %1 bytes"), std::to_string(maximumRecord), {}};
}

/// Reads the lines of one file by its columns.
class PlanReader {
public:
    explicit PlanReader(std::string_view text) : m_lines(text) {}

    void readHeader(const CsvRecord& record);
    void readLine(const CsvRecord& record);
    void stopAt(std::size_t line) { m_lines.stopAt(line); }
    [[nodiscard]] bool hasColumns() const { return m_hasColumns; }
    [[nodiscard]] PlanFile take();

private:
    /// At one position of the file.
    struct Place {
        std::optional<std::size_t> column; ///< One of ours.
        std::string heading;               ///< Of any other; empty: it has none.
    };
    [[nodiscard]] Checked<LineFields> fieldsOf(const std::vector<std::string>& values) const;

    PlanLines m_lines;
    std::vector<Place> m_places;
    std::uint16_t m_fields = 0;
    bool m_hasColumns = false;
};

void PlanReader::readHeader(const CsvRecord& record) {
    const auto& names = record.fields;
    std::array<bool, columnNames.size()> isKnown{};
    for (const std::string& name : names.value_or(std::vector<std::string>())) {
        const auto column = columnOf(name);
        const std::string heading = column ? std::string(columnNames[*column]) : unguarded(name);
        const bool isTwice = std::any_of(m_places.begin(), m_places.end(), [&](const Place& place) {
            return column ? place.column == column : !place.column && place.heading == heading;
        });
        if (isTwice && !heading.empty()) {
            m_lines.reject(record.line,
                           {QT_TRANSLATE_NOOP("Plan", "the column %1 stands twice"), heading, {}});
            return;
        }
        m_places.push_back({column, column ? "" : heading});
        if (!column)
            continue;
        isKnown[*column] = true;
        m_fields |= columnFields[*column];
    }
    m_hasColumns = isKnown[Mac];
    if (!m_hasColumns)
        m_lines.reject(record.line,
                       {QT_TRANSLATE_NOOP("Plan", "it must name the columns, and mac among them"), {}, {}});
}

PlanFile PlanReader::take() {
    PlanFile file = m_lines.take(PlanFormat::Csv);
    for (Place& place : m_places) {
        if (m_hasColumns && !place.heading.empty())
            file.otherColumns.push_back(std::move(place.heading));
    }
    return file;
}

/// Of another column an empty value counts, too: it takes back what was there.
Checked<LineFields> PlanReader::fieldsOf(const std::vector<std::string>& values) const {
    LineFields out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i >= m_places.size() && !values[i].empty())
            return wrong(QT_TRANSLATE_NOOP("Plan", "it has more fields than the header has columns"));
        if (i >= m_places.size())
            continue;
        if (m_places[i].column)
            out.ours[*m_places[i].column] = unguarded(values[i]);
        else if (!m_places[i].heading.empty())
            out.others.emplace(m_places[i].heading, unguarded(values[i]));
    }
    return out;
}

void PlanReader::readLine(const CsvRecord& record) {
    if (!record.fields) {
        m_lines.reject(record.line, mistakeOf(record.fields.error()));
        return;
    }
    const auto& values = *record.fields;
    if (std::all_of(values.begin(), values.end(), [](const std::string& value) { return value.empty(); }))
        return;
    auto line = fieldsOf(values).and_then(parseMachine);
    if (!line) {
        m_lines.reject(record.line, std::move(line.error()));
        return;
    }
    line->line = record.line;
    line->fields = m_fields;
    m_lines.add(std::move(*line));
}

LineFields fieldsOf(const roster::Roster& roster, const roster::Machine& machine) {
    const auto address = roster.addressOf(machine);
    LineFields line{{}, machine.assigned.otherColumns};
    Fields& out = line.ours;
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
    return line;
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

PlanFile readPlanCsv(std::string_view utf8) {
    CsvReader reader(utf8, separatorOf(utf8), maximumRecord);
    PlanReader plan(utf8);
    if (const auto header = reader.next())
        plan.readHeader(*header);
    while (plan.hasColumns()) {
        const auto record = reader.next();
        if (!record)
            break;
        if (record->line > maximumPlanLines) {
            plan.stopAt(record->line);
            break;
        }
        plan.readLine(*record);
    }
    return plan.take();
}

std::string writePlanCsv(const roster::Roster& roster) {
    std::vector<LineFields> rows;
    std::size_t columns = Note + 1;
    std::set<std::string> headings; // of other columns
    for (const roster::Machine* machine : roster.machines()) {
        if (machine->approval == roster::Approval::Refused)
            continue; // a plan names machines to install
        rows.push_back(fieldsOf(roster, *machine));
        columns = std::max(columns, columnsFor(rows.back().ours));
        for (const auto& [heading, value] : rows.back().others)
            headings.insert(heading);
    }
    std::string out;
    const auto addRow = [&](const auto& values, const auto& otherOf) {
        for (std::size_t i = 0; i < columns; ++i)
            out.append(i == 0 ? "" : ",").append(csvField(values[i]));
        for (const std::string& heading : headings)
            out.append(",").append(csvField(otherOf(heading)));
        out += '\n';
    };
    addRow(columnNames, [](const std::string& heading) { return heading; });
    for (const LineFields& row : rows) {
        addRow(row.ours, [&row](const std::string& heading) {
            const auto found = row.others.find(heading);
            return found == row.others.end() ? std::string() : found->second;
        });
    }
    return out;
}

} // namespace rackmuster::exchange
