#include "core/base/ByteReader.h"
#include "core/wire/Dhcp.h"
#include "tests/fuzz/support/Require.h"

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::wire;
using fuzz::require;

namespace {

/// What encodeDhcp() may change: the relay's option goes last.
DhcpMessage withRelayLast(DhcpMessage message) {
    std::stable_partition(message.options.begin(), message.options.end(),
                          [](const DhcpMessage::Option& option) {
                              return option.code != static_cast<std::uint8_t>(DhcpOption::RelayAgent);
                          });
    return message;
}

void readEverything(const DhcpMessage& message) {
    static_cast<void>(message.mac().toString());
    static_cast<void>(message.type());
    for (const DhcpMessage::Option& option : message.options) {
        const auto code = static_cast<DhcpOption>(option.code);
        require(message.option(code).has_value());
        const auto text = message.textOption(code);
        require(!text || text->size() <= option.value.size());
        require(message.addressOption(code).has_value() == (option.value.size() == 4));
        require(option.value.size() <= 4096); // R05
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto decoded = decodeDhcp(Bytes(data, size));
    if (!decoded) {
        require(!message(decoded.error()).empty());
        return 0;
    }
    readEverything(*decoded);
    const auto encoded = encodeDhcp(*decoded, 65507);
    if (!encoded)
        return 0;
    require(encoded->size() >= 300);
    const auto again = decodeDhcp(*encoded);
    require(again.has_value() && *again == withRelayLast(*decoded));
    return 0;
}
