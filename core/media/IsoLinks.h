#pragma once

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

} // namespace rackmuster::media
