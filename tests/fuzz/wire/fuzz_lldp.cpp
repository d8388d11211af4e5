#include "core/wire/Lldp.h"
#include "tests/fuzz/support/Require.h"
#include "tests/fuzz/wire/RemoteTextCheck.h"

using namespace rackmuster;
using namespace rackmuster::wire;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto decoded = decodeLldp(Bytes(data, size));
    if (!decoded) {
        require(!message(decoded.error()).empty());
        return 0;
    }
    for (const std::string* text : {&decoded->chassisId, &decoded->portId, &decoded->portDescription,
                                    &decoded->systemName, &decoded->systemDescription})
        fuzz::requireRemoteText(*text, LldpMessage::maximumText);
    require(!decoded->vlan || (*decoded->vlan >= 1 && *decoded->vlan <= 4094));
    return 0;
}
