#include "core/power/BmcList.h"

#include "core/base/Csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

namespace rackmuster::power {

namespace {

constexpr int lastSlot = 100'000;               // as in a plan
constexpr std::size_t longestRecord = 1024;     // bytes; all five columns at their limits have half of it
constexpr std::size_t mostLines = 10'000;       // of two hundred racks
constexpr std::size_t longestHost = 253;        // RFC 1035 2.3.4
constexpr std::size_t longestIpmiUser = 16;     // IPMI 2.0 22.28
constexpr std::size_t longestIpmiPassword = 20; // IPMI 2.0 22.30
constexpr std::size_t longestText = 128;        // what Redfish services take at most

enum Column : std::uint8_t { Slot, Address, User, Password, Kind };
constexpr std::array<std::string_view, 5> columnNames{"slot", "address", "user", "password", "kind"};
using Fields = std::array<std::string, columnNames.size()>;
using Reason = std::string;
template <typename T>
using Checked = tl::expected<T, Reason>;

tl::unexpected<Reason> wrong(Reason reason) {
    return tl::unexpected<Reason>(std::move(reason));
}

std::string lowerCase(std::string text) {
    for (char& c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

std::optional<int> numberIn(std::string_view text, int last) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number < 1 || number > last)
        return std::nullopt;
    return number;
}

bool isHost(std::string_view text) {
    const auto isPart = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '.';
    };
    return !text.empty() && text.size() <= longestHost && text.front() != '-' && text.front() != '.' &&
           std::all_of(text.begin(), text.end(), isPart);
}

/// The identifier of a Redfish system: what stands in a path as it is (RFC 3986 2.3).
bool isSystemId(std::string_view text) {
    static constexpr std::string_view marks = "-._~";
    return text.size() <= longestText && text != "." && text != ".." &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      marks.find(c) != std::string_view::npos;
           });
}

Checked<void> readAddress(std::string_view text, Bmc& bmc) {
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
        bmc.system = text.substr(slash + 1);
        text = text.substr(0, slash);
        if (bmc.kind != BmcKind::Redfish || bmc.system.empty() || !isSystemId(bmc.system))
            return wrong("behind the / of an address stands the name of a Redfish system");
    }
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        const auto port = numberIn(text.substr(colon + 1), 65535);
        if (!port)
            return wrong("behind the : of an address stands a port");
        bmc.port = static_cast<std::uint16_t>(*port);
        text = text.substr(0, colon);
    }
    if (!isHost(text))
        return wrong("its address is not an IPv4 address or host name");
    bmc.host = text;
    return {};
}

