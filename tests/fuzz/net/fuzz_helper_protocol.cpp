#include "core/net/HelperProtocol.h"
#include "tests/fuzz/support/Require.h"

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::net;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes bytes(data, size);
    if (const auto request = decodeHelperRequest(bytes)) {
        require(!request->interface.empty() && request->interface.size() < 16);
        require(request->httpPort == 80 || request->httpPort >= 1024);
        const auto again = encodeHelperRequest(*request);
        require(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
    }
    if (const auto reply = decodeHelperReply(bytes)) {
        const auto again = decodeHelperReply(encodeHelperReply(*reply));
        require(again && *again == *reply);
    }
    return 0;
}
