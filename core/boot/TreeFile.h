#pragma once

#include "core/boot/BootFile.h"
#include "core/boot/Catalog.h"

#include <optional>
#include <string_view>

namespace rackmuster::boot {

/// What fetching this path of an installation tree says of the installer's progress.
[[nodiscard]] FileRole roleOfTreePath(std::string_view path);

/// 16 hex digits that differ when either text does, by all likelihood.
[[nodiscard]] std::string etagFrom(std::string_view seed, std::string_view text);

/// A file of the image as its tree spells it, with a strong ETag that lasts as long as the image's file does
/// (P55).
[[nodiscard]] std::optional<BootFile> fileOfImage(const ImageFiles& image, std::string_view path,
                                                  FileRole role);

/// The image's own file (ImageFiles::whole), with a strong ETag too.
[[nodiscard]] std::optional<BootFile> wholeImage(const ImageFiles& image);

/// A page with what lies in a directory of the image's tree; nothing when it has no such directory. Looks at
/// every path of the image: some milliseconds for a large one, as nobody but people and mirrors asks.
[[nodiscard]] std::optional<BootFile> listingOfImage(const ImageFiles& image, std::string_view directory);

} // namespace rackmuster::boot
