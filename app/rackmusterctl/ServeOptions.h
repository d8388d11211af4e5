#pragma once

#include "core/engine/Engine.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace rackmuster::ctl {

/// The options of `serve`, checked.
struct ServeOptions {
    struct Profile {
        QString name;
        QString file;
    };
    struct ProfileBoot {
        QString profile;
        engine::ProfileBoot boot;
    };
    struct Folder {
        QString name;
        QString path;
    };
    struct ExtraInitrds {
        QString image; ///< id or name
        QStringList files;
    };
    QString state;
    QStringList isos;
    std::vector<engine::KernelChoice> kernels;
    std::vector<Folder> folders;
    std::vector<ExtraInitrds> extraInitrds; ///< one for each image
    std::vector<Profile> profiles;
    std::vector<ProfileBoot> profileBoots; ///< one for each profile
    QString plan;
    QString portMap;                                ///< File; empty: the port map stays as it was.
    std::vector<switchport::SwitchAccess> switches; ///< None: they stay as they were.
    unsigned mostMacs = 4;                          ///< With `switches`.
    QString events;
    QString defaultImage;
    QString defaultProfile;
    bool verifies = false; ///< Images are verified after their import.
    engine::AutoApprove autoApprove = engine::AutoApprove::None;
    engine::ServiceSettings services;
};

/// Fills `options`. A status when the command ends here: --help, or wrong usage, which it has told.
[[nodiscard]] std::optional<int> parseServeOptions(const QStringList& arguments, ServeOptions& options);

} // namespace rackmuster::ctl
