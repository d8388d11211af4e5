// Build tool: compiles IEEE registries into the vendor table that engine::Vendors reads (format: README.md).
//
//   make_oui_table OUTPUT [REGISTRY.csv]...
//
// A registry line is `Registry,Assignment,Organization Name,Organization Address`, quoted as in RFC 4180;
// Assignment is the prefix in 6, 7 or 9 hexadecimal digits.

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::array<std::size_t, 3> prefixDigits{6, 7, 9};
constexpr unsigned tableBits = 40;
constexpr std::size_t maximumNames = 65535;

/// Names as operators say them: the first entry whose words begin the registered name, in lower case.
struct Alias {
    std::string_view registered;
    std::string_view shown;
};
constexpr std::array aliases{
    Alias{"arista network", "Arista"},
    Alias{"asrock", "ASRock"},
    Alias{"asustek", "ASUS"},
    Alias{"broadcom", "Broadcom"},
    Alias{"cisco systems", "Cisco"},
    Alias{"dawning information", "Sugon"},
    Alias{"dell emc", "Dell"},
    Alias{"dell inc", "Dell"},
    Alias{"dell technologies", "Dell"},
    Alias{"fujitsu", "Fujitsu"},
    Alias{"giga-byte", "Gigabyte"},
    Alias{"hangzhou h3c", "H3C"},
    Alias{"hewlett packard enterprise", "HPE"},
    Alias{"hewlett packard", "HP"},
    Alias{"hon hai precision", "Foxconn"},
    Alias{"huawei", "Huawei"},
    Alias{"ibm", "IBM"},
    Alias{"inspur", "Inspur"},
    Alias{"intel corp", "Intel"},
    Alias{"juniper networks", "Juniper"},
    Alias{"lenovo", "Lenovo"},
    Alias{"mellanox", "Mellanox"},
    Alias{"new h3c", "H3C"},
    Alias{"nvidia", "NVIDIA"},
    Alias{"quanta computer", "Quanta"},
    Alias{"realtek", "Realtek"},
    Alias{"sugon", "Sugon"},
    Alias{"super micro computer", "Supermicro"},
    Alias{"vmware", "VMware"},
    Alias{"wiwynn", "Wiwynn"},
    Alias{"xfusion", "xFusion"},
    Alias{"zte corporation", "ZTE"},
};

// Forms of business that say nothing about who it is, without dots and in lower case.
constexpr std::array<std::string_view, 36> legalForms{
    "&",       "ab",   "ag",        "aps",         "as",  "a/s", "bv",   "co",   "coltd",
    "company", "corp", "corporate", "corporation", "cv",  "de",  "gmbh", "inc",  "incorporated",
    "int'l",   "kg",   "kk",        "limited",     "llc", "llp", "ltd",  "ltda", "nv",
    "oy",      "oyj",  "plc",       "pte",         "pty", "sa",  "spa",  "srl",  "sro"};

// Holders of blocks that others use.
constexpr std::array<std::string_view, 2> nobody{"ieee registration authority", "private"};

std::string folded(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool isLegalForm(std::string_view word) {
    std::string bare = folded(word);
    std::erase_if(bare, [](char c) { return c == '.' || c == '(' || c == ')'; });
    return bare.empty() || std::find(legalForms.begin(), legalForms.end(), bare) != legalForms.end();
}

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        const bool isSeparator = c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r';
        if (!isSeparator)
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    if (words.back().empty())
        words.pop_back();
    return words;
}

/// Empty when the block has no user of its own.
std::string shortName(std::string_view registered) {
    std::vector<std::string> words = wordsOf(registered);
    std::string whole;
    for (const std::string& word : words)
        whole += (whole.empty() ? "" : " ") + folded(word);
    if (std::find(nobody.begin(), nobody.end(), whole) != nobody.end())
        return {};
    for (const Alias& alias : aliases) {
        if (whole.starts_with(alias.registered))
            return std::string(alias.shown);
    }
    while (words.size() > 1 && isLegalForm(words.back()))
        words.pop_back();
    std::string out;
    for (const std::string& word : words)
        out += (out.empty() ? "" : " ") + word;
    return out;
}

