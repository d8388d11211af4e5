#include "core/media/SuseContent.h"

#include "core/media/TreeInfo.h"
#include "core/media/TreeText.h"

#include <algorithm>
#include <map>
#include <utility>

namespace rackmuster::media {

namespace {

constexpr auto suse = boot::InstallerFamily::Suse;

/// "SUSE Linux Enterprise Server 11 SP3" is what people call it; the version stands beside it.
std::string nameFromLabel(std::string_view label, std::string_view version) {
    const std::string_view major = version.substr(0, version.find('.'));
    const auto words = wordsOf(label);
    const auto at = std::find_if(words.begin(), words.end(), [&](std::string_view word) {
        return !major.empty() && (word == major || word == version);
    });
    if (at == words.begin() || at == words.end())
        return std::string(label);
    return std::string(trim(label.substr(0, static_cast<std::size_t>(at->data() - label.data()))));
}

/// "12.3" of "cpe:/o:suse:sles:12:sp3", "42.3" of "cpe:/o:opensuse:leap:42.3".
std::string versionFromCpe(std::string_view cpe) {
    std::vector<std::string_view> fields;
    while (!cpe.empty()) {
        const std::size_t colon = std::min(cpe.find(':'), cpe.size());
        fields.push_back(cpe.substr(0, colon));
        cpe.remove_prefix(std::min(colon + 1, cpe.size()));
    }
    if (fields.size() < 5)
        return {};
    std::string out(fields[4]);
    if (fields.size() > 5 && fields[5].starts_with("sp") && fields[5].size() > 2)
        out.append(".").append(fields[5].substr(2));
    return out;
}

/// Media for several processors name the smaller ones first or last; the servers are of this one.
std::string architectureFrom(std::string_view list) {
    const auto words = wordsOf(list);
    if (words.empty() || std::find(words.begin(), words.end(), "x86_64") != words.end())
        return words.empty() ? std::string() : "x86_64";
    return std::string(words.front());
}

} // namespace

std::optional<SuseContent> parseSuseContent(std::string_view text) {
    std::map<std::string, std::string_view, std::less<>> values;
    SuseContent out;
    for (const std::string_view line : linesOf(text)) {
        const auto words = wordsOf(line);
        if (words.size() < 2)
            continue;
        const auto from = static_cast<std::size_t>(words[1].data() - line.data());
        values.emplace(std::string(words[0]), trim(line.substr(from)));
        if (const std::string_view path = words.back(); words[0] == "HASH" && path.starts_with("boot/") &&
                                                        (path.ends_with("/linux")) && out.kernel.empty())
            out.kernel = std::string(path);
    }
    const auto valueOf = [&values](std::string_view key) {
        const auto found = values.find(key);
        return found == values.end() ? std::string_view() : found->second;
    };
    const std::string_view distro = valueOf("DISTRO");
    const std::size_t comma = std::min(distro.find(','), distro.size());
    const std::string_view label =
        valueOf("LABEL").empty() ? trim(distro.substr(std::min(comma + 1, distro.size()))) : valueOf("LABEL");
    Distribution& what = out.distribution;
    what.family = suse;
    what.version = valueOf("VERSION").empty() ? versionFromCpe(distro.substr(0, comma))
                                              : std::string(valueOf("VERSION"));
    what.name = nameFromLabel(label, what.version);
    what.arch = architectureFrom(valueOf("BASEARCHS"));
    if (what.arch.empty())
        what.arch = std::string(architectureIn(valueOf("REPOID")));
    if (what.name.empty() || !values.contains("CONTENTSTYLE"))
        return std::nullopt;
    return out;
}

std::optional<Distribution> parseSuseProducts(std::string_view text) {
    const auto lines = linesOf(text);
    const auto words = lines.empty() ? std::vector<std::string_view>() : wordsOf(lines.front());
    if (words.size() < 3 || !words[0].starts_with('/'))
        return std::nullopt;
    Distribution out;
    out.family = suse;
    out.name = std::string(words[1]);
    std::replace(out.name.begin(), out.name.end(), '-', ' ');
    out.version = std::string(words[2].substr(0, words[2].rfind('-')));
    return out;
}

std::optional<Distribution> parseSuseMedia(std::string_view text) {
    const auto lines = linesOf(text);
    const std::string_view line = lines.empty() ? std::string_view() : lines.front();
    const std::size_t dash = line.find(" - ");
    if (dash == std::string_view::npos)
        return std::nullopt;
    Distribution out = parseVolumeLabel(trim(line.substr(dash + 3)));
    std::replace(out.name.begin(), out.name.end(), '-', ' ');
    out.family = suse;
    if (out.name.empty() || out.version.empty())
        return std::nullopt;
    return out;
}

} // namespace rackmuster::media
