#include "core/base/ByteWriter.h"

namespace rackmuster {

void ByteWriter::u8(std::uint8_t value) {
    m_bytes.push_back(value);
}

void ByteWriter::u16be(std::uint16_t value) {
    u8(static_cast<std::uint8_t>(value >> 8U));
    u8(static_cast<std::uint8_t>(value & 0xFFU));
}

void ByteWriter::u32be(std::uint32_t value) {
    u16be(static_cast<std::uint16_t>(value >> 16U));
    u16be(static_cast<std::uint16_t>(value & 0xFFFFU));
}

void ByteWriter::u16le(std::uint16_t value) {
    u8(static_cast<std::uint8_t>(value & 0xFFU));
    u8(static_cast<std::uint8_t>(value >> 8U));
}

void ByteWriter::u32le(std::uint32_t value) {
    u16le(static_cast<std::uint16_t>(value & 0xFFFFU));
    u16le(static_cast<std::uint16_t>(value >> 16U));
}

void ByteWriter::u64le(std::uint64_t value) {
    u32le(static_cast<std::uint32_t>(value & 0xFFFFFFFFU));
    u32le(static_cast<std::uint32_t>(value >> 32U));
}

void ByteWriter::bytes(Bytes value) {
    m_bytes.insert(m_bytes.end(), value.begin(), value.end());
}

void ByteWriter::text(std::string_view value) {
    bytes(asBytes(value));
}

void ByteWriter::fill(std::size_t count, std::uint8_t value) {
    m_bytes.insert(m_bytes.end(), count, value);
}

void ByteWriter::padTo(std::size_t size) {
    if (m_bytes.size() < size)
        m_bytes.resize(size);
}

void ByteWriter::putU16be(std::size_t position, std::uint16_t value) {
    m_bytes.at(position) = static_cast<std::uint8_t>(value >> 8U);
    m_bytes.at(position + 1) = static_cast<std::uint8_t>(value & 0xFFU);
}

} // namespace rackmuster
