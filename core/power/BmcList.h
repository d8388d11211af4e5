#pragma once

#include "core/base/Result.h"
#include "core/power/Bmc.h"

#include <string_view>
#include <vector>

namespace rackmuster::power {

/// What was read of a list, and one BadBmcLine for each line that was not. No error repeats a password.
struct BmcList {
    std::vector<Bmc> bmcs; ///< By slot, each slot once.
    std::vector<Error> errors;
};

/// Reads "slot,address,user,password,kind" as CSV (RFC 4180), columns in any order, a header line first.
/// `address` is HOST, HOST:PORT or, for one of several Redfish systems, HOST/SYSTEM; `kind` is ipmi or
/// redfish. Never fails as a whole.
[[nodiscard]] BmcList readBmcList(std::string_view text);

} // namespace rackmuster::power
