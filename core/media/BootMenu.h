#pragma once

#include "core/media/TreeInfo.h"

#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::media {

/// The kernels that a boot menu names with an initrd, in its order: isolinux/syslinux ("kernel", "linux",
/// "append initrd=", "initrd") and grub ("linux", "linuxefi", "initrd", "initrdefi"). Paths are inside the
/// image; relative ones stand in `directory`, where the menu is. Of several initrds the first counts.
[[nodiscard]] std::vector<KernelPair> parseBootMenu(std::string_view text, std::string_view directory);

/// The volume label that the menu gives its installer (inst.stage2=hd:LABEL=...), \x20 written as a blank;
/// empty when there is none. It is what a medium without any other description says of itself.
[[nodiscard]] std::string stage2LabelOf(std::string_view menuText);

} // namespace rackmuster::media
