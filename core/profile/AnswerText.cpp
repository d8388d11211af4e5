#include "core/profile/AnswerText.h"

#include <algorithm>

namespace rackmuster::profile {

namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view wordEnds = " \t\r\n";

} // namespace

std::vector<std::string_view> linesWithEnds(std::string_view text) {
    std::vector<std::string_view> out;
    while (!text.empty()) {
        const std::size_t feed = text.find('\n');
        const std::size_t length = feed == std::string_view::npos ? text.size() : feed + 1;
        out.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return out;
}

std::string_view firstWord(std::string_view line) {
    const std::size_t start = line.find_first_not_of(blanks);
    if (start == std::string_view::npos)
        return {};
    line.remove_prefix(start);
    return line.substr(0, line.find_first_of(wordEnds));
}

std::string_view afterFirstWord(std::string_view line) {
    const std::string_view word = firstWord(line);
    if (word.empty())
        return {};
    line.remove_prefix(static_cast<std::size_t>(word.data() - line.data()) + word.size());
    line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
    return line;
}

std::string withLineFeeds(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!text.substr(i).starts_with("\r\n"))
            out += text[i];
    }
    return out;
}

bool hasControlCharacter(std::string_view text) {
    const bool hasAscii = std::any_of(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
    });
    return hasAscii || text.find("\xC2\x85") != text.npos || text.find("\xE2\x80\xA8") != text.npos ||
           text.find("\xE2\x80\xA9") != text.npos;
}

std::string shellQuoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'')
            out += R"('"'"')";
        else
            out += c;
    }
    return out + "'";
}

} // namespace rackmuster::profile
