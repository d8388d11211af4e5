#pragma once

#include "core/media/MenuTree.h"

#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::media {

/// What the boot menus of an image say.
struct BootMenus {
    std::vector<boot::MenuEntry> entries; ///< with files of the image, one title once; 64 at most
    std::string text;                     ///< of all menus, one behind the other, for what else they tell
};

/// Reads every isolinux, syslinux and grub menu of the tree, those for BIOS first. An entry that both bring
/// is one; two of the same title in one menu get the title of their submenu in front.
[[nodiscard]] BootMenus readBootMenus(const MenuTree& tree);

/// A machine can start the entry with nothing but its kernel and initrds: no live system behind it that has
/// to come from the medium.
[[nodiscard]] bool startsByNetwork(const boot::MenuEntry& entry);

/// The volume label that the menu gives its installer (inst.stage2=hd:LABEL=...), \x20 written as a blank;
/// empty when there is none. It is what a medium without any other description says of itself.
[[nodiscard]] std::string stage2LabelOf(std::string_view menuText);

/// What the menu says that it installs: "Rocky Linux 9.4" of "Install Rocky Linux 9.4" or of
/// "menu title Welcome to Rocky Linux 9.4!"; empty when it names nothing with a version.
[[nodiscard]] std::string installedTitleOf(std::string_view menuText);

/// The value of `name=` on the first kernel line of the menu that has one; empty: none.
[[nodiscard]] std::string argumentOf(std::string_view menuText, std::string_view name);

} // namespace rackmuster::media
