#pragma once

#include "core/net/HttpSemantics.h"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rackmuster::net {

/// The head of a request, as far as it decides the answer. Views into the bytes that it was read from.
struct HttpRequestHead {
    bool isGet = true; ///< else HEAD
    /// In origin form, or absolute form of the scheme http; neither empty nor with blanks or control
    /// characters.
    std::string_view target;
    HttpConditions conditions;
    bool isKeptAlive = true; ///< The client would send another request on the same connection.
    bool isOld = false;      ///< HTTP/1.0: a connection is kept only if the answer says so.
};

/// What the bytes received so far amount to.
struct HttpHeadReading {
    /// 0: go on. Else the status that ends the connection, as nobody knows where the next request would begin
    /// (R38): 400, 405, 431 or 505.
    unsigned refusal = 0;
    std::size_t size = 0; ///< bytes of the head with its empty line; 0: it is not complete
    HttpRequestHead head; ///< when complete
};

constexpr std::size_t longestRequestHead = 8192; ///< bytes (R36)
constexpr std::size_t mostRequestHeaders = 64;   ///< lines (R36)

/// Reads a request head (RFC 9112), untrusted, from its first byte. Strict, and refuses as soon as it sees a
/// fault: every line ends in CR LF, one blank between the words of the request line, no blank before a colon,
/// no folded line, no control character, one Host (RFC 9112 3.2), no body announced in whatever way. Pure.
[[nodiscard]] HttpHeadReading readRequestHead(std::string_view received);

} // namespace rackmuster::net
