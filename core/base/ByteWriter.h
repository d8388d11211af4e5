#pragma once

#include "core/base/ByteReader.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace rackmuster {

/// Builds a packet or record front to back. The names tell the order of the bytes.
class ByteWriter {
public:
    void u8(std::uint8_t value);
    void u16be(std::uint16_t value);
    void u32be(std::uint32_t value);
    void u16le(std::uint16_t value);
    void u32le(std::uint32_t value);
    void u64le(std::uint64_t value);
    void bytes(Bytes value);
    void text(std::string_view value);
    /// `count` times `value`.
    void fill(std::size_t count, std::uint8_t value = 0);
    /// Zeros up to a total of `size`; nothing when already there.
    void padTo(std::size_t size);
    /// Overwrites two bytes at `position`, which must have been written.
    void putU16be(std::size_t position, std::uint16_t value);

    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] Bytes view() const { return m_bytes; }
    [[nodiscard]] std::vector<std::uint8_t> take() && { return std::move(m_bytes); }

private:
    std::vector<std::uint8_t> m_bytes;
};

} // namespace rackmuster
