#include "core/media/ChecksumFile.h"

#include "core/base/FileDescriptor.h"
#include "core/base/Hex.h"
#include "core/base/Trimmed.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace rackmuster::media {

namespace {

constexpr std::uint64_t largestFile = 1U << 20U;   // bytes
constexpr std::size_t mostFolderEntries = 100'000; // of the image's folder, when looking for *-CHECKSUM
constexpr std::size_t longestName = 4096;          // bytes

constexpr std::array ownSuffixes{".sha256",  ".sha256sum", ".sha256.txt", ".sha512",   ".sha512sum", ".sha1",
                                 ".sha1sum", ".md5",       ".md5sum",     ".CHECKSUM", ".checksum"};
constexpr std::array commonNames{"CHECKSUM",      "CHECKSUMS",      "SHA256SUMS",     "SHA512SUMS",
                                 "SHA1SUMS",      "MD5SUMS",        "SHA256SUM",      "SHA512SUM",
                                 "sha256sum.txt", "sha512sum.txt",  "sha256sums.txt", "sha256sum",
                                 "md5sum.txt",    "CHECKSUM.SHA256"};
constexpr std::string_view blanks = " \t\r"; // of lines that end as on other systems
constexpr std::string_view commonSuffix = "-CHECKSUM";

std::string lastPart(std::string_view path) {
    return std::string(path.substr(path.find_last_of("/\\") + 1));
}

/// `digits` as a sum, when they are the digits of one.
std::optional<ChecksumLine> sumOf(std::string_view digits) {
    const auto kind = digestKindOf(digits.size());
    if (!kind || !std::all_of(digits.begin(), digits.end(), [](char c) { return hexValue(c).has_value(); }))
        return std::nullopt;
    ChecksumLine line{*kind, std::string(digits), {}};
    std::transform(line.hex.begin(), line.hex.end(), line.hex.begin(),
                   [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; });
    return line;
}

/// "SHA256 (file) = hex", as BSD and Fedora write it.
std::optional<ChecksumLine> parseTagged(std::string_view text) {
    constexpr std::string_view middle = ") = ";
    const std::size_t open = text.find(" (");
    const std::size_t close = text.rfind(middle);
    if (open == std::string_view::npos || close == std::string_view::npos || close < open + 2)
        return std::nullopt;
    auto line = sumOf(trimmed(text.substr(close + middle.size()), blanks));
    if (line)
        line->file = lastPart(text.substr(open + 2, close - open - 2));
    return line;
}

/// "hex  file", "hex *file" or "hex", as sha256sum writes it.
std::optional<ChecksumLine> parseListed(std::string_view text) {
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    auto line = sumOf(text.substr(0, end));
    if (!line)
        return std::nullopt;
    std::string_view name = trimmed(text.substr(end), blanks);
    if (name.starts_with('*'))
        name.remove_prefix(1);
    line->file = lastPart(name);
    return line;
}

std::optional<ChecksumLine> parseLine(std::string_view text) {
    if (text.starts_with("- ")) // RFC 4880 7.1: dash-escaped
        text.remove_prefix(2);
    text = trimmed(text, blanks);
    if (text.starts_with('\\')) // the name has escapes
        text.remove_prefix(1);
    if (text.empty() || text.size() > longestName || text.starts_with('#'))
        return std::nullopt;
    auto line = parseTagged(text);
    return line ? line : parseListed(text);
}

/// The lines about `name`; of a text that is about one image only, the single one that there is.
std::vector<PublishedSum> choose(const std::vector<ChecksumLine>& lines, const std::string& name,
                                 bool isAboutOne, const std::string& source) {
    std::vector<PublishedSum> out;
    for (const ChecksumLine& line : lines) {
        if (line.file == name)
            out.push_back({line.kind, line.hex, source});
    }
    if (out.empty() && isAboutOne && lines.size() == 1)
        out.push_back({lines.front().kind, lines.front().hex, source});
    return out;
}

std::optional<std::string> readSmall(const std::string& path) {
    const auto file = FileDescriptor::openForReading(path);
    if (!file)
        return std::nullopt;
    const auto size = file->size();
    if (!size || *size > largestFile)
        return std::nullopt;
    std::string text(static_cast<std::size_t>(*size), '\0');
    const std::span into(reinterpret_cast<std::uint8_t*>(text.data()), text.size());
    return file->readExactly(0, into) ? std::optional(text) : std::nullopt;
}

/// Names in `folder` that end as Fedora's and Rocky's checksum files do, in their order.
std::vector<std::string> fedoraNames(const std::string& folder) {
    std::vector<std::string> out;
    std::error_code error;
    std::size_t seen = 0;
    for (std::filesystem::directory_iterator entry(folder, error), end;
         !error && entry != end && seen < mostFolderEntries; entry.increment(error), ++seen) {
        std::string name = entry->path().filename().string();
        if (name.size() > commonSuffix.size() && name.ends_with(commonSuffix))
            out.push_back(std::move(name));
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace

std::vector<ChecksumLine> parseChecksums(std::string_view text) {
    std::vector<ChecksumLine> out;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with("-----BEGIN PGP SIGNATURE"))
            break;
        if (auto parsed = parseLine(line))
            out.push_back(std::move(*parsed));
    }
    return out;
}

std::vector<PublishedSum> findPublishedSums(const std::string& image) {
    const std::string name = lastPart(image);
    const std::string folder = image.substr(0, image.size() - name.size());
    std::vector<PublishedSum> out;
    const auto look = [&](const std::string& file, bool isAboutOne) {
        if (const auto text = readSmall(folder + file)) {
            for (PublishedSum& sum : choose(parseChecksums(*text), name, isAboutOne, file))
                out.push_back(std::move(sum));
        }
    };
    for (const char* const suffix : ownSuffixes)
        look(name + suffix, true);
    for (const char* const common : commonNames)
        look(common, false);
    for (const std::string& common : fedoraNames(folder.empty() ? "." : folder))
        look(common, common == name + std::string(commonSuffix));
    return out;
}

Result<std::vector<PublishedSum>> parsePastedSum(std::string_view text, const std::string& image) {
    auto sums = choose(parseChecksums(text), lastPart(image), true, "pasted");
    if (sums.empty())
        return fail(ErrorCode::Malformed, "The pasted checksum",
                    "no MD5, SHA-1, SHA-256 or SHA-512 sum of " + lastPart(image) + " is in it");
    return sums;
}

} // namespace rackmuster::media
