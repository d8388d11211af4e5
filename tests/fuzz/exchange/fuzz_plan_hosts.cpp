#include "core/exchange/PlanHosts.h"
#include "core/exchange/TextEncoding.h"
#include "tests/fuzz/exchange/PlanRoundTrip.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rackmuster;
    const std::string text = exchange::toUtf8({reinterpret_cast<const char*>(data), size});
    (void)exchange::looksLikeHosts(text);
    fuzz::requirePlanRoundTrip(text, exchange::readPlanHosts, exchange::writePlanHosts);
    return 0;
}
