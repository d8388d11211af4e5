#pragma once

#include "core/media/MenuTree.h"

#include <set>
#include <string>
#include <vector>

namespace rackmuster::media {

/// The entries of a grub.cfg and of the files that it sources, those whose kernel and initrds are all in the
/// tree. The script is read, not run: of several branches the first counts, a variable that nobody sets is
/// empty, as in grub, and an entry that needs one which only a running grub knows (its own boot device, what
/// `search`, `probe` or `read` find) is left out. Devices do not matter: ($root) is the image.
/// `seen` holds the files that were read, and gets more: each is read once, 64 at most.
[[nodiscard]] std::vector<MenuChoice> readGrubMenu(const MenuTree& tree, const std::string& path,
                                                   std::set<std::string>& seen);

} // namespace rackmuster::media
