#include "core/media/RockRidge.h"

#include <string_view>
#include <utility>

namespace rackmuster::media {

namespace {

constexpr int maximumHops = 32;              // R43
constexpr std::size_t maximumText = 4096;    // R43: a path, so a name or target too
constexpr std::size_t extendedAreaSize = 14; // of CD-ROM XA, in front of SUSP on some discs

enum ComponentFlag : std::uint8_t { Continues = 0x01, Current = 0x02, Parent = 0x04, Root = 0x08 };

struct Continuation {
    std::uint32_t block = 0, offset = 0, size = 0;
};

/// Collects the entries of one record over all its areas.
class EntryCollector {
public:
    /// Error: Malformed.
    Result<void> readArea(Bytes area);
    /// The continuation that the last area named, once.
    [[nodiscard]] std::optional<Continuation> takeContinuation() {
        return std::exchange(m_next, std::nullopt);
    }
    [[nodiscard]] RockRidge take() { return std::move(m_out); }

private:
    Result<void> readEntry(std::string_view signature, ByteReader body);
    Result<void> readName(ByteReader body);
    Result<void> readLink(ByteReader body);
    Result<void> readComponent(std::uint8_t flags, std::string_view text);
    void readContinuation(ByteReader body);

    RockRidge m_out;
    std::optional<Continuation> m_next;
    bool m_nameIsSpecial = false;
    bool m_partIsOpen = false; // the last link component goes on in the next one
};

Result<void> EntryCollector::readArea(Bytes area) {
    ByteReader reader(area);
    while (reader.remaining() >= 4) {
        const auto signature = reader.take(2, "a system use entry");
        const auto length = reader.u8("a system use entry");
        const auto version = reader.u8("a system use entry");
        if (!signature || !length || !version || *length < 4)
            return {};
        const auto body = reader.take(std::size_t{*length} - 4, "a system use entry");
        if (!body)
            return {};
        if (asText(*signature) == "ST")
            return {};
        if (auto read = readEntry(asText(*signature), ByteReader(*body)); !read)
            return read;
    }
    return {};
}

Result<void> EntryCollector::readEntry(std::string_view signature, ByteReader body) {
    if (signature == "NM")
        return readName(body);
    if (signature == "SL")
        return readLink(body);
    if (signature == "CE")
        readContinuation(body);
    else if (signature == "RE")
        m_out.isRelocated = true;
    else if (signature == "ZF" || signature == "SF")
        m_out.isEncoded = true;
    else if (signature == "PX" || signature == "RR")
        m_out.isPresent = true;
    else if (signature == "ER") {
        const std::string_view text = asText(body.rest());
        if (text.find("RRIP_1991A") != text.npos || text.find("IEEE_P1282") != text.npos ||
            text.find("IEEE_1282") != text.npos)
            m_out.isPresent = true;
    } else if (signature == "CL") {
        if (const auto block = body.u32le("CL"))
            m_out.childBlock = *block;
    }
    return {};
}

Result<void> EntryCollector::readName(ByteReader body) {
    const auto flags = body.u8("NM");
    if (!flags)
        return {};
    m_out.isPresent = true;
    if ((*flags & (Current | Parent)) != 0 || m_nameIsSpecial) {
        m_nameIsSpecial = true; // "." or "..": no name of its own
        m_out.name.reset();
        return {};
    }
    if (!m_out.name)
        m_out.name.emplace();
    m_out.name->append(asText(body.rest()));
    if (m_out.name->size() > maximumText)
        return fail(ErrorCode::Malformed, "A Rock Ridge name", "it is longer than 4096 bytes");
    return {};
}

Result<void> EntryCollector::readLink(ByteReader body) {
    const auto entryFlags = body.u8("SL"); // whether another SL follows; the next one tells by itself
    if (!entryFlags)
        return {};
    if (!m_out.linkTarget)
        m_out.linkTarget.emplace();
    while (body.remaining() >= 2) {
        const auto flags = body.u8("SL");
        const auto length = body.u8("SL");
        const auto text = body.take(length ? *length : 0, "SL");
        if (!flags || !text)
            return {};
        if (auto read = readComponent(*flags, asText(*text)); !read)
            return read;
    }
    return {};
}

Result<void> EntryCollector::readComponent(std::uint8_t flags, std::string_view text) {
    std::string& target = *m_out.linkTarget;
    if ((flags & Root) != 0) {
        target.assign(1, '/');
        m_partIsOpen = false;
        return {};
    }
    if (!m_partIsOpen && !target.empty() && !target.ends_with('/'))
        target += '/';
    if ((flags & Current) != 0)
        target += '.';
    else if ((flags & Parent) != 0)
        target += "..";
    else
        target += text;
    m_partIsOpen = (flags & Continues) != 0;
    if (target.size() > maximumText)
        return fail(ErrorCode::Malformed, "A symbolic link", "it is longer than 4096 bytes");
    return {};
}

void EntryCollector::readContinuation(ByteReader body) {
    // Each number stands twice, little end first.
    const auto block = body.u32le("CE");
    const auto skipped = body.skip(4, "CE");
    const auto offset = body.u32le("CE");
    const auto skippedToo = body.skip(4, "CE");
    const auto size = body.u32le("CE");
    if (block && skipped && offset && skippedToo && size)
        m_next = Continuation{*block, *offset, *size};
}

} // namespace

Result<RockRidge> parseRockRidge(Bytes systemUse, const ContinuationSource& continuation) {
    EntryCollector collector;
    if (const auto read = collector.readArea(systemUse); !read)
        return tl::unexpected(read.error());
    int hops = 0;
    while (const auto next = collector.takeContinuation()) {
        if (++hops > maximumHops)
            return fail(ErrorCode::Malformed, "A Rock Ridge entry", "it is continued more than 32 times");
        const auto area = continuation(next->block, next->offset, next->size);
        if (!area)
            return tl::unexpected(area.error());
        if (const auto read = collector.readArea(*area); !read)
            return tl::unexpected(read.error());
    }
    return collector.take();
}

std::optional<std::size_t> suspSkip(Bytes systemUse) {
    for (const std::size_t start : {std::size_t{0}, extendedAreaSize}) {
        ByteReader reader(systemUse);
        const auto signature = reader.skip(start, "SP").and_then([&] { return reader.take(2, "SP"); });
        const auto header = reader.skip(2, "SP"); // length and version
        const auto check = reader.u16be("SP");
        const auto skip = reader.u8("SP");
        if (signature && header && check && skip && asText(*signature) == "SP" && *check == 0xBEEF)
            return *skip;
    }
    return std::nullopt;
}

} // namespace rackmuster::media
