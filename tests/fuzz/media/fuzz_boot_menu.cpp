#include "core/media/BootMenu.h"
#include "tests/fuzz/support/Require.h"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

namespace {

using namespace rackmuster::media;
using rackmuster::fuzz::require;

/// A tree in which menus name a few files, and include each other.
const IsoFiles& treeFiles() {
    static const IsoFiles files{{"k", {}},
                                {"i", {}},
                                {"isolinux/vmlinuz", {}},
                                {"isolinux/initrd.img", {}},
                                {"isolinux/isolinux.cfg", {}},
                                {"isolinux/menu.cfg", {}},
                                {"boot/grub/grub.cfg", {}},
                                {"boot/grub/more.cfg", {}}};
    return files;
}

} // namespace

/// The same text as every menu of an image, BIOS and UEFI.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const MenuTree tree(treeFiles(), [&text](const std::string&) { return text; });
    const BootMenus menus = readBootMenus(tree);
    require(menus.entries.size() <= 64);
    std::set<std::string> titles;
    for (const rackmuster::boot::MenuEntry& entry : menus.entries) {
        require(!entry.title.empty() && entry.title.find('\n') == std::string::npos);
        require(titles.insert(entry.title).second);
        require(treeFiles().contains(entry.kernelPath));
        for (const std::string& path : entry.initrdPaths)
            require(treeFiles().contains(path));
        (void)startsByNetwork(entry);
    }
    return 0;
}
