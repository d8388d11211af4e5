#pragma once

#include "core/base/Result.h"
#include "core/boot/Catalog.h"
#include "core/engine/FolderKeeper.h"
#include "core/engine/ImageLibrary.h"
#include "core/engine/ProfileLibrary.h"
#include "core/roster/Roster.h"

#include <memory>
#include <optional>
#include <string>

namespace rackmuster::engine {

/// All that decides what a machine gets. A view: everything outlives the call.
struct PlanInputs {
    const roster::Roster& roster;
    const ImageLibrary& images;
    const ProfileLibrary& profiles;
    const FolderKeeper& folders;
    const QString& defaultImage;   ///< id or name; empty: none chosen
    const QString& defaultProfile; ///< name; empty: the built-in one of the image's family
    const boot::ServerIdentity& server;
    WallTime now{};
};

/// Image and profile of a machine: what its live ticket was given for, else its own choice, else the default,
/// else (image) the only one there is, or the only one with an installer.
[[nodiscard]] const LibraryImage* imageOf(const roster::Machine& machine, const PlanInputs& inputs);
[[nodiscard]] const ProfileInfo* profileOf(const roster::Machine& machine, const PlanInputs& inputs);

/// Title of the entry of its image's menu that the machine starts: what its live ticket was given for, else
/// its own choice, else the only one of an image that cannot be installed. Empty: it is installed.
[[nodiscard]] std::string menuEntryOf(const roster::Machine& machine, const PlanInputs& inputs);

/// The answer file of an approved machine under its ticket. Errors say what keeps it from being installed:
/// UnknownImage, UnknownProfile, NothingToInstall, NoSuchFile, NoLoader, UnknownVariable, Malformed.
[[nodiscard]] Result<std::string> renderAnswerFile(const roster::Machine& machine, const PlanInputs& inputs);

/// The same check before approval, when there is no ticket yet; of a machine that starts a menu entry,
/// whether it can (UnknownMenuEntry).
[[nodiscard]] Result<void> checkInstallable(const roster::Machine& machine, const PlanInputs& inputs);

/// NoLoader, when the machine's image is for another architecture than its firmware.
[[nodiscard]] std::optional<Error> loaderProblem(const roster::Machine& machine, const PlanInputs& inputs);

/// What the servers must know of the machine now. `problem`, when not null, receives why an approved machine
/// cannot be installed; it is parked then. Of what is another NIC of a machine: as
/// its machine, with this NIC's own address in all that names one (R18).
[[nodiscard]] std::shared_ptr<const boot::MachineBoot>
makeMachineBoot(const roster::Machine& machine, const PlanInputs& inputs, std::optional<Error>* problem);

} // namespace rackmuster::engine
