#include "core/media/RpmLoaders.h"

#include "core/media/RpmArchive.h"
#include "core/media/TreePath.h"
#include "core/media/TreeText.h"

#include <algorithm>
#include <array>
#include <optional>

namespace rackmuster::media {

namespace {

/// One loader, and where a package keeps it.
struct Wanted {
    std::string_view packagePrefix; ///< of the file's name
    std::string_view member;        ///< the file's name in the package, lower-cased
    std::string_view place;         ///< in our tree
};

// shimx64.efi is signed by the vendor for his grub; BOOTX64.EFI of the same package is the same program.
constexpr std::array<Wanted, 8> loaders{{
    {"shim-x64-", "shimx64.efi", "EFI/BOOT/BOOTX64.EFI"},
    {"shim-", "shimx64.efi", "EFI/BOOT/BOOTX64.EFI"},
    {"shim-", "shim.efi", "EFI/BOOT/BOOTX64.EFI"}, // before release 7.4
    {"grub2-efi-x64-", "grubx64.efi", "EFI/BOOT/grubx64.efi"},
    {"grub2-efi-", "grubx64.efi", "EFI/BOOT/grubx64.efi"},
    {"shim-aa64-", "shimaa64.efi", "EFI/BOOT/BOOTAA64.EFI"},
    {"grub2-efi-aa64-", "grubaa64.efi", "EFI/BOOT/grubaa64.efi"},
    {"grub2-efi-aarch64-", "grubaa64.efi", "EFI/BOOT/grubaa64.efi"},
}};

// As HostLoader serves them.
constexpr std::array<std::string_view, 6> biosFiles{"pxelinux.0",   "ldlinux.c32", "libutil.c32",
                                                    "libcom32.c32", "menu.c32",    "chain.c32"};

std::string_view nameOf(std::string_view path) {
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

using Packages = std::vector<const IsoFiles::value_type*>;

/// Those that may hold a loader, in the order of their paths: of a whole distribution a handful.
Packages packagesIn(const IsoFiles& files, std::initializer_list<std::string_view> stems) {
    Packages out;
    for (const auto& file : files) {
        if (!file.first.ends_with(".rpm"))
            continue;
        const std::string_view name = nameOf(file.first);
        if (std::any_of(stems.begin(), stems.end(), [name](auto stem) { return name.starts_with(stem); }))
            out.push_back(&file);
    }
    std::sort(out.begin(), out.end(), [](auto* a, auto* b) { return a->first < b->first; });
    return out;
}

/// The package of this name, whatever its version: digits follow the prefix. Of several the first by path.
const IsoFiles::value_type* findPackage(const Packages& packages, std::string_view prefix) {
    const auto found = std::find_if(packages.begin(), packages.end(), [prefix](auto* package) {
        const std::string_view name = nameOf(package->first);
        return name.starts_with(prefix) && name.size() > prefix.size() && name[prefix.size()] >= '0' &&
               name[prefix.size()] <= '9';
    });
    return found == packages.end() ? nullptr : *found;
}

} // namespace

IsoTree readRpmBiosLoader(const IsoFiles& files, MemoryFile& kept) {
    const Packages packages = packagesIn(files, {"syslinux-"});
    // syslinux was one package up to release 7; later pxelinux.0 and its modules are in these.
    for (const std::string_view prefix : {"syslinux-tftpboot-", "syslinux-nonlinux-", "syslinux-"}) {
        const IsoFiles::value_type* const package = findPackage(packages, prefix);
        if (package == nullptr)
            continue;
        IsoTree out;
        const auto fact = [&](const Error& error) {
            out.files.clear(); // a set that is not whole starts nothing
            out.skipped.push_back(printableName(package->first) + ": " + error.detail);
            return out;
        };
        const auto members = readRpm(package->second, [](std::string_view path) {
            return std::find(biosFiles.begin(), biosFiles.end(), nameOf(path)) != biosFiles.end();
        });
        if (!members)
            return fact(members.error());
        for (const RpmMember& member : *members) {
            const auto slice = kept.append(asBytes(member.bytes));
            if (!slice)
                return fact(slice.error());
            out.files.try_emplace(std::string(rpmBiosDirectory).append(nameOf(member.path)),
                                  std::vector{*slice});
        }
        if (out.files.contains(std::string(rpmBiosDirectory) + "pxelinux.0"))
            return out;
    }
    return {};
}

IsoTree readRpmLoaders(const IsoFiles& files, MemoryFile& kept) {
    const Packages packages = packagesIn(files, {"shim-", "grub2-efi-"});
    IsoTree out;
    for (const Wanted& wanted : loaders) {
        const std::string place = std::string(rpmDirectory).append(wanted.place);
        const IsoFiles::value_type* const package =
            out.files.contains(place) ? nullptr : findPackage(packages, wanted.packagePrefix);
        if (package == nullptr)
            continue;
        const auto members = readRpm(package->second, [&wanted](std::string_view path) {
            return lowerCase(nameOf(path)) == wanted.member;
        });
        const auto slice = members && !members->empty()
                               ? members.and_then([&](const std::vector<RpmMember>& found) {
                                     return kept.append(asBytes(found.front().bytes));
                                 })
                               : Result<boot::FileSlice>();
        if (!members)
            out.skipped.push_back(printableName(package->first) + ": " + members.error().detail);
        else if (!slice)
            out.skipped.push_back(printableName(package->first) + ": " + slice.error().detail);
        else if (slice->length > 0)
            out.files.try_emplace(place, std::vector{*slice});
    }
    return out;
}

} // namespace rackmuster::media
