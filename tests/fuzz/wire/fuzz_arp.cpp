#include "core/wire/Arp.h"
#include "tests/fuzz/support/Require.h"

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::wire;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto packet = decodeArp(Bytes(data, size));
    if (!packet) {
        require(!message(packet.error()).empty());
        return 0;
    }
    const ArpBytes again = encodeArp(*packet);
    require(size >= again.size() && std::equal(again.begin(), again.end(), data));
    return 0;
}
