#pragma once

#include "core/media/Distribution.h"

#include <optional>
#include <string_view>

namespace rackmuster::media {

/// A .disk/info of Debian, Ubuntu and their relatives:
///   Debian GNU/Linux 12.5.0 "Bookworm" - Official amd64 NETINST with firmware 20240210-11:27
///   Ubuntu-Server 18.04.1 LTS "Bionic Beaver" - Release arm64 (20180725)
///   Debian GNU/Linux testing "Trixie" - Official Snapshot amd64 NETINST 20250101-03:12
///   Linux Mint 21.3 "Virginia" - Release amd64 20240109
/// The suite is the first word of the code name in lower case. Nothing when there is no name in front of a
/// version.
[[nodiscard]] std::optional<Distribution> parseDiskInfo(std::string_view text);

} // namespace rackmuster::media
