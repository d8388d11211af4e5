#include "core/media/SuseContent.h"

#include "core/media/TreeText.h"

#include <algorithm>
#include <map>
#include <string>

namespace rackmuster::media {

namespace {

/// "SUSE Linux Enterprise Server 11 SP3" is what people call it; the version stands beside it.
std::string nameFromLabel(std::string_view label, std::string_view version) {
    const std::string_view major = version.substr(0, version.find('.'));
    const auto words = wordsOf(label);
    const auto at = std::find(words.begin(), words.end(), major);
    if (major.empty() || at == words.begin() || at == words.end())
        return std::string(label);
    return std::string(trim(label.substr(0, static_cast<std::size_t>(at->data() - label.data()))));
}

} // namespace

std::optional<Distribution> parseSuseContent(std::string_view text) {
    std::map<std::string, std::string_view, std::less<>> values;
    for (const std::string_view line : linesOf(text)) {
        if (const auto words = wordsOf(line); words.size() > 1) {
            const auto from = static_cast<std::size_t>(words[1].data() - line.data());
            values.emplace(std::string(words[0]), trim(line.substr(from)));
        }
    }
    const auto valueOf = [&values](std::string_view key) {
        const auto found = values.find(key);
        return found == values.end() ? std::string_view() : found->second;
    };
    Distribution out;
    out.version = std::string(valueOf("VERSION"));
    out.name = nameFromLabel(valueOf("LABEL"), out.version);
    out.arch = std::string(valueOf("BASEARCHS"));
    if (out.name.empty() || !values.contains("CONTENTSTYLE"))
        return std::nullopt;
    return out;
}

std::optional<Distribution> parseSuseProducts(std::string_view text) {
    const auto lines = linesOf(text);
    const auto words = lines.empty() ? std::vector<std::string_view>() : wordsOf(lines.front());
    if (words.size() < 3 || !words[0].starts_with('/'))
        return std::nullopt;
    Distribution out;
    out.name = std::string(words[1]);
    std::replace(out.name.begin(), out.name.end(), '-', ' ');
    out.version = std::string(words[2].substr(0, words[2].rfind('-')));
    return out;
}

} // namespace rackmuster::media
