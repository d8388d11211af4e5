#include "core/exchange/PlanDnsmasq.h"
#include "core/exchange/TextEncoding.h"
#include "tests/fuzz/exchange/PlanRoundTrip.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rackmuster;
    const std::string text = exchange::toUtf8({reinterpret_cast<const char*>(data), size});
    (void)exchange::looksLikeDnsmasq(text);
    fuzz::requirePlanRoundTrip(text, exchange::readPlanDnsmasq, exchange::writePlanDnsmasq);
    return 0;
}
