#pragma once

#include "core/base/Result.h"
#include "core/boot/Catalog.h"
#include "core/engine/ServiceSettings.h"
#include "core/engine/Snapshot.h"
#include "core/net/Interfaces.h"
#include "core/net/ServerEvents.h"

namespace rackmuster::engine {

/// What the servers are started with: the operator's settings on the interface's own address.
struct ServicePlan {
    boot::ServerIdentity server;
    boot::DhcpSettings dhcp;
};

/// Error: NotAllowed for a range that is not inside the interface's network.
[[nodiscard]] Result<ServicePlan> planServices(const ServiceSettings& settings,
                                               const net::InterfaceAddress& address);

/// What is shown of services that were just started.
[[nodiscard]] ServicesInfo startedInfo(const ServiceSettings& settings, const ServicePlan& plan);

/// Takes into `info` what a server reports of itself.
void noteReport(ServicesInfo& info, const net::ServerEvent& event);

} // namespace rackmuster::engine
