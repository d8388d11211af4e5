#include "core/wire/Tftp.h"
#include "tests/fuzz/support/Require.h"

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::wire;
using fuzz::require;

namespace {

bool isSame(const TftpPacket& a, const TftpPacket& b) {
    if (a.index() != b.index())
        return false;
    if (const auto* data = std::get_if<TftpData>(&a)) {
        const auto& other = std::get<TftpData>(b);
        return data->block == other.block && asText(data->payload) == asText(other.payload);
    }
    if (const auto* request = std::get_if<TftpRequest>(&a))
        return *request == std::get<TftpRequest>(b);
    if (const auto* ack = std::get_if<TftpAck>(&a))
        return *ack == std::get<TftpAck>(b);
    if (const auto* error = std::get_if<TftpError>(&a))
        return *error == std::get<TftpError>(b);
    return std::get<TftpOptionAck>(a) == std::get<TftpOptionAck>(b);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto decoded = decodeTftp(Bytes(data, size));
    if (!decoded) {
        require(!message(decoded.error()).empty());
        return 0;
    }
    const std::vector<std::uint8_t> encoded = encodeTftp(*decoded);
    const auto again = decodeTftp(encoded);
    require(again.has_value() && isSame(*decoded, *again));
    return 0;
}
