#include "core/media/HostLoader.h"

#include "core/media/MediaInspector.h"

#include <array>
#include <memory>
#include <utility>

namespace rackmuster::media {

namespace {

using LoaderFiles = std::unordered_map<std::string, std::vector<boot::FileSlice>>;

/// What our own menus use; syslinux 6 finds the rest of a module by these.
constexpr std::array modules{"ldlinux.c32", "libutil.c32", "libcom32.c32", "menu.c32", "chain.c32"};

void addFile(const std::string& directory, const std::string& name, LoaderFiles& out) {
    auto file = FileDescriptor::openForReading(directory + "/" + name);
    if (!file)
        return; // not installed: the caller sees that it is missing
    const auto size = file->size();
    if (size)
        out[name] = {{std::make_shared<const FileDescriptor>(std::move(*file)), 0, *size}};
}

} // namespace

LoaderFiles loaderFilesIn(const std::vector<SyslinuxPlaces>& places) {
    for (const SyslinuxPlaces& place : places) {
        LoaderFiles out;
        addFile(place.loaders, "pxelinux.0", out);
        if (out.empty())
            continue;
        for (const char* module : modules)
            addFile(place.modules, module, out);
        return out;
    }
    return {};
}

LoaderFiles hostLoaderFiles() {
    return loaderFilesIn({{"/usr/lib/PXELINUX", "/usr/lib/syslinux/modules/bios"},
                          {"/usr/share/syslinux", "/usr/share/syslinux"},
                          {"/usr/lib/syslinux/bios", "/usr/lib/syslinux/bios"}});
}

} // namespace rackmuster::media
