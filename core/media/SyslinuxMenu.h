#pragma once

#include "core/media/MenuTree.h"

#include <set>
#include <string>
#include <vector>

namespace rackmuster::media {

/// The entries of an isolinux or syslinux menu and of the files that it includes, those whose kernel and
/// initrds are all in the tree; hidden and disabled ones, other programs (.c32) and "localboot" are left out.
/// `seen` holds the files that were read, and gets more: each is read once, 64 at most.
[[nodiscard]] std::vector<MenuChoice> readSyslinuxMenu(const MenuTree& tree, const std::string& path,
                                                       std::set<std::string>& seen);

} // namespace rackmuster::media
