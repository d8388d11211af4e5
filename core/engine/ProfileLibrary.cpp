#include "core/engine/ProfileLibrary.h"

#include "core/profile/AnswerFile.h"
#include "core/roster/DhcpOptions.h"
#include "core/roster/Machine.h"

namespace rackmuster::engine {

ProfileLibrary::ProfileLibrary() {
    const auto add = [this](const QString& name, boot::InstallerFamily family) {
        m_profiles.emplace(
            name, ProfileInfo{name, QString::fromStdString(profile::builtInProfile(family)), family, true});
    };
    add(QStringLiteral("minimal-kickstart"), boot::InstallerFamily::RedHat);
    add(QStringLiteral("minimal-preseed"), boot::InstallerFamily::Debian);
    add(QStringLiteral("minimal-autoinstall"), boot::InstallerFamily::Ubuntu);
    add(QStringLiteral("minimal-autoyast"), boot::InstallerFamily::Suse);
}

Result<void> ProfileLibrary::put(const QString& name, const QString& text) {
    const ProfileInfo* known = find(name);
    if (name.trimmed().isEmpty() || (known != nullptr && known->isBuiltIn))
        return fail(ErrorCode::NotAllowed, "Saving the profile under this name",
                    "choose a name of its own for it");
    const boot::InstallerFamily family = profile::detectKind(text.toStdString());
    if (family == boot::InstallerFamily::None)
        return fail(
            ErrorCode::NotAllowed, "Using " + name.toStdString() + " as a profile",
            "its text is neither a kickstart, a preseed file, an autoinstall file nor an AutoYaST profile");
    if (auto checked = profile::checkSyntax(text.toStdString(), family); !checked)
        return checked;
    m_profiles.insert_or_assign(
        name, ProfileInfo{name, text, family, false, known != nullptr ? known->boot : ProfileBoot()});
    return {};
}

Result<void> ProfileLibrary::setBoot(const QString& name, const ProfileBoot& boot) {
    const auto found = m_profiles.find(name);
    if (found == m_profiles.end())
        return fail(ErrorCode::UnknownProfile, name.toStdString());
    if (!roster::isBootFile(boot.bootFile.toStdString()))
        return fail(ErrorCode::Malformed, "The boot file",
                    boot.bootFile.toStdString() + " is not one that is served");
    if (const auto options = roster::parseDhcpOptions(boot.dhcpOptions.toStdString()); !options)
        return tl::unexpected(options.error());
    found->second.boot = boot;
    return {};
}

void ProfileLibrary::remove(const QString& name) {
    if (const auto found = m_profiles.find(name); found != m_profiles.end() && !found->second.isBuiltIn)
        m_profiles.erase(found);
}

const ProfileInfo* ProfileLibrary::find(const QString& name) const {
    const auto found = m_profiles.find(name);
    return found == m_profiles.end() ? nullptr : &found->second;
}

const ProfileInfo* ProfileLibrary::builtIn(boot::InstallerFamily family) const {
    for (const auto& [name, info] : m_profiles) {
        if (info.isBuiltIn && info.family == family)
            return &info;
    }
    return nullptr;
}

std::vector<ProfileInfo> ProfileLibrary::infos() const {
    std::vector<ProfileInfo> out;
    for (const auto& [name, info] : m_profiles)
        out.push_back(info);
    return out;
}

} // namespace rackmuster::engine
