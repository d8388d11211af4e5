#include "core/media/TreeText.h"

#include <algorithm>

namespace rackmuster::media {

namespace {

constexpr std::string_view blanks = " \t\r\n\f\v";

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

std::string_view trim(std::string_view text) {
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lowerCase(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

std::vector<std::string_view> linesOf(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        out.push_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::vector<std::string_view> wordsOf(std::string_view line) {
    std::vector<std::string_view> out;
    for (line = trim(line); !line.empty(); line = trim(line)) {
        const std::size_t end = std::min(line.find_first_of(blanks), line.size());
        out.push_back(line.substr(0, end));
        line.remove_prefix(end);
    }
    return out;
}

std::string_view firstVersionIn(std::string_view text) {
    const std::size_t first = text.find_first_of("0123456789");
    if (first == std::string_view::npos)
        return {};
    std::size_t end = first;
    while (end < text.size() &&
           (isDigit(text[end]) || (text[end] == '.' && end + 1 < text.size() && isDigit(text[end + 1]))))
        ++end;
    return text.substr(first, end - first);
}

NameAndVersion splitVersion(std::string_view title) {
    const auto upTo = [title](std::string_view version) {
        std::string_view name =
            trim(title.substr(0, static_cast<std::size_t>(version.data() - title.data())));
        while (name.ends_with('-') || name.ends_with('_') || name.ends_with(' '))
            name.remove_suffix(1);
        return NameAndVersion{std::string(name), std::string(version)};
    };
    for (const std::string_view word : wordsOf(title)) {
        const bool hasLetter = word.starts_with('V') || word.starts_with('v');
        if (!isDigit(word[hasLetter && word.size() > 1 ? 1 : 0]))
            continue;
        const auto* const foreign = std::find_if(word.begin(), word.end(),
                                                 [](char c) { return static_cast<unsigned char>(c) > 0x7E; });
        return upTo(word.substr(0, static_cast<std::size_t>(foreign - word.begin())));
    }
    const std::string_view version = firstVersionIn(title);
    return version.empty() ? NameAndVersion{std::string(trim(title)), {}} : upTo(version);
}

IniText::IniText(std::string_view text) {
    Section* section = nullptr;
    for (const std::string_view rawLine : linesOf(text)) {
        const std::string_view line = trim(rawLine);
        if (line.empty() || line.front() == ';' || line.front() == '#')
            continue;
        if (line.front() == '[' && line.back() == ']') {
            section = &m_sections[std::string(trim(line.substr(1, line.size() - 2)))];
            continue;
        }
        const std::size_t equals = line.find_first_of("=:");
        if (section != nullptr && equals != std::string_view::npos)
            (*section)[lowerCase(trim(line.substr(0, equals)))] = std::string(trim(line.substr(equals + 1)));
    }
}

const std::string& IniText::value(std::string_view section, std::string_view key) const {
    static const std::string nothing;
    const auto found = m_sections.find(section);
    if (found == m_sections.end())
        return nothing;
    const auto entry = found->second.find(key);
    return entry == found->second.end() ? nothing : entry->second;
}

std::vector<std::string> IniText::sections() const {
    std::vector<std::string> out;
    for (const auto& [name, section] : m_sections)
        out.push_back(name);
    return out;
}

} // namespace rackmuster::media
