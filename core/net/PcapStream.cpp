#include "core/net/PcapStream.h"

namespace rackmuster::net {

namespace {

constexpr std::size_t fileHeaderSize = 24;
constexpr std::size_t recordHeaderSize = 16;
constexpr std::uint32_t microsecondMagic = 0xA1B2C3D4;
constexpr std::uint32_t nanosecondMagic = 0xA1B23C4D;
constexpr std::uint32_t ethernet = 1;
constexpr auto subject = "capture";

} // namespace

void PcapStream::append(Bytes piece) {
    m_buffer.erase(m_buffer.begin(), m_buffer.begin() + static_cast<std::ptrdiff_t>(m_consumed));
    m_consumed = 0;
    m_buffer.insert(m_buffer.end(), piece.begin(), piece.end());
}

Result<std::uint32_t> PcapStream::number(ByteReader& reader) const {
    return m_format->isBigEndian ? reader.u32be(subject) : reader.u32le(subject);
}

Result<void> PcapStream::readHeader(ByteReader& reader) {
    ByteReader little = reader;
    const std::uint32_t bigMagic = reader.u32be(subject).value_or(0);
    const std::uint32_t littleMagic = little.u32le(subject).value_or(0);
    const bool isBigEndian = bigMagic == microsecondMagic || bigMagic == nanosecondMagic;
    const std::uint32_t magic = isBigEndian ? bigMagic : littleMagic;
    if (magic != microsecondMagic && magic != nanosecondMagic)
        return fail(ErrorCode::Malformed, subject, "it is no pcap stream");
    m_format = Format{isBigEndian, magic == nanosecondMagic};
    // Version, time zone, accuracy and snapshot length tell nothing that is needed.
    if (auto skipped = reader.skip(fileHeaderSize - 8, subject); !skipped)
        return skipped;
    if (number(reader).value_or(0) != ethernet)
        return fail(ErrorCode::Malformed, subject, "it is not of Ethernet");
    return {};
}

Result<std::optional<PcapRecord>> PcapStream::readRecord(ByteReader& reader) const {
    if (reader.remaining() < recordHeaderSize)
        return std::nullopt;
    // The size was checked: these cannot fail.
    const std::chrono::seconds seconds(number(reader).value_or(0));
    const std::uint32_t fraction = number(reader).value_or(0);
    const std::uint32_t length = number(reader).value_or(0);
    PcapRecord record;
    record.originalLength = number(reader).value_or(0);
    if (length > longestRecord)
        return fail(ErrorCode::Malformed, subject, "a record of " + std::to_string(length) + " bytes");
    if (reader.remaining() < length)
        return std::nullopt;
    const std::chrono::milliseconds part(fraction / (m_format->isNanoseconds ? 1'000'000 : 1'000));
    record.time = WallTime(seconds + part);
    const Bytes bytes = reader.take(length, subject).value_or(Bytes());
    record.bytes.assign(bytes.begin(), bytes.end());
    return record;
}

Result<std::optional<PcapRecord>> PcapStream::next() {
    ByteReader reader(Bytes(m_buffer).subspan(m_consumed));
    if (!m_format) {
        if (reader.remaining() < fileHeaderSize)
            return std::nullopt;
        if (auto header = readHeader(reader); !header)
            return tl::unexpected(header.error());
        m_consumed += fileHeaderSize;
    }
    auto record = readRecord(reader);
    if (record && *record)
        m_consumed += recordHeaderSize + (*record)->bytes.size();
    return record;
}

} // namespace rackmuster::net
