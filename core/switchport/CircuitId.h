#pragma once

#include "core/base/ByteReader.h"

#include <optional>
#include <string>

namespace rackmuster::switchport {

/// The circuit id of DHCP option 82 (RFC 3046 2.0), by which a switch or relay names the port that a message
/// came in by: "Gi1/0/7" where it is readable ASCII, else its bytes in hexadecimal ("00:04:00:01:00:07").
/// Nothing when the option holds none; Truncated when a sub-option ends in the middle.
[[nodiscard]] Result<std::optional<std::string>> circuitIdOf(Bytes option82);

/// How a circuit id is shown and written into a port map.
[[nodiscard]] std::string circuitIdText(Bytes circuitId);

} // namespace rackmuster::switchport
