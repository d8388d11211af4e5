#include "core/engine/ProfileKeeper.h"

#include <utility>

namespace rackmuster::engine {

namespace {

constexpr auto defaultImageKey = "default-image";
constexpr auto defaultProfileKey = "default-profile";

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
    m_defaultImage = text((*settings)[defaultImageKey]);
    m_defaultProfile = text((*settings)[defaultProfileKey]);
    return {};
}

Result<void> ProfileKeeper::put(const QString& name, const QString& text) {
    auto put = m_profiles.put(name, text);
    return put ? m_database.putProfile({name.toStdString(), text.toStdString()}) : put;
}

Result<void> ProfileKeeper::remove(const QString& name) {
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
