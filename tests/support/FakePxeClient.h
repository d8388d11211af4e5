#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/MacAddress.h"
#include "core/base/Uuid.h"
#include "core/wire/Dhcp.h"
#include "tests/support/HttpClient.h"
#include "tests/support/NetworkNamespace.h"
#include "tests/support/TftpClient.h"

#include <cstdint>
#include <optional>
#include <string>

namespace rackmuster::tests {

/// A machine at the machines' end of a NetworkNamespace that boots by script: it speaks DHCP with a hardware
/// address of its own over a packet socket, so many of them can share one cable.
class FakePxeClient {
public:
    struct Options {
        MacAddress mac{MacAddress::Octets{0x52, 0x54, 0, 0, 0, 1}};
        std::uint16_t architecture = 0;                               ///< option 93: 0 BIOS, 7 UEFI x64
        std::string vendorClass = "PXEClient:Arch:00000:UNDI:002001"; ///< option 60; empty: none
        std::optional<Uuid> uuid;
        bool wantsBroadcast = false;
    };
    /// How a reply travelled.
    struct Arrival {
        MacAddress source{MacAddress::Octets{}};
        MacAddress destination{MacAddress::Octets{}};
        Ipv4Address sourceAddress, destinationAddress;
        std::uint16_t sourcePort = 0;
    };

    FakePxeClient(const NetworkNamespace& network, Options options);

    /// The DISCOVER that this machine sends, with a new transaction id.
    [[nodiscard]] wire::DhcpMessage makeDiscover();
    /// The REQUEST that accepts `offer`.
    [[nodiscard]] wire::DhcpMessage makeRequest(const wire::DhcpMessage& offer) const;
    /// Broadcasts from port 68 to 67.
    void send(const wire::DhcpMessage& message);
    void sendPayload(Bytes payload);
    /// The next reply with `transaction` to this machine; nothing after `patience` milliseconds.
    [[nodiscard]] std::optional<wire::DhcpMessage> receive(std::uint32_t transaction, int patience = 8000);

    /// Each sends and waits for the answer.
    [[nodiscard]] std::optional<wire::DhcpMessage> discover();
    [[nodiscard]] std::optional<wire::DhcpMessage> request(const wire::DhcpMessage& offer);
    /// The whole exchange: the ACK, or nothing.
    [[nodiscard]] std::optional<wire::DhcpMessage> doDora();

    /// Takes `address` for what is fetched from then on.
    [[nodiscard]] bool useAddress(Ipv4Address address);
    [[nodiscard]] TftpOutcome tftpGet(TftpQuery query) const;
    [[nodiscard]] HttpResponse httpGet(Ipv4Address server, std::uint16_t port, const std::string& target,
                                       const std::string& headers = {}) const;

    [[nodiscard]] const MacAddress& mac() const { return m_options.mac; }
    [[nodiscard]] const Arrival& lastArrival() const { return m_arrival; }

private:
    const NetworkNamespace& m_network;
    Options m_options;
    FileDescriptor m_socket;
    int m_interface = 0;
    std::uint32_t m_transaction;
    Ipv4Address m_address;
    Arrival m_arrival;
};

} // namespace rackmuster::tests
