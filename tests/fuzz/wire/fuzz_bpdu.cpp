#include "core/wire/SpanningTree.h"
#include "tests/fuzz/support/Require.h"

using namespace rackmuster;
using namespace rackmuster::wire;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto decoded = decodeBpdu(Bytes(data, size));
    if (!decoded) {
        require(!message(decoded.error()).empty());
        return 0;
    }
    if (!*decoded)
        return 0;
    const Bpdu& bpdu = **decoded;
    require(bpdu.forwardDelay >= std::chrono::seconds(0) && bpdu.forwardDelay <= std::chrono::seconds(30));
    require(bpdu.maxAge <= std::chrono::seconds(40));
    require((bpdu.version == Bpdu::Version::Stp) != bpdu.isForwarding().has_value());
    return 0;
}
