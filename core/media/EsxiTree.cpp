#include "core/media/InstallTree.h"
#include "core/media/TreeText.h"

#include <map>
#include <string>

namespace rackmuster::media {

namespace {

using Settings = std::map<std::string, std::string_view, std::less<>>;

/// "key=value" lines of a boot.cfg, keys in lower case.
Settings settingsIn(std::string_view text) {
    Settings out;
    for (const std::string_view line : linesOf(text)) {
        if (const std::size_t equals = line.find('='); equals != std::string_view::npos)
            out.emplace(lowerCase(trim(line.substr(0, equals))), trim(line.substr(equals + 1)));
    }
    return out;
}

} // namespace

std::optional<InstallTree> readEsxiTree(const IsoImage& image, const BootMenus& /*menus*/) {
    for (const char* path : {"boot.cfg", "efi/boot/boot.cfg", "EFI/BOOT/BOOT.CFG", "BOOT.CFG"}) {
        const std::string text = textOf(image, path);
        const Settings settings = settingsIn(text);
        // Other systems have a boot.cfg too; only mboot's lists modules between dashes.
        const auto modules = settings.find("modules");
        if (!settings.contains("kernel") || modules == settings.end() ||
            modules->second.find(" --- ") == std::string_view::npos)
            continue;
        InstallTree tree;
        tree.distribution.name = "VMware ESXi";
        const auto build = settings.find("build");
        const std::string_view from = build != settings.end() ? build->second : image.volumeId();
        tree.distribution.version = std::string(firstVersionIn(from));
        const MenuTree paths(image.files(), [](const std::string&) { return std::string(); });
        tree.distribution.arch = paths.find("/efi/boot/bootaa64.efi", {}).empty() ? "x86_64" : "aarch64";
        tree.notes.push_back({ErrorCode::NotDriven, {}, tree.distribution.title()});
        return tree;
    }
    return std::nullopt;
}

} // namespace rackmuster::media
