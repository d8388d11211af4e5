#include "core/engine/ProfileKeeper.h"

#include <utility>

namespace rackmuster::engine {

namespace {

constexpr auto defaultImageKey = "default-image";
constexpr auto defaultProfileKey = "default-profile";
// Before the name of the profile, which may be a built-in one.
constexpr auto bootFileKey = "profile-boot-file/";
constexpr auto dhcpOptionsKey = "profile-dhcp-options/";

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

} // namespace

Result<void> ProfileKeeper::load() {
    const auto profiles = m_database.loadProfiles();
    if (!profiles)
        return tl::unexpected(profiles.error());
    auto settings = m_database.loadSettings();
    if (!settings)
        return tl::unexpected(settings.error());
    for (const storage::StoredProfile& stored : *profiles) {
        if (auto put = m_profiles.put(text(stored.name), text(stored.text)); !put)
            return put;
    }
    for (const ProfileInfo& profile : m_profiles.infos()) {
        const std::string name = profile.name.toStdString();
        const ProfileBoot boot{text((*settings)[bootFileKey + name]),
                               text((*settings)[dhcpOptionsKey + name])};
        if (auto set = m_profiles.setBoot(profile.name, boot); !set)
            return set;
    }
    m_defaultImage = text((*settings)[defaultImageKey]);
    m_defaultProfile = text((*settings)[defaultProfileKey]);
    return {};
}

Result<void> ProfileKeeper::put(const QString& name, const QString& text) {
    auto put = m_profiles.put(name, text);
    return put ? m_database.putProfile({name.toStdString(), text.toStdString()}) : put;
}

Result<void> ProfileKeeper::setBoot(const QString& name, const ProfileBoot& boot) {
    auto set = m_profiles.setBoot(name, boot);
    return set ? storeBoot(name, boot) : set;
}

Result<void> ProfileKeeper::storeBoot(const QString& name, const ProfileBoot& boot) {
    auto stored = m_database.putSetting(bootFileKey + name.toStdString(), boot.bootFile.toStdString());
    return stored ? m_database.putSetting(dhcpOptionsKey + name.toStdString(), boot.dhcpOptions.toStdString())
                  : stored;
}

Result<void> ProfileKeeper::remove(const QString& name) {
    if (auto forgotten = storeBoot(name, {}); !forgotten)
        return forgotten; // another profile of that name must not get it
    auto removed = m_database.removeProfile(name.toStdString());
    if (removed)
        m_profiles.remove(name);
    return removed;
}

Result<void> ProfileKeeper::setDefaults(const QString& imageIdOrName, const QString& profile,
                                        const ImageLibrary& images) {
    const LibraryImage* image = images.find(imageIdOrName);
    if (!imageIdOrName.isEmpty() && image == nullptr)
        return fail(ErrorCode::UnknownImage, imageIdOrName.toStdString());
    if (!profile.isEmpty() && m_profiles.find(profile) == nullptr)
        return fail(ErrorCode::UnknownProfile, profile.toStdString());
    m_defaultImage = image != nullptr ? image->info.id : QString();
    m_defaultProfile = profile;
    if (auto stored = m_database.putSetting(defaultImageKey, m_defaultImage.toStdString()); !stored)
        return stored;
    return m_database.putSetting(defaultProfileKey, profile.toStdString());
}

} // namespace rackmuster::engine
