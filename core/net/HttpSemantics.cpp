#include "core/net/HttpSemantics.h"

#include "core/base/Hex.h"
#include "core/base/Trimmed.h"
#include "core/net/HttpText.h"

#include <algorithm>
#include <charconv>

namespace rackmuster::net {

namespace {

/// Digits only, all of them, within 64 bits: from_chars itself would stop at the first other character.
std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

enum class TagComparison : std::uint8_t { Strong, Weak };

/// Whether one of a list of entity tags is `etag`. A list may hold commas inside quotes, so it is walked by
/// quotes.
bool listHolds(std::string_view list, std::string_view etag, TagComparison comparison) {
    if (trimmed(list) == "*")
        return true;
    while (!list.empty()) {
        const std::string_view before = takeUntil(list, '"');
        const std::string_view tag = takeUntil(list, '"');
        const bool isWeak = before.ends_with("W/");
        if (!etag.empty() && tag == etag && (comparison == TagComparison::Weak || !isWeak))
            return true;
    }
    return false;
}

/// The tag in If-Range must be strong and the only thing there; a date never matches (RFC 9110 13.1.5).
bool ifRangeHolds(std::string_view value, std::string_view etag) {
    value = trimmed(value);
    return !etag.empty() && value.size() == etag.size() + 2 && value.front() == '"' && value.back() == '"' &&
           value.substr(1, etag.size()) == etag;
}

HttpAnswer whole(std::uint64_t size) {
    return {200, 0, size};
}

HttpAnswer suffix(std::uint64_t count, std::uint64_t size) {
    if (count == 0 || size == 0)
        return {416, 0, 0};
    const std::uint64_t length = std::min(count, size);
    return {206, size - length, length};
}

/// RFC 9110 14.1.2: "bytes=0-9", "bytes=10-", "bytes=-5".
HttpAnswer answerForRange(std::string_view range, std::uint64_t size) {
    const std::string_view unit = takeUntil(range, '=');
    if (!equalsIgnoringCase(trimmed(unit), "bytes") || range.find(',') != std::string_view::npos)
        return whole(size);
    std::string_view rest = trimmed(range);
    const bool hasDash = rest.find('-') != std::string_view::npos;
    const std::string_view firstText = takeUntil(rest, '-');
    const std::optional<std::uint64_t> last = number(rest);
    if (!hasDash || (!last && !rest.empty()))
        return whole(size);
    if (firstText.empty())
        return last ? suffix(*last, size) : whole(size);
    const std::optional<std::uint64_t> first = number(firstText);
    if (!first || (last && *last < *first))
        return whole(size);
    if (*first >= size)
        return {416, 0, 0};
    const std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
    return {206, *first, end - *first + 1};
}

} // namespace

HttpAnswer answerFor(const HttpConditions& conditions, std::uint64_t size, std::string_view etag) {
    // The order is that of RFC 9110 13.2.2.
    if (!conditions.ifMatch.empty() && !listHolds(conditions.ifMatch, etag, TagComparison::Strong))
        return {412, 0, 0};
    if (!conditions.ifNoneMatch.empty() && listHolds(conditions.ifNoneMatch, etag, TagComparison::Weak))
        return {304, 0, 0};
    if (conditions.range.empty() || (!conditions.ifRange.empty() && !ifRangeHolds(conditions.ifRange, etag)))
        return whole(size);
    return answerForRange(conditions.range, size);
}

std::string contentRange(const HttpAnswer& answer, std::uint64_t size) {
    const std::string total = "/" + std::to_string(size);
    if (answer.status == 416)
        return "bytes *" + total;
    return "bytes " + std::to_string(answer.first) + "-" + std::to_string(answer.first + answer.length - 1) +
           total;
}

std::optional<std::string> requestPath(std::string_view target) {
    target = target.substr(0, target.find('?'));
    if (!target.starts_with('/')) {
        const std::size_t authority = target.find("://");
        if (authority == std::string_view::npos)
            return std::nullopt;
        const std::size_t slash = target.find('/', authority + 3);
        target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
    }
    std::string path;
    for (std::size_t i = 0; i < target.size(); ++i) {
        if (target[i] != '%') {
            path += target[i];
            continue;
        }
        if (target.size() - i < 3)
            return std::nullopt;
        const auto high = hexValue(target[i + 1]);
        const auto low = hexValue(target[i + 2]);
        if (!high || !low || (*high == 0 && *low == 0))
            return std::nullopt;
        path += static_cast<char>(*high << 4U | *low);
        i += 2;
    }
    return path;
}

} // namespace rackmuster::net
