#pragma once

#include "core/media/IsoTree.h"

#include <string>
#include <vector>

namespace rackmuster::media {

/// A file that lies partly where another one does, which no tool writes and a wrong size looks like.
struct IsoOverlap {
    std::string path; ///< of the longer one
    std::string other;
};

/// The files of one tree that must go so that no two overlap. Files that share all of their extent, as hard
/// links do, may.
[[nodiscard]] std::vector<IsoOverlap> findOverlaps(const IsoFiles& files);

} // namespace rackmuster::media
