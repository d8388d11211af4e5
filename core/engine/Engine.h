#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/boot/Catalog.h"
#include "core/engine/EngineEvent.h"
#include "core/engine/ServiceSettings.h"
#include "core/engine/Snapshot.h"
#include "core/roster/Roster.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace rackmuster::engine {

struct LibraryImage;

/// Which machines need no click.
enum class AutoApprove { None, Listed, All };

/// Owns roster, storage, servers and their threads. Lives in the thread that created it, the engine thread
/// (EngineThread makes one for a window); its signals are values and may be connected queued from anywhere.
/// Call its methods in its own thread, or through `submit*`, which are thread-safe and return at once.
class Engine final : public QObject {
    Q_OBJECT

public:
    struct Options {
        QString stateDirectory; ///< Created when absent. One instance per directory.
        QString helperPath;     ///< The network helper's executable; empty: findHelper().
        AutoApprove autoApprove = AutoApprove::None;
        std::shared_ptr<const Clock> clock; ///< Null: the system's.
        bool verifiesImports = false;       ///< Images are verified by themselves after their import.
        bool resumesCopies = false;         ///< Copies into the library that were interrupted go on.
        /// Between two readings of the switches' tables, as long as somebody's port is wanted.
        std::chrono::milliseconds switchInterval{20'000};
    };

    /// Opens the state directory and restores what it holds. Errors: AlreadyRunning, Database, SchemaTooNew.
    [[nodiscard]] static Result<std::unique_ptr<Engine>> create(Options options);
    ~Engine() override;

    /// The whole present state, a value. Engine thread only; others get it with `snapshotReady`.
    [[nodiscard]] Snapshot snapshot() const;

    // --- thread-safe: queued to the engine thread, answered by signals -------------------------------------
    /// One undoable act; `submit` several to make a batch. A refusal arrives as commandFailed.
    void submit(roster::Command command);
    void submit(std::vector<roster::Command> commands);
    /// All or nothing: when one is refused, none of them has happened.
    void submitTogether(std::vector<roster::Command> commands);
    /// Approves with fresh tickets.
    void submitApproval(const std::vector<MacAddress>& machines);
    void submitImport(const QStringList& isoPaths);
    void submitRemoveImage(const QString& imageId);
    /// Replaces the files that are appended to the image's initrd, in this order; none takes them away.
    void submitExtraInitrds(const QString& imageId, const QStringList& paths);
    /// A kernel of the operator's own becomes an image; of a name that is known, another one in its place.
    void submitAddKernel(const KernelChoice& choice);
    /// Serves the folder `path` read only as x/<name>/; of a name that is known, another folder.
    void submitAddFolder(const QString& name, const QString& path);
    void submitRemoveFolder(const QString& name);
    /// Must not be empty or another image's.
    void submitRenameImage(const QString& imageId, const QString& name);
    /// Reads the whole file in the background. Compares with `pastedSum` (a sum, or lines of a checksum
    /// file), else with checksum files beside the image, and with the sum inside it. ImageInfo::job tells how
    /// far it is, ImageInfo::check what it found.
    void submitVerifyImage(const QString& imageId, const QString& pastedSum = {});
    /// Copies it into the state directory, for a stick that is about to leave. It is served meanwhile.
    void submitCopyImage(const QString& imageId);
    /// What a cancelled copy has is kept; copying again goes on from there.
    void submitCancelImageJob(const QString& imageId);
    /// A new profile or a new text of one; kind is detected from the text.
    void submitProfile(const QString& name, const QString& text);
    void submitRemoveProfile(const QString& name);
    void submitProfileBoot(const QString& name, const ProfileBoot& boot);
    void submitDefaults(const QString& imageId, const QString& profile);
    void submitPorts(const PortSettings& settings);
    /// Opens sockets and begins to answer. Result arrives as servicesChanged.
    void submitStart(const ServiceSettings& settings);
    void submitStop();
    /// Asks for snapshotReady.
    void requestSnapshot();

