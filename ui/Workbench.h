#pragma once

#include "core/engine/Engine.h"
#include "ui/models/ImageModel.h"
#include "ui/models/LogModel.h"
#include "ui/models/MachineEdit.h"
#include "ui/models/MachineModel.h"
#include "ui/models/ProfileModel.h"
#include "ui/models/StageHistory.h"

#include <QObject>
#include <QUndoStack>

#include <functional>
#include <map>
#include <vector>

namespace rackmuster::ui {

/// What the window works on: the models, filled from the engine's signals, and the operator's acts, sent to
/// the engine. Outlives a window, so that undo and log survive a change of language.
class Workbench final : public QObject {
    Q_OBJECT

public:
    /// `engine` may live in another thread; it outlives this.
    explicit Workbench(engine::Engine& engine, QObject* parent = nullptr);

    [[nodiscard]] MachineModel& machines() { return m_machines; }
    [[nodiscard]] ImageModel& images() { return m_images; }
    [[nodiscard]] ProfileModel& profiles() { return m_profiles; }
    [[nodiscard]] const std::vector<engine::FolderInfo>& folders() const { return m_folders; }
    [[nodiscard]] LogModel& log() { return m_log; }
    [[nodiscard]] QUndoStack& undoStack() { return m_undoStack; }
    [[nodiscard]] const StageHistory& history() const { return m_history; }
    /// The operator pressed its power button so long before it was heard.
    void noteButton(MacAddress machine, std::chrono::milliseconds before) {
        m_history.noteButton(machine, before);
    }
    [[nodiscard]] const engine::ServicesInfo& services() const { return m_services; }
    [[nodiscard]] const engine::WireInfo& wire() const { return m_wire; }
    /// As last started; the defaults before.
    [[nodiscard]] const engine::ServiceSettings& settings() const { return m_settings; }
    [[nodiscard]] const engine::PortSettings& ports() const { return m_ports; }
    /// A first snapshot has arrived.
    [[nodiscard]] bool isFilled() const { return m_isFilled; }

    void approve(const std::vector<MacAddress>& machines);
    void withdraw(const std::vector<MacAddress>& machines);
    void refuse(const std::vector<MacAddress>& machines);
    void forget(const std::vector<MacAddress>& machines);
    void rearm(MacAddress machine);
    /// An edit of the table as one undo step; a bad one is told by `refused` and changes nothing.
    void edit(const std::vector<MacAddress>& machines, MachineColumn column, const QString& text);
    /// A planned edit as one undo step, all or nothing; a refusal is told. `what` names it: "names",
    /// "import".
    void apply(const tl::expected<PlannedEdit, QString>& plan, const QString& what);
    void setLayout(const roster::RackLayout& layout);
    /// An act on who stands where, as one undo step named `text`, and what takes it back.
    void arrange(const QString& text, std::vector<roster::Command> there, std::vector<roster::Command> back);
    void swap(MacAddress one, MacAddress other);         ///< Their places; settles which stands first.
    void confirmOrder(MacAddress one, MacAddress other); ///< They stand in the order in which they came.
    void keepFree(int slot);

    /// What is in the library already, or on its way into it, is told and not imported again.
    void importImages(const QStringList& isoPaths);
    /// Where its file stays, offers to take it back.
    void removeImage(const QString& id);
    void renameImage(const QString& id, const QString& name);
    /// `pastedSum` is what it is compared with; empty: with what is found beside and in it.
    void verifyImage(const QString& id, const QString& pastedSum = {});
    void copyImage(const QString& id);
    void cancelImageJob(const QString& id);
    void setExtraInitrds(const QString& id, const QStringList& paths);
    void addKernel(const engine::KernelChoice& choice);
    void addFolder(const QString& name, const QString& path);
    /// Offers to take it back.
    void removeFolder(const engine::FolderInfo& folder);
    void setDefaultImage(const QString& id);
    /// Reads an answer file and makes a profile named like it.
    void importProfile(const QString& path);
    void removeProfile(const QString& name);
    void setProfileBoot(const QString& name, const engine::ProfileBoot& boot); ///< Undoable.
    void setDefaultProfile(const QString& name);

    void setPorts(const engine::PortSettings& ports);

    void start(const engine::ServiceSettings& settings);
    void stop();

Q_SIGNALS:
    void filled();
    void servicesChanged();
    void wireChanged();
    void defaultsChanged();
    void foldersChanged();
    /// A profile of this name was just imported.
    void profileImported(const QString& name);
    /// Something could not be done; one sentence.
    void refused(const QString& sentence);
    /// Something the operator should know; one sentence.
    void told(const QString& sentence);
    /// Something was done that `undo` takes back.
    void undoOffered(const QString& sentence, const std::function<void()>& undo);
    /// Somebody wants to import what is this image already.
    void alreadyHere(const QString& imageId);

private:
    void connectEngine();
    void show(const engine::Snapshot& snapshot);
    void update(const engine::MachineUpdate& update);
    void note(const engine::EngineEvent& event);
    void setProfiles(const std::vector<engine::ProfileInfo>& profiles, const QString& defaultProfile,
                     const QString& defaultImageId);
    void submit(std::vector<roster::Command> commands);
    void noteImages(const std::vector<engine::ImageInfo>& images);
    void noteImported(const QString& path, const QString& id);
    void noteImportFailed(const QString& path, const Error& error);
    void restoreImage(const engine::ImageInfo& image, bool wasDefault);
    void finishRestoring(const QString& path, const QString& id);

    /// What an image that is imported once more was before it was removed.
    struct Removed {
        engine::ImageInfo image;
        bool wasDefault = false;
    };

    engine::Engine& m_engine;
    MachineModel m_machines;
    ImageModel m_images;
    ProfileModel m_profiles;
    std::vector<engine::FolderInfo> m_folders;
    std::map<QString, QString> m_imagePaths; ///< By id: where an image came from first.
    std::map<QString, Removed> m_restored;   ///< By path: on their way back.
    LogModel m_log;
    StageHistory m_history;
    QUndoStack m_undoStack;
    engine::ServicesInfo m_services;
    engine::WireInfo m_wire;
    engine::ServiceSettings m_settings;
    engine::PortSettings m_ports;
    bool m_isFilled = false;
};

} // namespace rackmuster::ui
