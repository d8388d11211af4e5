#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace rackmuster {

using Bytes = std::span<const std::uint8_t>;

/// The only thing that indexes untrusted bytes. Every read checks the end; a failed read names `field` in its
/// Error and moves nothing. Holds a view: the bytes must outlive it.
class ByteReader {
public:
    explicit ByteReader(Bytes bytes) : m_bytes(bytes) {}

    [[nodiscard]] std::size_t remaining() const { return m_bytes.size() - m_position; }
    [[nodiscard]] std::size_t position() const { return m_position; }
    [[nodiscard]] bool atEnd() const { return remaining() == 0; }

    Result<std::uint8_t> u8(std::string_view field);
    Result<std::uint16_t> u16be(std::string_view field);
    Result<std::uint32_t> u32be(std::string_view field);
    Result<std::uint16_t> u16le(std::string_view field);
    Result<std::uint32_t> u32le(std::string_view field);
    Result<std::uint64_t> u64le(std::string_view field);
    /// The next `count` bytes, as a view into the source.
    Result<Bytes> take(std::size_t count, std::string_view field);
    Result<void> skip(std::size_t count, std::string_view field);
    /// Moves to an absolute position, at most the end.
    Result<void> seek(std::size_t position, std::string_view field);
    /// Bytes up to a NUL, which is consumed and not returned. Fails when there is no NUL.
    Result<std::string_view> cString(std::string_view field);
    [[nodiscard]] Bytes rest() const { return m_bytes.subspan(m_position); }

private:
    Bytes m_bytes;
    std::size_t m_position = 0;
};

/// The same bytes as characters.
[[nodiscard]] inline std::string_view asText(Bytes bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The same characters as bytes.
[[nodiscard]] inline Bytes asBytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

} // namespace rackmuster
