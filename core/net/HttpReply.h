#pragma once

#include "core/base/Clock.h"
#include "core/boot/BootFile.h"
#include "core/net/HttpRequestHead.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace rackmuster::net {

/// What goes back for one request: a head, and some bytes of a file. Boot loaders read heads by the letter
/// (P54): HTTP/1.1 in the status line, names in title case, a length always, no empty value, nothing chunked.
/// Pure.
struct HttpReply {
    unsigned status = 200;
    std::string head;         ///< with the empty line at its end
    boot::BootFile file;      ///< where the body is
    std::uint64_t first = 0;  ///< place in `file` of the first byte sent
    std::uint64_t length = 0; ///< bytes sent after the head; 0 for a HEAD
    bool closes = false;      ///< The connection ends with it.
};

/// The head and the bytes that `answer` chose of `file`.
[[nodiscard]] HttpReply fileReply(const HttpRequestHead& request, boot::BootFile file,
                                  const HttpAnswer& answer, WallTime now);

/// A short text instead of a file. The connection lives on after it.
[[nodiscard]] HttpReply textReply(const HttpRequestHead& request, unsigned status, std::string_view text,
                                  WallTime now);

/// The last words on a connection of which nothing more is understood (R38).
[[nodiscard]] HttpReply refusalReply(unsigned status, WallTime now);

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7).
[[nodiscard]] std::string httpDate(WallTime time);

} // namespace rackmuster::net
