#include "core/base/ByteReader.h"

namespace rackmuster {

Result<Bytes> ByteReader::take(std::size_t count, std::string_view field) {
    if (count > remaining())
        return fail(ErrorCode::Truncated, std::string(field));
    const Bytes taken = m_bytes.subspan(m_position, count);
    m_position += count;
    return taken;
}

Result<std::uint8_t> ByteReader::u8(std::string_view field) {
    return take(1, field).map([](Bytes b) { return b[0]; });
}

Result<std::uint16_t> ByteReader::u16be(std::string_view field) {
    return take(2, field).map([](Bytes b) { return static_cast<std::uint16_t>(b[0] << 8U | b[1]); });
}

Result<std::uint32_t> ByteReader::u32be(std::string_view field) {
    return take(4, field).map([](Bytes b) {
        return std::uint32_t{b[0]} << 24U | std::uint32_t{b[1]} << 16U | std::uint32_t{b[2]} << 8U | b[3];
    });
}

Result<std::uint16_t> ByteReader::u16le(std::string_view field) {
    return take(2, field).map([](Bytes b) { return static_cast<std::uint16_t>(b[1] << 8U | b[0]); });
}

Result<std::uint32_t> ByteReader::u32le(std::string_view field) {
    return take(4, field).map([](Bytes b) {
        return std::uint32_t{b[3]} << 24U | std::uint32_t{b[2]} << 16U | std::uint32_t{b[1]} << 8U | b[0];
    });
}

Result<std::uint64_t> ByteReader::u64le(std::string_view field) {
    return take(8, field).map([](Bytes b) {
        std::uint64_t value = 0;
        for (std::size_t i = 8; i-- > 0;)
            value = value << 8U | b[i];
        return value;
    });
}

Result<void> ByteReader::skip(std::size_t count, std::string_view field) {
    return take(count, field).map([](Bytes) {});
}

Result<void> ByteReader::seek(std::size_t position, std::string_view field) {
    if (position > m_bytes.size())
        return fail(ErrorCode::Truncated, std::string(field));
    m_position = position;
    return {};
}

Result<std::string_view> ByteReader::cString(std::string_view field) {
    const std::string_view text = asText(rest());
    const std::size_t end = text.find('\0');
    if (end == std::string_view::npos)
        return fail(ErrorCode::Truncated, std::string(field));
    m_position += end + 1;
    return text.substr(0, end);
}

} // namespace rackmuster
