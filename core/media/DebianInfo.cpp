#include "core/media/DebianInfo.h"

#include "core/media/TreeText.h"

#include <algorithm>
#include <array>

namespace rackmuster::media {

namespace {

constexpr std::array<std::string_view, 16> debianArchitectures{
    "amd64",    "i386",   "arm64",   "armhf",   "armel", "ppc64el", "powerpc", "s390x",
    "mips64el", "mipsel", "riscv64", "loong64", "ia64",  "hppa",    "sparc64", "multi-arch"};

bool isVersion(std::string_view word) {
    return !word.empty() && word.front() >= '0' && word.front() <= '9';
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
    if (lines.empty())
        return std::nullopt;
    const std::string_view line = trim(lines.front());
    const auto words = wordsOf(line);
    const auto version = std::find_if(words.begin(), words.end(), isVersion);
    if (version == words.end() || version == words.begin())
        return std::nullopt;
    Distribution out;
    out.family = boot::InstallerFamily::Debian;
    out.version = std::string(*version);
    out.name = std::string(trim(line.substr(0, static_cast<std::size_t>(version->data() - line.data()))));
    const auto arch = std::find_if(version, words.end(), [](std::string_view word) {
        return std::find(debianArchitectures.begin(), debianArchitectures.end(), word) !=
               debianArchitectures.end();
    });
    if (arch != words.end())
        out.arch = std::string(*arch);
    if (const auto codeName = wordsOf(codeNameIn(line)); !codeName.empty())
        out.suite = lowerCase(codeName.front());
    return out;
}

} // namespace rackmuster::media
