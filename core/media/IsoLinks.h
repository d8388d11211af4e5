#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace rackmuster::media {

/// Symbolic links of a tree: path of the link -> its target as written.
using IsoLinks = std::unordered_map<std::string, std::string>;

/// Where `target`, written in a link at `linkPath`, points: a path below the root. Nothing when it is
/// absolute (it means the root of whatever system mounts the image), leaves the tree, or is the root itself.
[[nodiscard]] std::optional<std::string> resolveIsoLink(std::string_view linkPath, std::string_view target);

/// Where the link at `path` leads in the end, over other links to files and folders (eight at most): a path
/// below the root at which no link stands. Nothing in the cases above, and when `stepsLeft`, which each part
/// of a path takes one of, comes to its end: a tree of hostile links costs no more than that.
[[nodiscard]] std::optional<std::string> followIsoLink(const std::string& path, const IsoLinks& links,
                                                       std::size_t& stepsLeft);

} // namespace rackmuster::media
