#include "core/wire/Syslog.h"

#include "core/wire/RemoteText.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace rackmuster::wire {

namespace {

constexpr unsigned highestPriority = 191; // facility 23, severity 7 (RFC 5424 6.2.1)
constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::string printable(std::string_view text) {
    return remoteText(text, SyslogMessage::maximumText);
}

/// Up to the next blank, which is taken too.
std::string_view takeWord(std::string_view& rest) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return word;
}

/// "<13>": taken when it is right.
std::optional<unsigned> takePriority(std::string_view& rest) {
    const std::size_t end = rest.substr(0, 5).find('>');
    if (!rest.starts_with('<') || end == std::string_view::npos)
        return std::nullopt;
    unsigned value = 0;
    const auto [stop, error] = std::from_chars(rest.data() + 1, rest.data() + end, value);
    if (error != std::errc() || stop != rest.data() + end || value > highestPriority)
        return std::nullopt;
    rest.remove_prefix(end + 1);
    return value;
}

/// "Nov  5 12:34:56 " of RFC 3164, or "2026-11-25T12:34:56+01:00 ", which many send in its place. Our own
/// clock is better than that of a machine that is being installed, so it is not kept.
void skipTime(std::string_view& rest) {
    constexpr std::size_t shortTime = 16; // with its blank
    const std::size_t month = months.find(rest.substr(0, 3));
    const bool isShort = rest.size() >= shortTime && month != std::string_view::npos && month % 3 == 0 &&
                         rest[3] == ' ' && rest[9] == ':' && rest[12] == ':' && rest[15] == ' ';
    if (isShort)
        rest.remove_prefix(shortTime);
    else if (rest.size() > 11 && isDigit(rest[0]) && rest[4] == '-' && rest[7] == '-' && rest[10] == 'T')
        (void)takeWord(rest);
}

/// "anaconda:" and "anaconda[123]:" are tags, "node7" is a host.
bool isTag(std::string_view word) {
    return word.size() > 1 && (word.ends_with(':') || word.ends_with(']')) && word.front() != '[';
}

std::string tagOf(std::string_view word) {
    return printable(word.substr(0, word.find_first_of("[:")));
}

/// RFC 5424 6.3: "-" or elements in brackets, in whose values a bracket is escaped.
void skipStructuredData(std::string_view& rest) {
    if (!rest.starts_with('[')) {
        (void)takeWord(rest);
        return;
    }
    bool isQuoted = false;
    std::size_t i = 0;
    for (; i < rest.size(); ++i) {
        if (isQuoted && rest[i] == '\\')
            ++i;
        else if (rest[i] == '"')
            isQuoted = !isQuoted;
        else if (!isQuoted && rest[i] == ']' && (i + 1 == rest.size() || rest[i + 1] != '['))
            break;
    }
    rest.remove_prefix(std::min(i + 1, rest.size()));
    if (rest.starts_with(' '))
        rest.remove_prefix(1);
}

std::string valueOf(std::string_view word) {
    return word == "-" ? std::string() : printable(word);
}

void readCurrent(std::string_view rest, SyslogMessage& message) {
    (void)takeWord(rest); // version
    (void)takeWord(rest); // time
    message.host = valueOf(takeWord(rest));
    message.tag = valueOf(takeWord(rest));
    (void)takeWord(rest); // process
    (void)takeWord(rest); // kind of message
    skipStructuredData(rest);
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (rest.starts_with(byteOrderMark))
        rest.remove_prefix(byteOrderMark.size());
    message.text = printable(rest);
}

void readOld(std::string_view rest, SyslogMessage& message) {
    const std::string_view whole = rest;
    skipTime(rest);
    const bool hasTime = rest.size() < whole.size();
    std::string_view ahead = rest;
    const std::string_view first = takeWord(ahead);
    if (isTag(first)) {
        message.tag = tagOf(first);
        rest = ahead;
    } else if (std::string_view behind = ahead; hasTime && isTag(takeWord(behind))) {
        message.host = printable(first);
        message.tag = tagOf(takeWord(ahead));
        rest = ahead;
    }
    message.text = printable(rest);
}

} // namespace

Result<SyslogMessage> decodeSyslog(Bytes datagram) {
    std::string_view rest = asText(datagram);
    SyslogMessage message;
    if (const auto priority = takePriority(rest)) {
        message.facility = static_cast<std::uint8_t>(*priority / 8);
        message.severity = static_cast<std::uint8_t>(*priority % 8);
        rest.starts_with("1 ") ? readCurrent(rest, message) : readOld(rest, message);
    } else {
        message.text = printable(rest);
    }
    if (message.text.find_first_not_of(' ') == std::string::npos)
        return fail(ErrorCode::Malformed, "a log message", "it has no text");
    return message;
}

void SyslogStream::append(Bytes piece) {
    std::string_view text = asText(piece);
    const std::size_t skipped = std::min(m_toSkip, text.size());
    m_toSkip -= skipped;
    text.remove_prefix(skipped);
    if (m_isSkippingLine) {
        const std::size_t end = text.find_first_of(std::string_view("\n\0", 2));
        m_isSkippingLine = end == std::string_view::npos;
        text.remove_prefix(m_isSkippingLine ? text.size() : end + 1);
    }
    m_buffer += text;
}

void SyslogStream::drop(std::size_t count) {
    m_buffer.erase(0, std::min(count, m_buffer.size()));
}

std::optional<std::string> SyslogStream::next() {
    for (;;) {
        const std::size_t digits = std::min(m_buffer.find_first_not_of("0123456789"), m_buffer.size());
        std::size_t count = 0;
        constexpr std::size_t mostDigits = 7;
        const bool isCounted = digits > 0 && digits <= mostDigits && digits + 1 < m_buffer.size() &&
                               m_buffer[digits] == ' ' && m_buffer[digits + 1] == '<';
        if (isCounted)
            std::from_chars(m_buffer.data(), m_buffer.data() + digits, count);
        const std::size_t before = m_buffer.size();
        auto message = count > 0 ? nextCounted(digits, count) : nextLine();
        if (message && message->empty())
            continue;
        if (message || m_buffer.size() == before)
            return message;
    }
}

/// MSG-LEN SP MSG (RFC 6587 3.4.1).
std::optional<std::string> SyslogStream::nextCounted(std::size_t digits, std::size_t count) {
    const std::size_t head = digits + 1;
    const std::size_t kept = std::min(count, longestMessage);
    if (m_buffer.size() < head + kept)
        return std::nullopt;
    std::string message = m_buffer.substr(head, kept);
    const std::size_t there = std::min(count, m_buffer.size() - head);
    m_toSkip = count - there;
    drop(head + there);
    return message;
}

/// RFC 6587 3.4.2
std::optional<std::string> SyslogStream::nextLine() {
    const std::size_t end = m_buffer.find_first_of(std::string_view("\n\0", 2));
    if (end == std::string::npos && m_buffer.size() <= longestMessage)
        return std::nullopt;
    std::string message = m_buffer.substr(0, std::min(end, longestMessage));
    m_isSkippingLine = end == std::string::npos;
    drop(m_isSkippingLine ? m_buffer.size() : end + 1);
    return message;
}

std::optional<std::string> SyslogStream::rest() {
    std::string message;
    std::swap(message, m_buffer);
    return message.empty() ? std::nullopt : std::optional(message);
}

} // namespace rackmuster::wire
