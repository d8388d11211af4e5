#include "core/media/ImplantedSum.h"

#include "core/base/Hex.h"
#include "core/media/IsoVolume.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace rackmuster::media {

namespace {

// ECMA-119 8.4: where things are in a primary volume descriptor.
constexpr std::size_t volumeSizeOffset = 80;
constexpr std::size_t applicationUseOffset = 883;
constexpr std::size_t applicationUseSize = 512;
constexpr unsigned primaryType = 1;
constexpr unsigned terminatorType = 255;
constexpr std::uint64_t firstDescriptor = 16; // sector
constexpr int mostDescriptors = 32;

/// What follows `label` in "LABEL = value;".
std::string_view valueOf(std::string_view area, std::string_view label) {
    const std::size_t start = area.find(label);
    if (start == std::string_view::npos)
        return {};
    area.remove_prefix(start + label.size());
    return area.substr(0, area.find(';'));
}

std::optional<std::string> md5Of(std::string_view text) {
    std::string digits(text.substr(0, hexDigitsOf(DigestKind::Md5)));
    for (char& digit : digits) {
        if (!hexValue(digit))
            return std::nullopt;
        digit = digit >= 'A' && digit <= 'F' ? static_cast<char>(digit - 'A' + 'a') : digit;
    }
    return digits.size() == hexDigitsOf(DigestKind::Md5) ? std::optional(digits) : std::nullopt;
}

std::optional<std::uint64_t> numberOf(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end != text.data() ? std::optional(number) : std::nullopt;
}

} // namespace

std::optional<ImplantedSum> parseImplantedSum(Bytes descriptor, std::uint64_t offset) {
    ByteReader reader(descriptor);
    if (!reader.seek(volumeSizeOffset, "volume size"))
        return std::nullopt;
    const auto sectors = reader.u32le("volume size");
    if (!sectors || !reader.seek(applicationUseOffset, "application use"))
        return std::nullopt;
    const auto bytes = reader.take(applicationUseSize, "application use");
    if (!bytes)
        return std::nullopt;
    const std::string_view area = asText(*bytes);
    const auto md5 = md5Of(valueOf(area, "ISO MD5SUM = "));
    const auto skipped = numberOf(valueOf(area, "SKIPSECTORS = "));
    if (!md5 || !skipped || *skipped >= *sectors)
        return std::nullopt;
    return ImplantedSum{*md5, offset + applicationUseOffset, (*sectors - *skipped) * isoSectorSize};
}

Result<std::optional<ImplantedSum>> readImplantedSum(const FileDescriptor& file) {
    for (std::uint64_t sector = firstDescriptor; sector < firstDescriptor + mostDescriptors; ++sector) {
        std::array<std::uint8_t, isoSectorSize> descriptor{};
        const auto read = file.readExactly(sector * isoSectorSize, descriptor);
        if (!read && read.error().code == ErrorCode::Truncated)
            return std::nullopt;
        if (!read)
            return tl::unexpected(read.error());
        const unsigned type = descriptor.front();
        if (asText(Bytes(descriptor).subspan(1, 5)) != "CD001" || type == terminatorType)
            return std::nullopt;
        if (type == primaryType)
            return parseImplantedSum(descriptor, sector * isoSectorSize);
    }
    return std::nullopt;
}

ImplantedCheck::ImplantedCheck(ImplantedSum expected, Digest md5)
    : m_expected(std::move(expected)), m_md5(std::move(md5)) {}

void ImplantedCheck::add(Bytes bytes) {
    static constexpr auto blanks = [] {
        std::array<std::uint8_t, applicationUseSize> area{};
        for (std::uint8_t& byte : area)
            byte = ' ';
        return area;
    }();
    // Up to three pieces: before the area, of the area, behind it.
    const auto borders = {m_expected.areaOffset, m_expected.areaOffset + applicationUseSize,
                          m_expected.length};
    for (const std::uint64_t border : borders) {
        const std::uint64_t end = std::min(border, m_expected.length);
        if (bytes.empty() || m_done >= end)
            continue;
        const Bytes piece =
            bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), end - m_done)));
        const bool isArea =
            m_done >= m_expected.areaOffset && m_done < m_expected.areaOffset + applicationUseSize;
        m_md5.add(isArea ? Bytes(blanks).first(piece.size()) : piece);
        m_done += piece.size();
        bytes = bytes.subspan(piece.size());
    }
}

bool ImplantedCheck::finish() {
    return m_md5.finish() == m_expected.md5 && m_done == m_expected.length;
}

} // namespace rackmuster::media
