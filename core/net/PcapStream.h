#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Clock.h"
#include "core/base/Result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace rackmuster::net {

/// One record of a pcap stream.
struct PcapRecord {
    WallTime time;
    std::uint32_t originalLength = 0; ///< bytes on the wire; see HelperProtocol.h for a record without bytes
    std::vector<std::uint8_t> bytes;
};

/// Decodes a classic pcap file that arrives in pieces. libpcap reads one only through a FILE*, where a record
/// whose rest has not come yet blocks the thread and no stop signal can reach it; and the peer's lengths are
/// ours to check. Both byte orders, micro- and nanoseconds, Ethernet only, records of 64 KiB at most.
class PcapStream {
public:
    static constexpr std::uint32_t longestRecord = 65535; ///< bytes

    void append(Bytes piece);
    /// The next whole record, or nothing until more is appended. Errors are final: Malformed.
    [[nodiscard]] Result<std::optional<PcapRecord>> next();

private:
    struct Format {
        bool isBigEndian = false;
        bool isNanoseconds = false;
    };
    [[nodiscard]] Result<void> readHeader(ByteReader& reader);
    [[nodiscard]] Result<std::optional<PcapRecord>> readRecord(ByteReader& reader) const;
    [[nodiscard]] Result<std::uint32_t> number(ByteReader& reader) const;

    std::vector<std::uint8_t> m_buffer;
    std::size_t m_consumed = 0; ///< Bytes at the front of m_buffer that were decoded.
    std::optional<Format> m_format;
};

} // namespace rackmuster::net
