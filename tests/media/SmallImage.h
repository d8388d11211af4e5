#pragma once

#include <QString>

namespace rackmuster::tests {

/// Whether the programs for makeSmallImage() are installed.
[[nodiscard]] bool canMakeSmallImages();
/// An image of less than a mebibyte with deep folders, links, long names, some files and an EFI boot image
/// `efi.img`, made in `directory` by genisoimage; its path, empty when that failed. A second one replaces the
/// first.
[[nodiscard]] QString makeSmallImage(const QString& directory, const char* arguments);

} // namespace rackmuster::tests
