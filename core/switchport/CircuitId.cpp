#include "core/switchport/CircuitId.h"

#include "core/base/Hex.h"

#include <algorithm>

namespace rackmuster::switchport {

Result<std::optional<std::string>> circuitIdOf(Bytes option82) {
    constexpr std::uint8_t circuitId = 1; // RFC 3046 2.0
    ByteReader reader(option82);
    while (!reader.atEnd()) {
        const auto code = reader.u8("option 82");
        const auto length = code.and_then([&](std::uint8_t) { return reader.u8("option 82"); });
        const auto bytes =
            length.and_then([&](std::uint8_t count) { return reader.take(count, "option 82"); });
        if (!bytes)
            return tl::unexpected(bytes.error());
        if (*code == circuitId && !bytes->empty())
            return std::optional(circuitIdText(*bytes));
    }
    return std::optional<std::string>();
}

std::string circuitIdText(Bytes circuitId) {
    const bool isText = std::all_of(circuitId.begin(), circuitId.end(),
                                    [](std::uint8_t byte) { return byte >= 0x20 && byte <= 0x7E; });
    return isText ? std::string(asText(circuitId)) : toHexText(circuitId, ':');
}

} // namespace rackmuster::switchport
