#pragma once

#include "core/base/Result.h"
#include "core/power/PowerControl.h"

#include <QByteArray>
#include <QString>

#include <string>

namespace rackmuster::power {

/// What the documents of a Redfish service say (DMTF DSP0266, schemas ComputerSystemCollection and
/// ComputerSystem). Pure; takes any bytes. `host` is for the errors, which are BmcFailed.

/// The path of the system with the identifier `wanted`, or of the only one.
[[nodiscard]] Result<QString> readSystems(const QByteArray& document, const QString& wanted,
                                          const std::string& host);

struct RedfishSystem {
    PowerState state = PowerState::Off;
    QString resetTarget; ///< Path for Actions/ComputerSystem.Reset.
    QString resetType;   ///< What switches it on here: On, ForceOn or PushPowerButton. Empty: nothing that it
                         ///< takes.
    bool bootsFromNetwork = false; ///< It takes the boot target Pxe.
};

[[nodiscard]] Result<RedfishSystem> readSystem(const QByteArray& document, const std::string& host);

/// The reason in an error answer, fit to be shown, or empty.
[[nodiscard]] std::string readRedfishError(const QByteArray& document);

} // namespace rackmuster::power