/// The next record's fields from `text`, which is shortened by it. RFC 4180: quotes, doubled quotes, line
/// ends in quotes.
std::vector<std::string> takeRecord(std::string_view& text) {
    std::vector<std::string> fields(1);
    bool isQuoted = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"') {
            const bool isDoubled = isQuoted && i + 1 < text.size() && text[i + 1] == '"';
            if (isDoubled)
                fields.back() += text[++i];
            else
                isQuoted = !isQuoted;
        } else if (c == ',' && !isQuoted) {
            fields.emplace_back();
        } else if (c == '\n' && !isQuoted) {
            ++i;
            break;
        } else if (c != '\r' || isQuoted) {
            fields.back() += c;
        }
    }
    text.remove_prefix(i);
    return fields;
}

/// Prefixes, left-aligned in 40 bits, with their names; one map for each prefix length.
using Prefixes = std::array<std::map<std::uint64_t, std::string>, prefixDigits.size()>;

/// The number of digits says the length; nothing for a header line or a length that is not in use.
std::optional<std::size_t> lengthIndex(std::string_view digits) {
    const auto* found = std::find(prefixDigits.begin(), prefixDigits.end(), digits.size());
    const bool isHex =
        std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return std::isxdigit(c); });
    if (found == prefixDigits.end() || !isHex)
        return std::nullopt;
    return static_cast<std::size_t>(found - prefixDigits.begin());
}

void addPrefix(Prefixes& prefixes, std::string_view digits, std::string name) {
    const auto index = lengthIndex(digits);
    if (!index || name.empty())
        return;
    std::uint64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    value <<= tableBits - 4 * digits.size();
    constexpr std::uint64_t localBit = std::uint64_t{0x02} << (tableBits - 8);
    const bool isLocal = (value & localBit) != 0; // some old blocks are; their addresses are anybody's
    if (!isLocal)
        prefixes[*index].try_emplace(value, std::move(name));
}

bool readRegistry(const char* path, Prefixes& prefixes) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return false;
    const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    std::string_view rest = content;
    while (!rest.empty()) {
        const auto fields = takeRecord(rest);
        if (fields.size() >= 3)
            addPrefix(prefixes, fields[1], shortName(fields[2]));
    }
    return !file.bad();
}

void writeNumber(std::ostream& out, std::uint64_t value, unsigned bytes) {
    for (unsigned shift = 8 * bytes; shift > 0; shift -= 8)
        out.put(static_cast<char>(value >> (shift - 8) & 0xFFU));
}

bool writeTable(const char* path, const Prefixes& prefixes) {
    std::map<std::string, std::size_t> names;
    for (const auto& section : prefixes) {
        for (const auto& [prefix, name] : section)
            names.emplace(name, 0);
    }
    if (names.size() > maximumNames)
        return false;
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    writeNumber(out, names.size(), 4);
    std::size_t number = 0;
    for (auto& [name, place] : names) {
        place = number++;
        out << name << '\0';
    }
    for (const auto& section : prefixes) {
        writeNumber(out, section.size(), 4);
        for (const auto& [prefix, name] : section) {
            writeNumber(out, prefix, tableBits / 8);
            writeNumber(out, names.at(name), 2);
        }
    }
    return static_cast<bool>(out.flush());
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: make_oui_table OUTPUT [REGISTRY.csv]...\n";
        return 2;
    }
    Prefixes prefixes;
    for (int i = 2; i < argc; ++i) {
        if (!readRegistry(argv[i], prefixes)) {
            std::cerr << "make_oui_table: cannot read " << argv[i] << '\n';
            return 1;
        }
    }
    // Locally administered, registered nowhere, and on every virtual rack.
    prefixes[0].emplace(std::uint64_t{0x525400} << 16U, "QEMU");
    if (!writeTable(argv[1], prefixes)) {
        std::cerr << "make_oui_table: cannot write " << argv[1] << '\n';
        return 1;
    }
    return 0;
}
