#include "core/media/DebianInfo.h"

#include "core/media/TreeText.h"

#include <algorithm>
#include <array>

namespace rackmuster::media {

namespace {

constexpr std::array<std::string_view, 16> debianArchitectures{
    "amd64",    "i386",   "arm64",   "armhf",   "armel", "ppc64el", "powerpc", "s390x",
    "mips64el", "mipsel", "riscv64", "loong64", "ia64",  "hppa",    "sparc64", "multi-arch"};

/// "12.5.0", "V10"; and what stands in its place on images between two releases.
bool isVersion(std::string_view word) {
    constexpr std::array<std::string_view, 5> names{"testing", "unstable", "sid", "rolling", "kali-rolling"};
    return !splitVersion(word).version.empty() ? splitVersion(word).name.empty()
                                               : std::find(names.begin(), names.end(), word) != names.end();
}

/// "amd64" of "amd64", "amd64/i386" (media for both) and "amd64+mac"; empty when it is no architecture.
std::string_view architectureOf(std::string_view word) {
    const std::string_view first = word.substr(0, word.find_first_of("/+"));
    const auto* const found = std::find(debianArchitectures.begin(), debianArchitectures.end(), first);
    return found == debianArchitectures.end() ? std::string_view() : first;
}

/// What stands before the code name, or else before " - ": name and version.
std::string_view titleIn(std::string_view line) {
    return trim(line.substr(0, std::min(line.find('"'), line.find(" - "))));
}

/// The text between the first pair of quotes.
std::string_view codeNameIn(std::string_view text) {
    const std::size_t open = text.find('"');
    const std::size_t close = open == std::string_view::npos ? open : text.find('"', open + 1);
    return close == std::string_view::npos ? std::string_view() : text.substr(open + 1, close - open - 1);
}

} // namespace

std::optional<Distribution> parseDiskInfo(std::string_view text) {
    const auto lines = linesOf(text);
    const std::string_view line = lines.empty() ? std::string_view() : trim(lines.front());
    const std::string_view title = titleIn(line);
    const auto words = wordsOf(title);
    const auto version = std::find_if(words.begin(), words.end(), isVersion);
    if (version == words.end() || version == words.begin())
        return std::nullopt;
    Distribution out;
    out.family = boot::InstallerFamily::Debian;
    out.version = std::string(*version);
    out.name = std::string(trim(title.substr(0, static_cast<std::size_t>(version->data() - title.data()))));
    for (const std::string_view word :
         wordsOf(line.substr(static_cast<std::size_t>(version->data() - line.data())))) {
        if (const std::string_view arch = architectureOf(word); !arch.empty() && out.arch.empty())
            out.arch = std::string(arch);
    }
    if (const auto codeName = wordsOf(codeNameIn(line)); !codeName.empty())
        out.suite = lowerCase(codeName.front());
    return out;
}

} // namespace rackmuster::media
