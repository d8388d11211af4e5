#include "core/media/IsoLinks.h"

#include <algorithm>
#include <vector>

namespace rackmuster::media {

namespace {

constexpr int maximumLinks = 8;
constexpr std::size_t maximumPath = 4096; // R43

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

/// Removes the last part of `path`; false when there is none.
bool climb(std::string& path) {
    if (path.empty())
        return false;
    const std::size_t slash = path.rfind('/');
    path.erase(slash == std::string::npos ? 0 : slash);
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

std::optional<std::string> followIsoLink(const std::string& path, const IsoLinks& links,
                                         std::size_t& stepsLeft) {
    std::string at; // no link stands on it or above
    std::string rest = path;
    std::size_t next = 0; // of rest
    for (int hops = 0; next < rest.size();) {
        if (stepsLeft == 0 || at.size() > maximumPath)
            return std::nullopt;
        --stepsLeft;
        const std::size_t slash = std::min(rest.find('/', next), rest.size());
        const std::string part = rest.substr(next, slash - next);
        next = slash + 1;
        if (part.empty() || part == ".")
            continue;
        if (part == "..") {
            if (!climb(at))
                return std::nullopt;
            continue;
        }
        at.append(at.empty() ? "" : "/").append(part);
        const auto link = links.find(at);
        if (link == links.end())
            continue;
        if (++hops > maximumLinks || link->second.starts_with('/'))
            return std::nullopt;
        climb(at);
        rest = link->second + '/' + rest.substr(std::min(next, rest.size()));
        next = 0;
    }
    return at.empty() ? std::nullopt : std::optional(std::move(at));
}

} // namespace rackmuster::media
