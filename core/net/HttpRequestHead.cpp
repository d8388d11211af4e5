#include "core/net/HttpRequestHead.h"

#include "core/base/Trimmed.h"
#include "core/net/HttpText.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rackmuster::net {

namespace {

constexpr unsigned badRequest = 400;
constexpr unsigned methodNotAllowed = 405;
constexpr unsigned headTooLarge = 431;
constexpr unsigned versionNotSupported = 505;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isToken(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return isLetter || isDigit(c) ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

/// A tab may stand in the value of a header only.
bool hasControl(std::string_view text, bool mayHaveTabs) {
    return std::ranges::any_of(text, [mayHaveTabs](unsigned char c) {
        return (c < 0x20 && !(c == '\t' && mayHaveTabs)) || c == 0x7F;
    });
}

bool listHolds(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        if (equalsIgnoringCase(trimmed(takeUntil(list, ',')), word))
            return true;
    }
    return false;
}

/// Reads line after line; the first fault decides.
class HeadReader {
public:
    /// A line without its CR LF; an empty one is none of these.
    unsigned take(std::string_view line) {
        if (m_lines++ == 0)
            return takeRequestLine(line);
        return m_lines > mostRequestHeaders + 1 ? headTooLarge : takeHeader(line);
    }
    /// At the empty line.
    unsigned finish(HttpRequestHead& head) {
        if (m_lines == 0 || (m_host.empty() && !m_head.isOld))
            return badRequest;
        m_head.isKeptAlive = m_head.isOld ? m_asksToKeep && !m_asksToClose : !m_asksToClose;
        head = m_head;
        return 0;
    }

private:
    unsigned takeRequestLine(std::string_view line) {
        const std::size_t first = line.find(' ');
        const std::size_t last = line.rfind(' ');
        if (hasControl(line, false) || first == last || line.find(' ', first + 1) != last)
            return badRequest;
        const std::string_view method = line.substr(0, first);
        const std::string_view version = line.substr(last + 1);
        m_head.target = line.substr(first + 1, last - first - 1);
        if (!isToken(method) || version.size() != 8 || !version.starts_with("HTTP/") || version[6] != '.' ||
            !isDigit(version[5]) || !isDigit(version[7]))
            return badRequest;
        if (version[5] != '1')
            return versionNotSupported;
        if (method != "GET" && method != "HEAD")
            return methodNotAllowed;
        if (!m_head.target.starts_with('/') && !equalsIgnoringCase(m_head.target.substr(0, 7), "http://"))
            return badRequest;
        m_head.isGet = method == "GET";
        m_head.isOld = version[7] == '0';
        return 0;
    }

    unsigned takeHeader(std::string_view line) {
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !isToken(line.substr(0, colon)))
            return badRequest; // a folded line, too, as it begins with a blank
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = trimmed(line.substr(colon + 1));
        if (hasControl(value, true) || equalsIgnoringCase(name, "Transfer-Encoding"))
            return badRequest;
        if (equalsIgnoringCase(name, "Content-Length"))
            return value == "0" && !std::exchange(m_hasLength, true) ? 0 : badRequest;
        if (equalsIgnoringCase(name, "Host"))
            return takeHost(value);
        if (equalsIgnoringCase(name, "Connection")) {
            m_asksToClose = m_asksToClose || listHolds(value, "close");
            m_asksToKeep = m_asksToKeep || listHolds(value, "keep-alive");
        }
        return takeCondition(name, value);
    }

    unsigned takeHost(std::string_view value) {
        if (!m_host.empty() || value.empty() || value.find_first_of(" \t,/@") != std::string_view::npos)
            return badRequest;
        m_host = value;
        return 0;
    }

    unsigned takeCondition(std::string_view name, std::string_view value) {
        struct Place {
            std::string_view name;
            std::string_view HttpConditions::*value;
        };
        constexpr std::array places{Place{"Range", &HttpConditions::range},
                                    Place{"If-Match", &HttpConditions::ifMatch},
                                    Place{"If-None-Match", &HttpConditions::ifNoneMatch},
                                    Place{"If-Range", &HttpConditions::ifRange}};
        const auto* const place = std::ranges::find_if(
            places, [name](const Place& each) { return equalsIgnoringCase(each.name, name); });
        if (place == places.end())
            return 0;
        // To go by one of two would be to leave a condition out.
        if (!(m_head.conditions.*place->value).empty())
            return badRequest;
        m_head.conditions.*place->value = value;
        return 0;
    }

    HttpRequestHead m_head;
    std::size_t m_lines = 0;
    std::string_view m_host;
    bool m_hasLength = false;
    bool m_asksToClose = false;
    bool m_asksToKeep = false;
};

HttpHeadReading refused(unsigned status) {
    HttpHeadReading reading;
    reading.refusal = status;
    return reading;
}

} // namespace

HttpHeadReading readRequestHead(std::string_view received) {
    const std::string_view bytes = received.substr(0, longestRequestHead);
    HeadReader reader;
    std::size_t start = 0;
    for (std::size_t end = 0; (end = bytes.find('\n', start)) != std::string_view::npos; start = end + 1) {
        if (end == start || bytes[end - 1] != '\r')
            return refused(badRequest); // no other server between us must see another end of a line (R38)
        const std::string_view line = bytes.substr(start, end - 1 - start);
        if (!line.empty()) {
            if (const unsigned fault = reader.take(line); fault != 0)
                return refused(fault);
            continue;
        }
        HttpHeadReading reading;
        reading.refusal = reader.finish(reading.head);
        reading.size = reading.refusal == 0 ? end + 1 : 0;
        return reading;
    }
    // What is no line yet can be none any more: the hello of TLS, say.
    std::string_view rest = bytes.substr(start);
    if (rest.ends_with('\r'))
        rest.remove_suffix(1);
    if (hasControl(rest, start > 0))
        return refused(badRequest);
    return bytes.size() == longestRequestHead ? refused(headTooLarge) : HttpHeadReading();
}

} // namespace rackmuster::net
