#pragma once

#include "core/base/ByteReader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rackmuster::wire {

/// A log message. All text is without control characters, at most `maximumText` bytes a field.
struct SyslogMessage {
    static constexpr std::size_t maximumText = 1024; ///< bytes

    std::uint8_t facility = 1; ///< 0..23
    std::uint8_t severity = 5; ///< 0 emergency ... 7 debug
    std::string host;          ///< as the sender calls itself; may be empty
    std::string tag;           ///< program, without process id; may be empty
    std::string text;

    bool operator==(const SyslogMessage&) const = default;
};

/// RFC 5424, or what RFC 3164 saw in the wild: every part but the text may be missing, and text without a
/// header is a user notice (RFC 3164 4.3.3), so nothing a machine has to say is lost. Error: Malformed for a
/// message without text.
[[nodiscard]] Result<SyslogMessage> decodeSyslog(Bytes datagram);

/// Cuts a TCP stream into messages (RFC 6587): counted ones, or such that end in LF or NUL, as the sender
/// likes from one message to the next. Holds at most `longestMessage` bytes: of a longer one the rest is
/// dropped.
class SyslogStream {
public:
    static constexpr std::size_t longestMessage = 8192; ///< bytes (RFC 5424 6.1 asks for 2048)

    /// At most `longestMessage` bytes a call; take every message before the next one.
    void append(Bytes piece);
    /// The next whole message, never an empty one.
    [[nodiscard]] std::optional<std::string> next();
    /// What the sender had not finished when it left.
    [[nodiscard]] std::optional<std::string> rest();

private:
    [[nodiscard]] std::optional<std::string> nextCounted(std::size_t digits, std::size_t count);
    [[nodiscard]] std::optional<std::string> nextLine();
    void drop(std::size_t count);

    std::string m_buffer;
    std::size_t m_toSkip = 0;      ///< bytes of a counted message that was too long
    bool m_isSkippingLine = false; ///< up to the end of a line that was too long
};

} // namespace rackmuster::wire
