#include "core/net/DhcpServer.h"

#include "core/net/DhcpLoop.h"

#include <utility>

namespace rackmuster::net {

DhcpServer::DhcpServer(Options options) : m_options(std::move(options)) {}

void DhcpServer::run(const StopSignal& stop) {
    DhcpLoop loop(m_options, m_leases);
    if (const Result<void> outcome = loop.run(stop); !outcome)
        m_options.events(ServiceFailed{"dhcp", outcome.error()});
}

} // namespace rackmuster::net