Checked<void> checkLogin(const Bmc& bmc) {
    const bool isIpmi = bmc.kind == BmcKind::Ipmi;
    const auto isText = [](const std::string& text) {
        return std::none_of(text.begin(), text.end(),
                            [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    };
    if (bmc.user.empty() || !isText(bmc.user) || bmc.user.size() > (isIpmi ? longestIpmiUser : longestText) ||
        (!isIpmi && bmc.user.find(':') != std::string::npos)) // RFC 7617 2
        return wrong(isIpmi ? "its user has not 1 to 16 characters"
                            : "its user is empty or too long or has a :");
    if (!isText(bmc.password) || bmc.password.size() > (isIpmi ? longestIpmiPassword : longestText))
        return wrong(isIpmi ? "its password has more than the 20 characters that IPMI takes"
                            : "its password is too long or has a control character");
    return {};
}

Checked<Bmc> readBmc(const Fields& fields) {
    Bmc bmc;
    const auto slot = numberIn(fields[Slot], lastSlot);
    if (!slot)
        return wrong("its slot is not a number from 1");
    bmc.slot = *slot;
    const std::string kind = lowerCase(fields[Kind]);
    if (kind != "ipmi" && kind != "redfish")
        return wrong("its kind is neither ipmi nor redfish");
    bmc.kind = kind == "ipmi" ? BmcKind::Ipmi : BmcKind::Redfish;
    bmc.user = fields[User];
    bmc.password = fields[Password];
    const auto checked = readAddress(fields[Address], bmc).and_then([&bmc] { return checkLogin(bmc); });
    if (!checked)
        return wrong(checked.error());
    return bmc;
}

/// Reads the lines of one list: knows its columns, and what the good lines before took.
class Reader {
public:
    void readHeader(const CsvRecord& record);
    void readLine(const CsvRecord& record);
    void complain(std::size_t line, Reason reason) {
        m_out.errors.push_back({ErrorCode::BadBmcLine, std::to_string(line), std::move(reason)});
    }
    [[nodiscard]] bool hasColumns() const { return m_hasColumns; }
    [[nodiscard]] BmcList take();

private:
    [[nodiscard]] Checked<Fields> fieldsOf(const std::vector<std::string>& values) const;

    BmcList m_out;
    std::vector<std::optional<std::size_t>> m_columns;
    bool m_hasColumns = false;
    std::map<int, std::size_t> m_lineOfSlot;
};

void Reader::readHeader(const CsvRecord& record) {
    std::array<bool, columnNames.size()> isKnown{};
    for (const std::string& name : record.fields.value_or(std::vector<std::string>())) {
        const auto found = std::find(columnNames.begin(), columnNames.end(), lowerCase(name));
        const auto index = static_cast<std::size_t>(found - columnNames.begin());
        const bool isNew = found != columnNames.end() && !isKnown.at(index);
        m_columns.push_back(isNew ? std::optional(index) : std::nullopt);
        if (isNew)
            isKnown.at(index) = true;
    }
    m_hasColumns = std::all_of(isKnown.begin(), isKnown.end(), [](bool known) { return known; });
    if (!m_hasColumns)
        complain(record.line, "it must name the columns: slot,address,user,password,kind");
}

Checked<Fields> Reader::fieldsOf(const std::vector<std::string>& values) const {
    Fields out;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i >= m_columns.size() && !values[i].empty())
            return wrong(
                "it has more fields than the header has columns; a comma in a password needs \"quotes\"");
        if (i < m_columns.size() && m_columns[i])
            out.at(*m_columns[i]) = values[i];
    }
    return out;
}

void Reader::readLine(const CsvRecord& record) {
    if (!record.fields) {
        complain(record.line, record.fields.error().detail);
        return;
    }
    const auto& values = *record.fields;
    if (std::all_of(values.begin(), values.end(), [](const std::string& value) { return value.empty(); }))
        return;
    const auto bmc = fieldsOf(values).and_then(readBmc);
    if (!bmc) {
        complain(record.line, bmc.error());
        return;
    }
    const auto [known, isNew] = m_lineOfSlot.emplace(bmc->slot, record.line);
    if (isNew)
        m_out.bmcs.push_back(*bmc);
    else
        complain(record.line, "its slot stands in line " + std::to_string(known->second) + " already");
}

BmcList Reader::take() {
    std::sort(m_out.bmcs.begin(), m_out.bmcs.end(),
              [](const Bmc& a, const Bmc& b) { return a.slot < b.slot; });
    return std::move(m_out);
}

} // namespace

BmcList readBmcList(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) // spreadsheets put a byte order mark first
        text.remove_prefix(3);
    CsvReader csv(text, separatorOf(text), longestRecord);
    Reader reader;
    const auto header = csv.next();
    if (header)
        reader.readHeader(*header);
    else
        reader.complain(1, "the list is empty");
    while (reader.hasColumns()) {
        const auto record = csv.next();
        if (!record)
            break;
        if (record->line > mostLines) {
            reader.complain(record->line, "a list has at most " + std::to_string(mostLines) + " lines");
            break;
        }
        reader.readLine(*record);
    }
    return reader.take();
}

} // namespace rackmuster::power