    // --- engine thread only: the same acts, answered directly (rackmusterctl, tests) -----------------------
    Result<void> start(const ServiceSettings& settings);
    void stop();
    Result<QString> importImage(const QString& isoPath); ///< The image's id.
    /// `image` by id or name. Errors: UnknownImage, NoSuchFile; nothing changes then.
    Result<void> setExtraInitrds(const QString& image, const QStringList& paths);
    Result<QString> addKernel(const KernelChoice& choice); ///< The image's id.
    Result<void> addFolder(const QString& name, const QString& path);
    Result<void> removeFolder(const QString& name);
    Result<void> setProfile(const QString& name, const QString& text);
    Result<void> setProfileBoot(const QString& name, const ProfileBoot& boot);
    Result<void> execute(const roster::Command& command);
    Result<void> executeTogether(const std::vector<roster::Command>& commands);
    Result<void> approve(MacAddress mac);
    /// A plan as exchange::readPlan() takes it. One Error per bad line; good lines are applied (bad input:
    /// "the rest goes on").
    Result<std::vector<Error>> importPlan(const QString& path);
    Result<void> setDefaults(const QString& imageId, const QString& profile);
    /// Machines whose place nobody chose follow their ports at once. Lines of the map that are not understood
    /// do not count (portMapProblems()). Errors: Malformed for a switch that cannot be asked, Database.
    Result<void> setPorts(const PortSettings& settings);
    Result<void> removeImage(const QString& imageId);
    Result<void> renameImage(const QString& imageId, const QString& name);
    Result<void> verifyImage(const QString& imageId, const QString& pastedSum = {});
    Result<void> copyImage(const QString& imageId);
    Result<void> cancelImageJob(const QString& imageId);
    Result<void> removeProfile(const QString& name);
    /// What the servers answer from now: for preview, control and tests.
    [[nodiscard]] std::shared_ptr<const boot::Catalog> catalog() const;
    [[nodiscard]] const roster::Roster& roster() const;
    /// What was chosen last time; the defaults in a new state directory.
    [[nodiscard]] ServiceSettings savedSettings() const;
    [[nodiscard]] const PortSettings& ports() const;

Q_SIGNALS:
    /// Table rows to refresh: at most one signal per 50 ms, values only.
    void machinesChanged(const rackmuster::engine::MachineUpdate& update);
    /// For the progress of work on them at most four times a second.
    void imagesChanged(const std::vector<rackmuster::engine::ImageInfo>& images);
    void foldersChanged(const std::vector<rackmuster::engine::FolderInfo>& folders);
    void profilesChanged(const std::vector<rackmuster::engine::ProfileInfo>& profiles,
                         const QString& defaultProfile, const QString& defaultImageId);
    void portsChanged(const rackmuster::engine::PortSettings& ports);
    /// At most four times a second.
    void wireChanged(const rackmuster::engine::WireInfo& wire);
    void servicesChanged(const rackmuster::engine::ServicesInfo& services);
    void snapshotReady(const rackmuster::engine::Snapshot& snapshot);
    /// Everything that happened, in order: --events and the Log page.
    void eventHappened(const rackmuster::engine::EngineEvent& event);
    void commandFailed(const rackmuster::Error& error);
    /// 0..100 of importing `path`; `done` with an error when it failed.
    void importFinished(const QString& path, const QString& imageId, double seconds);
    void importFailed(const QString& path, const rackmuster::Error& error);

private:
    class Core;
    Engine();
    /// Runs `act` in the engine thread; a failure is told by commandFailed.
    void post(std::function<Result<void>()> act);
    void finishImport(const QString& path, Result<LibraryImage> image);

    std::unique_ptr<Core> m_core;
    std::stop_source m_leaving; ///< Ends the readings that still run.
    QThreadPool m_readings;     ///< Each thread waits for a process.
};

} // namespace rackmuster::engine
