#include "core/switchport/CircuitId.h"
#include "core/switchport/PortMap.h"

#include <cstdlib>

using namespace rackmuster;
using namespace rackmuster::switchport;

/// Once as a port map and once as option 82.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes bytes(data, size);
    const PortMapFile file = PortMap::parse(asText(bytes));
    const std::string text = file.map.toText();
    const PortMapFile again = PortMap::parse(text);
    if (!again.errors.empty() || !(again.map == file.map))
        std::abort();
    const auto circuit = circuitIdOf(bytes);
    if (circuit && *circuit) {
        if ((*circuit)->empty())
            std::abort();
        if (const auto slot = file.map.slotOf({"", **circuit}); slot && *slot < 1)
            std::abort();
    }
    return 0;
}
