#include "core/net/RequestName.h"

#include <algorithm>
#include <array>
#include <optional>

namespace rackmuster::net {

namespace {

/// What looks like a ticket may be one, under a path that somebody mistyped (R41).
std::string withoutTickets(std::string path) {
    constexpr std::size_t ticketLength = 32;
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    for (std::size_t start = 0; (start = path.find_first_of(digits, start)) != std::string::npos;) {
        const std::size_t end = std::min(path.find_first_not_of(digits, start), path.size());
        if (end - start >= ticketLength)
            path.replace(start, end - start, "(secret)");
        start = path.find_first_not_of(digits, start);
    }
    return path;
}

} // namespace

std::string eventPath(std::string_view path, const boot::BootFile& file) {
    if (file.isSecret)
        return "(secret)";
    return boot::canonicalPath(path).value_or(std::string());
}

bool isExpectedMiss(std::string_view path) {
    // The tickets' paths are among them, so no event ever holds one.
    constexpr std::array<std::string_view, 7> prefixes{"m/",   "t/",         "i/", "grub", "pxelinux.cfg/",
                                                       "shim", "revocations"};
    const std::optional<std::string> canonical = boot::canonicalPath(path);
    return canonical && std::ranges::any_of(prefixes, [&](std::string_view prefix) {
               return canonical->starts_with(prefix);
           });
}

std::string unknownFileSentence(std::string_view path) {
    constexpr std::size_t longest = 120; // a screen line
    const std::optional<std::string> canonical = boot::canonicalPath(path);
    if (!canonical)
        return "A file was asked for by a path that is not allowed.";
    return "A file that is not served was asked for: " + withoutTickets(*canonical).substr(0, longest);
}

} // namespace rackmuster::net
