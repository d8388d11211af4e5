#pragma once

#include "core/base/Result.h"
#include "core/engine/PortSettings.h"

#include <QString>

namespace rackmuster::engine {

/// A switch as a person writes it down. What is not in here (VLANs, kinds of authentication) stays as it was.
struct SwitchForm {
    QString address;         ///< "10.0.0.2" or a name, ":PORT" behind it when that is not 161.
    QString community;       ///< Of SNMPv2c; secret.
    QString user;            ///< Of SNMPv3; empty: SNMPv2c.
    QString password;        ///< Secret; empty: no authentication.
    QString privacyPassword; ///< Secret; empty: no privacy.

    bool operator==(const SwitchForm&) const = default;
};

[[nodiscard]] SwitchForm toForm(const SwitchAccess& access);
/// `before` is what the switch was. Without a kind of its own, SHA and AES are spoken. Errors: BadAddress,
/// and those of switchport::checkAccess().
[[nodiscard]] Result<SwitchAccess> fromForm(const SwitchForm& form, const SwitchAccess& before);

} // namespace rackmuster::engine
