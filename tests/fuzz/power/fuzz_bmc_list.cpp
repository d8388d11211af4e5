#include "core/power/BmcList.h"

#include <cstdint>
#include <cstdlib>
#include <set>

using namespace rackmuster;
using namespace rackmuster::power;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const BmcList list = readBmcList({reinterpret_cast<const char*>(data), size});
    std::set<int> slots;
    for (const Bmc& bmc : list.bmcs) {
        // What ipmitool and a URL are given.
        if (!slots.insert(bmc.slot).second || bmc.slot < 1 || bmc.host.empty() || bmc.host.front() == '-' ||
            bmc.host.find_first_of("/:@ ") != std::string::npos || bmc.user.empty() ||
            (bmc.kind == BmcKind::Ipmi && bmc.password.size() > 20))
            std::abort();
    }
    for (const Error& error : list.errors) {
        if (error.code != ErrorCode::BadBmcLine)
            std::abort();
    }
    return 0;
}
