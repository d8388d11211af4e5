#include "core/power/PowerControl.h"

#include "core/power/IpmiControl.h"
#include "core/power/RedfishControl.h"

namespace rackmuster::power {

std::unique_ptr<PowerControl> makePowerControl(const Bmc& bmc, const CertificateTrust& trust) {
    if (bmc.kind == BmcKind::Redfish)
        return std::make_unique<RedfishControl>(bmc, trust);
    return std::make_unique<IpmiControl>(bmc);
}

} // namespace rackmuster::power
