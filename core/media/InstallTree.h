#pragma once

#include "core/media/Distribution.h"
#include "core/media/IsoImage.h"
#include "core/media/TreeInfo.h"

#include <optional>
#include <string>
#include <vector>

namespace rackmuster::media {

/// What the description inside an image says: whose tree it is and what starts its installer.
struct InstallTree {
    Distribution distribution;
    KernelPair boot;          ///< files of the image; empty when there is nothing that we can start
    std::vector<Error> notes; ///< the reason for an empty `boot` first; inspect() writes the subject
};

// Each reads the description files of its family and checks that what they name is there. Nothing when the
// image is of another family.
[[nodiscard]] std::optional<InstallTree> readRedHatTree(const IsoImage& image);
[[nodiscard]] std::optional<InstallTree> readDebianTree(const IsoImage& image);
/// Recognised by name only: `boot` stays empty and the note says so.
[[nodiscard]] std::optional<InstallTree> readSuseTree(const IsoImage& image);

/// A small text file of the image; empty when it is missing, larger than 1 MiB or unreadable: then the other
/// descriptions decide.
[[nodiscard]] std::string textOf(const IsoImage& image, const std::string& path);
/// Both files are in the image.
[[nodiscard]] bool hasBoth(const IsoImage& image, const KernelPair& pair);

} // namespace rackmuster::media
