#include "core/engine/SwitchForm.h"

namespace rackmuster::engine {

using switchport::Authentication;
using switchport::Privacy;

SwitchForm toForm(const SwitchAccess& access) {
    return {QString::fromStdString(switchport::addressText(access)), QString::fromStdString(access.community),
            QString::fromStdString(access.user.name),
            QString::fromStdString(access.user.authenticationPassword),
            QString::fromStdString(access.user.privacyPassword)};
}

Result<SwitchAccess> fromForm(const SwitchForm& form, const SwitchAccess& before) {
    SwitchAccess access = before;
    if (!switchport::readAddress(form.address.trimmed().toStdString(), access))
        return fail(ErrorCode::BadAddress, "Address of a switch", form.address.toStdString());
    access.community = form.community.toStdString();
    access.user.name = form.user.trimmed().toStdString();
    access.user.authenticationPassword = form.password.toStdString();
    access.user.privacyPassword = form.privacyPassword.toStdString();
    if (form.password.isEmpty())
        access.user.authentication = Authentication::None;
    else if (access.user.authentication == Authentication::None)
        access.user.authentication = Authentication::Sha1;
    if (form.privacyPassword.isEmpty())
        access.user.privacy = Privacy::None;
    else if (access.user.privacy == Privacy::None)
        access.user.privacy = Privacy::Aes128;
    if (const auto checked = switchport::checkAccess(access); !checked)
        return tl::unexpected(checked.error());
    return access;
}

} // namespace rackmuster::engine
