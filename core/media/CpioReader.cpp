#include "core/media/CpioReader.h"

#include "core/base/ByteReader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace rackmuster::media {

namespace {

constexpr std::size_t headerSize = 110;
constexpr std::size_t magicSize = 6;
constexpr std::size_t fieldSize = 8; // hex digits
constexpr std::uint64_t longestName = 4096;
constexpr std::uint64_t padding = 4; // name and data end on multiples of it
constexpr std::uint64_t typeMask = 0170000;
constexpr std::uint64_t regularFile = 0100000;

enum Field : std::size_t { Mode = 1, FileSize = 6, NameSize = 11 };

tl::unexpected<Error> broken(std::string why) {
    return fail(ErrorCode::BrokenIso, "A package of the image", std::move(why));
}

tl::unexpected<Error> tooMuch(std::string why) {
    return fail(ErrorCode::NotAllowed, "Unpacking a package of the image", std::move(why));
}

std::optional<std::uint64_t> fieldOf(std::string_view header, Field field) {
    const std::string_view digits = header.substr(magicSize + field * fieldSize, fieldSize);
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    const bool isNumber = error == std::errc{} && end == digits.data() + digits.size();
    return isNumber ? std::optional(value) : std::nullopt;
}

struct Header {
    std::uint64_t mode = 0;
    std::uint64_t size = 0;
    std::uint64_t nameSize = 0;
};

Result<Header> parseHeader(std::string_view header) {
    const std::string_view magic = header.substr(0, magicSize);
    if (magic == "07070X")
        return tooMuch("its files are stored in the form for files above 4 GiB (07070X)");
    const auto mode = fieldOf(header, Mode);
    const auto size = fieldOf(header, FileSize);
    const auto nameSize = fieldOf(header, NameSize);
    if ((magic != "070701" && magic != "070702") || !mode || !size || !nameSize)
        return broken("its payload is not a cpio archive");
    if (*nameSize == 0 || *nameSize > longestName)
        return broken("a name in it is longer than " + std::to_string(longestName) + " bytes");
    return Header{*mode, *size, *nameSize};
}

/// Counts what it takes, so that the limit holds for all of the archive.
class Archive {
public:
    Archive(const ByteSource& source, const CpioLimits& limits) : m_source(source), m_limits(limits) {}

    Result<std::vector<CpioMember>> read(const std::function<bool(std::string_view path)>& wants);

private:
    Result<std::string> take(std::uint64_t count);
    Result<void> pass(std::uint64_t count);
    Result<void> fill(std::span<std::uint8_t> into);
    [[nodiscard]] std::uint64_t pad() const { return (padding - m_position % padding) % padding; }

    const ByteSource& m_source;
    CpioLimits m_limits;
    std::uint64_t m_position = 0;
};

Result<std::vector<CpioMember>> Archive::read(const std::function<bool(std::string_view path)>& wants) {
    std::vector<CpioMember> out;
    for (;;) {
        const auto header = take(headerSize).and_then(parseHeader);
        auto name = header ? take(header->nameSize) : tl::unexpected(header.error());
        const auto padded = name ? pass(pad()) : tl::unexpected(name.error());
        if (!padded)
            return tl::unexpected(padded.error());
        name->erase(std::min(name->find('\0'), name->size()));
        if (*name == "TRAILER!!!")
            return out;
        Result<void> passed;
        if ((header->mode & typeMask) != regularFile || header->size == 0 || !wants(*name)) {
            passed = pass(header->size);
        } else if (header->size > m_limits.member) {
            return tooMuch("a file in it is larger than " + std::to_string(m_limits.member) + " bytes");
        } else if (auto bytes = take(header->size)) {
            out.push_back({std::move(*name), std::move(*bytes)});
        } else {
            passed = tl::unexpected(bytes.error());
        }
        passed = passed ? pass(pad()) : passed;
        if (!passed)
            return tl::unexpected(passed.error());
    }
}

Result<std::string> Archive::take(std::uint64_t count) {
    std::string out;
    std::array<std::uint8_t, 64U << 10U> block{};
    while (out.size() < count) { // what is claimed costs no memory before it is there
        const auto part = std::span(block).first(std::min<std::size_t>(block.size(), count - out.size()));
        if (const auto filled = fill(part); !filled)
            return tl::unexpected(filled.error());
        out.append(asText(part));
    }
    return out;
}

Result<void> Archive::pass(std::uint64_t count) {
    if (count > m_limits.archive - m_position)
        return tooMuch("it is too large");
    std::array<std::uint8_t, 64U << 10U> block{};
    while (count > 0) {
        const auto part = std::span(block).first(std::min<std::size_t>(block.size(), count));
        if (auto filled = fill(part); !filled)
            return filled;
        count -= part.size();
    }
    return {};
}

Result<void> Archive::fill(std::span<std::uint8_t> into) {
    if (into.size() > m_limits.archive - m_position)
        return tooMuch("it is too large");
    m_position += into.size();
    while (!into.empty()) {
        const auto count = m_source(into);
        if (!count)
            return tl::unexpected(count.error());
        if (*count == 0)
            return broken("it ends in the middle of a file");
        into = into.subspan(*count);
    }
    return {};
}

} // namespace

Result<std::vector<CpioMember>> readCpio(const ByteSource& source,
                                         const std::function<bool(std::string_view path)>& wants,
                                         const CpioLimits& limits) {
    return Archive(source, limits).read(wants);
}

} // namespace rackmuster::media
