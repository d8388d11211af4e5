#pragma once

#include "core/base/Result.h"
#include "core/power/Bmc.h"

#include <QObject>

#include <functional>
#include <memory>
#include <set>
#include <string>

namespace rackmuster::power {

enum class PowerState : std::uint8_t { Off, On };

enum class PowerAct : std::uint8_t {
    Status,
    PowerOn,
    BootFromNetworkOnce, ///< The next start only, whatever the boot order says.
};

/// Switches one machine by its BMC. Asynchronous, on the thread of its event loop, one act at a time.
/// Destroying it gives the act up without an answer.
class PowerControl : public QObject {
    Q_OBJECT

public:
    /// The state for Status; On for PowerOn; for BootFromNetworkOnce nothing that means anything. Errors:
    /// BmcSilent, BmcRefused, BmcUntrusted, BmcFailed; NoSuchFile without ipmitool.
    using Answer = std::function<void(const Result<PowerState>&)>;

    /// Calls `answer` once, later, from the event loop, within 40 seconds.
    virtual void perform(PowerAct act, Answer answer) = 0;
};

/// Which certificates of Redfish services are good. Few BMCs have one that an authority signed.
struct CertificateTrust {
    std::set<std::string>
        fingerprints;        ///< SHA-256, as fingerprintText() writes them; the operator confirmed them.
    bool acceptsAny = false; ///< Told so by the operator: the cable goes nowhere else.
};

/// The control for the kind of `bmc`.
[[nodiscard]] std::unique_ptr<PowerControl> makePowerControl(const Bmc& bmc, const CertificateTrust& trust);

} // namespace rackmuster::power
