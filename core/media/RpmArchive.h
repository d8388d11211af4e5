#pragma once

#include "core/boot/BootFile.h"
#include "core/media/CpioReader.h"

#include <functional>
#include <string_view>
#include <vector>

namespace rackmuster::media {

using RpmMember = CpioMember;

/// The regular files of an RPM package for which `wants(path)` holds, unpacked in memory: libarchive finds
/// and decompresses the payload, readCpio() takes it apart. Nothing is written anywhere, so no path, link or
/// device of a package can mean anything (R45). Errors: BrokenIso; NotAllowed beyond `limits`.
[[nodiscard]] Result<std::vector<RpmMember>> readRpm(const std::vector<boot::FileSlice>& package,
                                                     const std::function<bool(std::string_view path)>& wants,
                                                     const CpioLimits& limits = {});

} // namespace rackmuster::media
