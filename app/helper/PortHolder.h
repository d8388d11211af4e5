#pragma once

#include <cstdint>
#include <string>

namespace rackmuster::helper {

enum class Transport : std::uint8_t { Udp, Tcp };

/// Who has `port` open, as "dnsmasq (process 812)", or "another program" where we may not look (R53).
[[nodiscard]] std::string portHolder(Transport transport, std::uint16_t port);

} // namespace rackmuster::helper
