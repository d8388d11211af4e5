#pragma once

#include "core/base/Result.h"
#include "core/boot/Catalog.h"
#include "core/media/Distribution.h"
#include "core/media/IsoImage.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace rackmuster::media {

struct Loader {
    std::string firmware;      ///< "bios", "uefi-x64", "uefi-ia32", "uefi-arm64"
    std::string path;          ///< inside the image, or of the host's package
    std::string grubPath;      ///< of UEFI: the grub beside it that it starts; empty: none
    std::string source;        ///< "image", "efiboot" (its EFI boot image), "rpm" (a package of it), "host"
    bool isSecureBoot = false; ///< a signed shim stands in front of a grub
    std::string sbat;     ///< of a shim: its revocation generation as .sbat writes it, "shim,4"; empty: none
    std::string signer;   ///< who signed it, by the certificate's common name; empty: nobody
    std::string grubSbat; ///< of the grub beside it, "grub,3"; empty: none
    std::string linuxCommand; ///< "linux" or "linuxefi", whichever that grub has; empty: not known
};

/// The answer of `inspect`.
struct MediaReport {
    std::string file;
    std::string volumeId;
    std::uint64_t size = 0;
    Distribution distribution;
    std::string kernelPath, initrdPath; ///< of its installer; empty when it has none that we know to start
    std::vector<Loader> loaders;
    std::vector<std::string> repositories; ///< directories inside the image, "." for its root
    std::vector<boot::MenuEntry> entries;  ///< of its own boot menu, those whose files are there
    /// What the operator should know, each with `file` as its subject. The first says why when the image is
    /// not importable.
    std::vector<Error> notes;

    /// The loader for a kind of firmware ("uefi-x64"); null when there is none.
    [[nodiscard]] const Loader* loaderFor(std::string_view firmware) const;
    /// An installer that machines which we reach can start.
    [[nodiscard]] bool isInstallable() const;
    /// An installer, or at least one menu entry that starts with nothing but its own kernel and initrds.
    [[nodiscard]] bool isImportable() const;
    /// There is firmware that we serve for the image's architecture, and a loader where only its own helps.
    [[nodiscard]] bool canStart() const;
};

/// From .treeinfo, .discinfo, media.repo, .disk/info, dists/, casper/, media.1/, content, the boot menus and
/// the paths they name: never from a list of known file names of releases. `hasHostBiosLoader`: the host's
/// syslinux package is installed.
[[nodiscard]] MediaReport inspect(const IsoImage& image, const std::string& file, bool hasHostBiosLoader);

/// What boot needs of an inspected image. `etagSeed` follows the file's size and modification time.
[[nodiscard]] boot::ImageFiles toImageFiles(const IsoImage& image, const MediaReport& report,
                                            const std::string& id);

/// 16 hex digits out of size and primary volume descriptor, which holds the volume id and its time of
/// creation. Neither path nor modification time count: a file that was moved or copied elsewhere keeps its
/// id. Errors: Truncated, System.
[[nodiscard]] Result<std::string> imageIdOf(const IsoImage& image);

/// "pxelinux.0", "ldlinux.c32", ...: the BIOS loader files of the host's syslinux packages, opened; empty
/// when they are not installed.
[[nodiscard]] std::unordered_map<std::string, std::vector<boot::FileSlice>> hostLoaderFiles();

} // namespace rackmuster::media
