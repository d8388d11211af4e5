#include "core/media/LoaderAudit.h"

#include "core/media/EfiBootImage.h"
#include "core/media/RpmLoaders.h"
#include "core/media/TreeText.h"

#include <algorithm>
#include <array>
#include <map>

namespace rackmuster::media {

namespace {

constexpr std::uint64_t readLimit = 4U << 20U; // bytes; a shim has about one million

struct UefiName {
    std::string_view firmware;
    std::string_view suffix; // bootx64.efi, grubx64.efi, bootnetx64.efi
};
constexpr std::array<UefiName, 3> uefiNames{
    {{"uefi-x64", "x64.efi"}, {"uefi-ia32", "ia32.efi"}, {"uefi-arm64", "aa64.efi"}}};

/// Lower-cased path -> path as the tree spells it, of EFI programs only.
using EfiPrograms = std::map<std::string, std::string>;

EfiPrograms efiProgramsOf(const IsoImage& image) {
    EfiPrograms out;
    for (const auto& [path, slices] : image.files()) {
        if (std::string lower = lowerCase(path); lower.ends_with(".efi"))
            out.emplace(std::move(lower), path);
    }
    return out;
}

std::string directoryOf(const std::string& path) {
    return path.substr(0, path.rfind('/') + 1); // npos + 1 is 0: the root
}

/// The program called `name`, wherever it is; of several the one with the shortest path. Null when there is
/// none.
const std::string* findAnywhere(const EfiPrograms& programs, const std::string& name) {
    const std::string* best = nullptr;
    for (const auto& [lower, path] : programs) {
        if (lower.substr(lower.rfind('/') + 1) == name && (best == nullptr || path.size() < best->size()))
            best = &path;
    }
    return best;
}

std::string utf16(std::string_view ascii) {
    std::string out;
    for (const char c : ascii)
        out.append({c, '\0'});
    return out;
}

/// "shim" as a word of its own: grub, too, speaks of its "shim_lock".
bool namesShim(std::string_view bytes) {
    for (std::size_t at = bytes.find("shim"); at != std::string_view::npos; at = bytes.find("shim", at + 4)) {
        if (!bytes.substr(at + 4).starts_with("_lock"))
            return true;
    }
    return false;
}

/// The line "shim,<generation>,..." of a .sbat section, up to the generation.
std::string sbatOf(std::string_view bytes) {
    constexpr std::string_view mark = "\nshim,";
    const std::size_t at = bytes.find(mark);
    if (at == std::string_view::npos)
        return {};
    const std::string_view generation = bytes.substr(at + mark.size(), 8);
    const std::size_t digits = std::min(generation.find_first_not_of("0123456789"), generation.size());
    return digits == 0 ? std::string() : "shim," + std::string(generation.substr(0, digits));
}

Loader makeLoader(const IsoImage& image, const EfiPrograms& programs, const UefiName& name,
                  const std::string& path) {
    const char* const source = path.starts_with(efiBootDirectory) ? "efiboot"
                               : path.starts_with(rpmDirectory)   ? "rpm"
                                                                  : "image";
    Loader out{.firmware = std::string(name.firmware), .path = path, .source = source};
    const auto grub = programs.find(lowerCase(directoryOf(path)) + "grub" + std::string(name.suffix));
    if (grub == programs.end())
        return out; // a shim without a grub beside it could start nothing
    out.grubPath = grub->second;
    if (const auto bytes = image.readStart(path, readLimit)) {
        ShimMarks marks = findShimMarks(*bytes);
        out.isSecureBoot = marks.isShim;
        out.sbat = std::move(marks.sbat);
    }
    return out;
}

} // namespace

std::vector<Loader> findUefiLoaders(const IsoImage& image) {
    const EfiPrograms programs = efiProgramsOf(image);
    std::vector<Loader> out;
    for (const UefiName& name : uefiNames) {
        const std::string* path = findAnywhere(programs, "bootnet" + std::string(name.suffix));
        for (const std::string_view root : {std::string_view(), efiBootDirectory, rpmDirectory}) {
            const auto usual = programs.find(std::string(root) + "efi/boot/boot" + std::string(name.suffix));
            if (path == nullptr && usual != programs.end())
                path = &usual->second;
        }
        if (path != nullptr)
            out.push_back(makeLoader(image, programs, name, *path));
    }
    return out;
}

ShimMarks findShimMarks(std::string_view bytes) {
    ShimMarks out;
    out.sbat = sbatOf(bytes);
    out.isShim = !out.sbat.empty() || namesShim(bytes) ||
                 bytes.find(utf16("shim")) != std::string_view::npos ||
                 bytes.find(utf16("\\grub")) != std::string_view::npos;
    return out;
}

} // namespace rackmuster::media
