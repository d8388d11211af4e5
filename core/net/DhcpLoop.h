#pragma once

#include "core/boot/DhcpLimits.h"
#include "core/boot/DhcpResponder.h"
#include "core/net/DatagramBatch.h"
#include "core/net/DhcpServer.h"
#include "core/net/DhcpTransmitter.h"
#include "core/net/LeaseGate.h"
#include "core/net/OfferCheck.h"
#include "core/net/RejectionLog.h"

#include <memory>
#include <optional>

namespace rackmuster::net {

/// One run of the DHCP server: what lives on its thread and nowhere else. Each turn receives what waits,
/// decides, sends what may leave, and gives the disk what must be stored; nothing in it waits for the disk or
/// for a probe.
class DhcpLoop {
public:
    /// Neither is owned.
    DhcpLoop(DhcpServer::Options& options, boot::LeaseTable& leases);
    [[nodiscard]] Result<void> run(const StopSignal& stop);

private:
    /// A decoded message with the way it came.
    struct Request {
        wire::DhcpMessage message;
        UdpEndpoint sender;
        boot::DhcpPort port = boot::DhcpPort::Server;
    };

    [[nodiscard]] Result<void> turn();
    [[nodiscard]] int patience() const;
    [[nodiscard]] Result<void> receive(int socket, boot::DhcpPort port);
    void onDatagram(const ReceivedDatagram& datagram, boot::DhcpPort port);
    [[nodiscard]] bool isWithinLimits(const wire::DhcpMessage& message);
    void decide(Request request);
    void keepRemoval(const Request& request, std::optional<Ipv4Address> had);
    void offer(Request request, PendingReply pending);
    void onWritten();
    void hearOthers();
    void sendDueOffers();
    void tellFlood();
    void enqueue(PendingReply pending);
    void tell(const PendingReply& pending, const Result<void>& sent);

    DhcpServer::Options& m_options;
    boot::LeaseTable& m_leases;
    boot::DhcpLimits m_limits;
    RejectionLog m_rejections;
    DhcpTransmitter m_transmitter;
    DatagramBatch m_datagrams;
    LeaseGate m_gate;
    std::optional<OfferCheck> m_offers; ///< after the leases were loaded
    std::shared_ptr<const boot::Catalog> m_catalog;
    Instant m_now{}; ///< of this turn
};

} // namespace rackmuster::net
