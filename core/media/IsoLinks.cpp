#include "core/media/IsoLinks.h"

#include <vector>

namespace rackmuster::media {

namespace {

/// Applies the parts of `path` to `parts`; false when they climb above the root.
bool walk(std::string_view path, std::vector<std::string_view>& parts) {
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view part = path.substr(0, slash);
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
        if (part.empty() || part == ".")
            continue;
        if (part != "..") {
            parts.push_back(part);
            continue;
        }
        if (parts.empty())
            return false;
        parts.pop_back();
    }
    return true;
}

} // namespace

std::optional<std::string> resolveIsoLink(std::string_view linkPath, std::string_view target) {
    if (target.empty() || target.front() == '/')
        return std::nullopt;
    std::vector<std::string_view> parts;
    if (!walk(linkPath, parts) || parts.empty())
        return std::nullopt;
    parts.pop_back(); // the link's own name
    if (!walk(target, parts) || parts.empty())
        return std::nullopt;
    std::string out;
    for (const std::string_view part : parts)
        out.append(out.empty() ? "" : "/").append(part);
    return out;
}

} // namespace rackmuster::media
