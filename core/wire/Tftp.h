#pragma once

#include "core/base/ByteReader.h"
#include "core/base/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rackmuster::wire {

/// RFC 1350 error codes.
enum class TftpErrorCode : std::uint16_t {
    Undefined = 0,
    NotFound = 1,
    AccessViolation = 2,
    DiskFull = 3,
    IllegalOperation = 4,
    UnknownTransfer = 5,
    FileExists = 6,
    NoSuchUser = 7,
    OptionRefused = 8
};

/// RFC 2347..2349, 7440. An option whose value is not valid is dropped, never an error (R23); of two, the
/// first counts.
struct TftpRequest {
    bool isWrite = false;
    std::string path;
    bool isNetascii = false;                    ///< else octet
    std::optional<std::uint16_t> blockSize;     ///< 8..65464
    std::optional<std::uint8_t> timeoutSeconds; ///< 1..255
    bool wantsSize = false;                     ///< tsize was asked
    std::optional<std::uint16_t> windowSize;    ///< 1..65535
    bool operator==(const TftpRequest&) const = default;
};
struct TftpData {
    std::uint16_t block = 0;
    Bytes payload; ///< view into the datagram
};
struct TftpAck {
    std::uint16_t block = 0;
    bool operator==(const TftpAck&) const = default;
};
struct TftpError {
    TftpErrorCode code = TftpErrorCode::Undefined;
    std::string message;
    bool operator==(const TftpError&) const = default;
};
/// The options we accept, in the order they are written.
struct TftpOptionAck {
    std::optional<std::uint16_t> blockSize;
    std::optional<std::uint8_t> timeoutSeconds;
    std::optional<std::uint64_t> size;
    std::optional<std::uint16_t> windowSize;
    [[nodiscard]] bool isEmpty() const { return !blockSize && !timeoutSeconds && !size && !windowSize; }
    bool operator==(const TftpOptionAck&) const = default;
};
using TftpPacket = std::variant<TftpRequest, TftpData, TftpAck, TftpError, TftpOptionAck>;

[[nodiscard]] Result<TftpPacket> decodeTftp(Bytes datagram);
[[nodiscard]] std::vector<std::uint8_t> encodeTftp(const TftpPacket& packet);

} // namespace rackmuster::wire
