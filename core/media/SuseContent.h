#pragma once

#include "core/media/Distribution.h"

#include <optional>
#include <string_view>

namespace rackmuster::media {

/// The `content` file of SUSE media up to release 12: LABEL, VERSION, BASEARCHS. The family stays None:
/// SUSE's installer is recognised, not driven. Nothing when it names no product.
[[nodiscard]] std::optional<Distribution> parseSuseContent(std::string_view text);

/// The first line of media.1/products: "/ SLES 15.5-0", product behind the slash. Nothing when it is not of
/// that form.
[[nodiscard]] std::optional<Distribution> parseSuseProducts(std::string_view text);

} // namespace rackmuster::media
