#pragma once

#include "core/base/Result.h"
#include "core/engine/ImageLibrary.h"
#include "core/engine/ProfileLibrary.h"
#include "core/storage/StateDatabase.h"

#include <QString>

namespace rackmuster::engine {

/// The profiles, and what machines get that choose nothing, with their memory: what changes here is stored
/// before it counts. Engine thread only.
class ProfileKeeper {
public:
    /// `database` is not owned and outlives this object.
    explicit ProfileKeeper(storage::StateDatabase& database) : m_database(database) {}

    /// Errors: Database, and those of ProfileLibrary::put().
    [[nodiscard]] Result<void> load();
    /// Errors: those of ProfileLibrary::put(), Database.
    [[nodiscard]] Result<void> put(const QString& name, const QString& text);
    /// Errors: those of ProfileLibrary::setBoot(), Database.
    [[nodiscard]] Result<void> setBoot(const QString& name, const ProfileBoot& boot);
    /// Error: Database.
    [[nodiscard]] Result<void> remove(const QString& name);
    /// Empty: none. Errors: UnknownImage, UnknownProfile, Database.
    [[nodiscard]] Result<void> setDefaults(const QString& imageIdOrName, const QString& profile,
                                           const ImageLibrary& images);

    [[nodiscard]] const ProfileLibrary& library() const { return m_profiles; }
    [[nodiscard]] const QString& defaultImage() const { return m_defaultImage; }
    [[nodiscard]] const QString& defaultProfile() const { return m_defaultProfile; }

private:
    [[nodiscard]] Result<void> storeBoot(const QString& name, const ProfileBoot& boot);

    storage::StateDatabase& m_database;
    ProfileLibrary m_profiles;
    QString m_defaultImage; ///< its id
    QString m_defaultProfile;
};

} // namespace rackmuster::engine
