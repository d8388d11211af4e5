#pragma once

#include "core/boot/BootFile.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace rackmuster::media {

/// Where one distribution's packages put syslinux: pxelinux.0 and its modules are of one version only within
/// a set.
struct SyslinuxPlaces {
    std::string loaders; ///< directory of pxelinux.0
    std::string modules; ///< directory of ldlinux.c32 and the other BIOS modules
};

/// The files of the first of `places` that has pxelinux.0, opened. A module that its package lacks is left
/// out.
[[nodiscard]] std::unordered_map<std::string, std::vector<boot::FileSlice>>
loaderFilesIn(const std::vector<SyslinuxPlaces>& places);

} // namespace rackmuster::media
