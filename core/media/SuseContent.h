#pragma once

#include "core/media/Distribution.h"

#include <optional>
#include <string>
#include <string_view>

namespace rackmuster::media {

/// What a `content` file says.
struct SuseContent {
    Distribution distribution;
    std::string kernel; ///< that it lists with its checksum: "boot/x86_64/loader/linux"; empty on add-ons
};

/// The `content` file of SUSE media up to release 12: LABEL and VERSION, or DISTRO ("cpe:/o:suse:sles:12:sp3,
/// SUSE Linux Enterprise Server 12 SP3"), BASEARCHS or REPOID. Nothing when it names no product.
[[nodiscard]] std::optional<SuseContent> parseSuseContent(std::string_view text);

/// The first line of media.1/products: "/ openSUSE-Leap 15.5-1", product behind the slash. Nothing when it is
/// not of that form.
[[nodiscard]] std::optional<Distribution> parseSuseProducts(std::string_view text);

/// The build's name in media.1/media, which holds more than its products file does:
/// "openSUSE - openSUSE-Leap-15.4-DVD-x86_64-Build243.2-Media". Nothing without name and version.
[[nodiscard]] std::optional<Distribution> parseSuseMedia(std::string_view text);

} // namespace rackmuster::media
