#include "core/wire/Cdp.h"
#include "tests/fuzz/support/Require.h"
#include "tests/fuzz/wire/RemoteTextCheck.h"

using namespace rackmuster;
using namespace rackmuster::wire;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto decoded = decodeCdp(Bytes(data, size));
    if (!decoded) {
        require(!message(decoded.error()).empty());
        return 0;
    }
    if (!*decoded)
        return 0;
    const CdpMessage& cdp = **decoded;
    for (const std::string* text : {&cdp.deviceId, &cdp.portId, &cdp.platform})
        fuzz::requireRemoteText(*text, CdpMessage::maximumText);
    require(!cdp.nativeVlan || (*cdp.nativeVlan >= 1 && *cdp.nativeVlan <= 4094));
    return 0;
}
