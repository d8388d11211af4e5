#pragma once

#include "core/base/ByteReader.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Ipv4Address.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace rackmuster::tests {

/// One UDP socket at an address and a free port of its own, for tests that say things no client says. On
/// loopback every address of 127.0.0.0/8 is a machine of its own.
class UdpClient {
public:
    explicit UdpClient(Ipv4Address address = Ipv4Address(127, 0, 0, 1));

    struct Datagram {
        std::vector<std::uint8_t> bytes;
        std::uint16_t port = 0; ///< it came from
    };
    void send(Bytes bytes, std::uint16_t port, Ipv4Address server = Ipv4Address(127, 0, 0, 1)) const;
    /// The next datagram; nothing when none came in time.
    [[nodiscard]] std::optional<Datagram> receive(std::chrono::milliseconds patience) const;

private:
    FileDescriptor m_socket;
};

} // namespace rackmuster::tests
