#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace rackmuster::roster {

/// A DHCP option that the operator adds to the replies to a machine, or puts in place of the one that it
/// would get. An empty value leaves it out.
struct DhcpOption {
    std::uint8_t code = 0;
    std::vector<std::uint8_t> value; ///< at most 255 bytes, of option 43 at most 253 (P06)

    bool operator==(const DhcpOption&) const = default;
};

/// `42=192.168.0.1,192.168.0.2;66="a text";128=0x0102ff;26=u16:1500;3=`: codes in decimal, each once; values
/// are a list of addresses, a text in quotes, bytes in hexadecimal, a number of one, two or four bytes (u8:,
/// u16:, u32:), or nothing. At most 32 options of 1,024 bytes in all. Refused are those that the server or
/// the relay alone may say: the pad and the end, 1, 13 (P27), 50 to 61, 67 (the boot file is chosen
/// elsewhere), 82, 93, 94 and 97. Error: Malformed.
[[nodiscard]] Result<std::vector<DhcpOption>> parseDhcpOptions(std::string_view text);

} // namespace rackmuster::roster
