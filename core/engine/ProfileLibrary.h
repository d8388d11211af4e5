#pragma once

#include "core/base/Result.h"
#include "core/boot/Catalog.h"
#include "core/engine/Snapshot.h"

#include <QString>

#include <map>
#include <vector>

namespace rackmuster::engine {

/// The answer file templates: one built in per installer family, and the operator's own. Engine thread only.
class ProfileLibrary {
public:
    ProfileLibrary();

    /// A new profile or a new text. Errors: NotAllowed (the name is empty or built in, or the text is of no
    /// kind that we know), Malformed.
    [[nodiscard]] Result<void> put(const QString& name, const QString& text);
    /// Also of a built-in profile. Errors: UnknownProfile, Malformed.
    [[nodiscard]] Result<void> setBoot(const QString& name, const ProfileBoot& boot);
    /// Built-in ones stay.
    void remove(const QString& name);
    [[nodiscard]] const ProfileInfo* find(const QString& name) const;
    [[nodiscard]] const ProfileInfo* builtIn(boot::InstallerFamily family) const;
    [[nodiscard]] std::vector<ProfileInfo> infos() const;

private:
    std::map<QString, ProfileInfo> m_profiles; ///< by name
};

} // namespace rackmuster::engine
