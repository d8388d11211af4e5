#pragma once

#include "core/base/ByteReader.h"
#include "core/media/IsoImage.h"
#include "core/media/MediaInspector.h"
#include "core/media/Sbat.h"
#include "core/media/Signature.h"

#include <optional>
#include <string>
#include <vector>

namespace rackmuster::media {

/// A UEFI loader of an image and the one thing about it that the operator should know: why machines refuse
/// it, with Secure Boot or at all. The subject is left to the caller.
struct AuditedLoader {
    Loader loader;
    std::optional<Error> objection;
};

/// The UEFI loaders of an image: EFI/BOOT/BOOT<arch>.EFI in any spelling, of the tree, else of the EFI boot
/// image, else out of packages, and bootnet<arch>.efi of Debian's netboot layout, which comes before the
/// other of its firmware because it finds its files by network. One per firmware.
[[nodiscard]] std::vector<AuditedLoader> findUefiLoaders(const IsoImage& image);

/// What the bytes of a UEFI program say of it. Hostile bytes make it say less.
struct LoaderFacts {
    bool isShim = false; ///< by .sbat, or, before 2021, by its messages and the name of the grub it starts
    bool isGrub = false;
    std::vector<SbatComponent> components; ///< of its .sbat section
    std::vector<Signer> signers;
    bool hasLinuxefi = false; ///< one of its modules has the command "linuxefi"

    /// "shim,4" of `name` "shim"; empty: no such component.
    [[nodiscard]] std::string generationOf(std::string_view name) const;
};
[[nodiscard]] LoaderFacts auditLoader(Bytes program);

} // namespace rackmuster::media
