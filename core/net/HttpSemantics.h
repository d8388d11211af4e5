#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rackmuster::net {

// What an HTTP request means, without any I/O (RFC 9110). Pure; all text is untrusted.

/// The headers of a request that decide its answer. Empty: absent.
struct HttpConditions {
    std::string_view range; ///< Only of a GET: RFC 9110 14.2 knows no other.
    std::string_view ifMatch;
    std::string_view ifNoneMatch;
    std::string_view ifRange;
};

/// Status 200, 206, 304, 412 or 416, and the bytes of the file that go with it.
struct HttpAnswer {
    unsigned status = 200;
    std::uint64_t first = 0;  ///< Place in the file of the first byte sent.
    std::uint64_t length = 0; ///< Bytes sent.
    bool operator==(const HttpAnswer&) const = default;
};

/// Decides for a file of `size` bytes whose strong entity tag is `etag` (without quotes; empty: it has none).
/// One range counts; several, or one that cannot be understood, are as none (R39). Dates are not compared, as
/// we send none.
[[nodiscard]] HttpAnswer answerFor(const HttpConditions& conditions, std::uint64_t size,
                                   std::string_view etag);

/// "bytes 0-9/100", or "bytes */100" for a 416.
[[nodiscard]] std::string contentRange(const HttpAnswer& answer, std::uint64_t size);

/// The path of a request target, percent-decoded once (R40): origin form or absolute form, without query.
/// Nothing when an escape is broken or stands for NUL.
[[nodiscard]] std::optional<std::string> requestPath(std::string_view target);

} // namespace rackmuster::net
