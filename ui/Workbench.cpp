#include "ui/Workbench.h"

#include "ui/DroppedFiles.h"
#include "ui/commands/ArrangeCommand.h"
#include "ui/commands/EditCommand.h"
#include "ui/commands/ValueCommand.h"
#include "ui/text/PlainText.h"
#include "ui/text/Sentences.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace rackmuster::ui {

namespace {

constexpr qint64 largestAnswerFile = 1 << 20; ///< bytes; real ones have some kilobytes

bool isSameFile(const QString& left, const QString& right) {
    const QString file = QFileInfo(left).canonicalFilePath(); // empty when there is none
    return left == right || (!file.isEmpty() && file == QFileInfo(right).canonicalFilePath());
}

template <typename Act>
std::vector<roster::Command> forEach(const std::vector<MacAddress>& machines) {
    std::vector<roster::Command> commands;
    commands.reserve(machines.size());
    for (const MacAddress mac : machines)
        commands.emplace_back(Act{mac});
    return commands;
}

} // namespace

Workbench::Workbench(engine::Engine& engine, QObject* parent) : QObject(parent), m_engine(engine) {
    connectEngine();
    connect(&m_machines, &MachineModel::editRequested, this, &Workbench::edit);
    m_engine.requestSnapshot();
}

void Workbench::connectEngine() {
    using engine::Engine;
    connect(&m_engine, &Engine::snapshotReady, this, &Workbench::show);
    connect(&m_engine, &Engine::machinesChanged, this, &Workbench::update);
    connect(&m_engine, &Engine::eventHappened, this, &Workbench::note);
    connect(&m_engine, &Engine::imagesChanged, this, &Workbench::noteImages);
    connect(&m_engine, &Engine::profilesChanged, this, &Workbench::setProfiles);
    connect(&m_engine, &Engine::importFinished, this, &Workbench::noteImported);
    connect(&m_engine, &Engine::importFailed, this, &Workbench::noteImportFailed);
    connect(&m_engine, &Engine::foldersChanged, this, [this](const std::vector<engine::FolderInfo>& folders) {
        m_folders = folders;
        Q_EMIT foldersChanged();
    });
    connect(&m_engine, &Engine::commandFailed, this,
            [this](const Error& error) { Q_EMIT refused(sentence(error)); });
    connect(&m_engine, &Engine::portsChanged, this,
            [this](const engine::PortSettings& ports) { m_ports = ports; });
    connect(&m_engine, &Engine::wireChanged, this, [this](const engine::WireInfo& wire) {
        m_wire = wire;
        Q_EMIT wireChanged();
    });
    connect(&m_engine, &Engine::servicesChanged, this, [this](const engine::ServicesInfo& services) {
        m_services = services;
        Q_EMIT servicesChanged();
    });
}

void Workbench::show(const engine::Snapshot& snapshot) {
    for (const engine::MachineRow& row : snapshot.machines) {
        if (row.machine.stageSince)
            m_history.record(row.machine.mac, row.machine.stage, *row.machine.stageSince);
    }
    m_machines.reset(snapshot.machines, snapshot.layout, snapshot.cursor, snapshot.reserved);
    noteImages(snapshot.images);
    m_folders = snapshot.folders;
    Q_EMIT foldersChanged();
    setProfiles(snapshot.profiles, snapshot.defaultProfile, snapshot.defaultImageId);
    m_wire = snapshot.wire;
    Q_EMIT wireChanged();
    m_services = snapshot.services;
    m_settings = snapshot.settings;
    m_ports = snapshot.ports;
    Q_EMIT servicesChanged();
    m_isFilled = true;
    Q_EMIT filled();
}

void Workbench::update(const engine::MachineUpdate& update) {
    for (const MacAddress mac : update.removed) {
        m_history.forget(mac);
        m_history.noteButton(mac, std::nullopt);
    }
    for (const engine::MachineRow& row : update.changed) {
        const engine::MachineRow* const known = m_machines.find(row.machine.mac);
        if (known && known->machine.boots < row.machine.boots)
            m_history.forget(row.machine.mac);
        if (row.machine.stageSince)
            m_history.record(row.machine.mac, row.machine.stage, *row.machine.stageSince);
    }
    m_machines.apply(update);
}

void Workbench::note(const engine::EngineEvent& event) {
    const std::optional<roster::Stage> stage = roster::stageFromWord(event.name.toStdString());
    if (stage && event.mac)
        m_history.record(*event.mac, *stage, event.time);
    m_log.append(event);
}

void Workbench::setProfiles(const std::vector<engine::ProfileInfo>& profiles, const QString& defaultProfile,
                            const QString& defaultImageId) {
    m_profiles.setProfiles(profiles, defaultProfile);
    m_images.setDefaultId(defaultImageId);
    Q_EMIT defaultsChanged();
}

void Workbench::submit(std::vector<roster::Command> commands) {
    m_engine.submit(std::move(commands));
}

void Workbench::approve(const std::vector<MacAddress>& machines) {
    m_engine.submitApproval(machines);
}

void Workbench::withdraw(const std::vector<MacAddress>& machines) {
    submit(forEach<roster::Withdraw>(machines));
}

void Workbench::refuse(const std::vector<MacAddress>& machines) {
    submit(forEach<roster::Refuse>(machines));
}

void Workbench::forget(const std::vector<MacAddress>& machines) {
    submit(forEach<roster::Forget>(machines));
}

void Workbench::rearm(MacAddress machine) {
    submit({roster::Rearm{machine}});
}

void Workbench::edit(const std::vector<MacAddress>& machines, MachineColumn column, const QString& text) {
    apply(planEdit(m_machines, machines, column, text), columnTitle(column));
}

void Workbench::apply(const tl::expected<PlannedEdit, QString>& plan, const QString& what) {
    if (!plan) {
        Q_EMIT refused(plan.error());
        return;
    }
    if (plan->isEmpty())
        return;
    auto* const command = new EditCommand(*plan, m_machines, [this](std::vector<roster::Command> commands) {
        m_engine.submitTogether(std::move(commands));
    });
    const auto machines = static_cast<int>(plan->changes.size());
    command->setText(machines > 0 ? tr("%1 of %n machine(s)", nullptr, machines).arg(what) : what);
    m_undoStack.push(command);
}

void Workbench::setLayout(const roster::RackLayout& layout) {
    if (layout != m_machines.layout())
        arrange(tr("rack layout"), {roster::SetLayout{layout}}, {roster::SetLayout{m_machines.layout()}});
}

void Workbench::noteImages(const std::vector<engine::ImageInfo>& images) {
    m_images.setImages(images);
    std::erase_if(m_imagePaths, [this](const auto& known) { return !m_images.find(known.first); });
    for (const engine::ImageInfo& image : images)
        m_imagePaths.emplace(image.id, image.path);
    Q_EMIT defaultsChanged();
}

void Workbench::arrange(const QString& text, std::vector<roster::Command> there,
                        std::vector<roster::Command> back) {
    m_undoStack.push(new ArrangeCommand(
        text, std::move(there), std::move(back),
        [this](std::vector<roster::Command> commands) { m_engine.submitTogether(std::move(commands)); }));
}

void Workbench::swap(MacAddress one, MacAddress other) {
    const engine::MachineRow* const row = m_machines.find(one);
    std::vector<roster::Command> back{roster::Swap{one, other}};
    if (row &&
        std::count(row->machine.orderUncertainWith.begin(), row->machine.orderUncertainWith.end(), other) > 0)
        back.emplace_back(roster::DoubtOrder{one, other});
    arrange(tr("swap of two machines"), {roster::Swap{one, other}}, std::move(back));
}

void Workbench::confirmOrder(MacAddress one, MacAddress other) {
    arrange(tr("order of two machines"), {roster::ConfirmOrder{one, other}},
            {roster::DoubtOrder{one, other}});
}

void Workbench::keepFree(int slot) {
    arrange(tr("slot %1 kept free").arg(m_machines.slotLabel(slot)), {roster::Reserve{slot}},
            {roster::Release{slot}, roster::MoveCursor{m_machines.cursor()}});
}

void Workbench::importImages(const QStringList& isoPaths) {
    QStringList fresh;
    for (const QString& path : isoPaths) {
        const engine::ImageInfo* const known = m_images.findByFile(path);
        if (known && !known->problem) {
            Q_EMIT told(tr("%1 is in the library already: %2.")
                            .arg(printable(QFileInfo(path).fileName()), printable(known->name)));
            Q_EMIT alreadyHere(known->id);
        } else if (!m_images.isImporting(path) && !fresh.contains(path)) {
            fresh << path;
        }
    }
    if (fresh.isEmpty())
        return;
    m_images.beginImports(fresh);
    m_engine.submitImport(fresh);
}

void Workbench::noteImported(const QString& path, const QString& id) {
    m_images.finishImport(path);
    finishRestoring(path, id);
    const engine::ImageInfo* const image = m_images.find(id);
    const auto first = m_imagePaths.find(id);
    const bool isNews = image && first != m_imagePaths.end() && isSameFile(first->second, path) &&
                        isSameFile(image->path, path);
    if (!image || isNews)
        return;
    Q_EMIT told(tr("%1 is the same image as %2, which is in the library already.")
                    .arg(printable(QFileInfo(path).fileName()), printable(image->name)));
    Q_EMIT alreadyHere(id);
}

void Workbench::noteImportFailed(const QString& path, const Error& error) {
    m_restored.erase(path);
    if (error.code != ErrorCode::Duplicate) {
        m_images.failImport(path, error);
        return;
    }
    m_images.dismiss(path); // there is a card for it
    Q_EMIT told(sentence(error));
}

void Workbench::removeImage(const QString& id) {
    m_engine.submitRemoveImage(id);
    const engine::ImageInfo* const image = m_images.find(id);
    if (!image)
        return;
    const QString name = printable(image->name);
    if (image->isOwnCopy || !looksLikeImage(image->path)) {
        Q_EMIT told(tr("%1 is removed.").arg(name));
        return;
    }
    Q_EMIT undoOffered(tr("%1 is removed. Its file stays where it is.").arg(name),
                       [this, removed = *image, wasDefault = id == m_images.defaultId()] {
                           restoreImage(removed, wasDefault);
                       });
}

void Workbench::restoreImage(const engine::ImageInfo& image, bool wasDefault) {
    m_restored.insert_or_assign(image.path, Removed{image, wasDefault});
    importImages({image.path});
}

/// Its name and what else the operator had chosen for it.
void Workbench::finishRestoring(const QString& path, const QString& id) {
    const auto restored = m_restored.extract(path);
    if (restored.empty())
        return;
    const Removed& before = restored.mapped();
    if (const engine::ImageInfo* const image = m_images.find(id); image && image->name != before.image.name)
        m_engine.submitRenameImage(id, before.image.name);
    if (!before.image.extraInitrds.isEmpty())
        m_engine.submitExtraInitrds(id, before.image.extraInitrds);
    if (before.wasDefault)
        setDefaultImage(id);
}

void Workbench::renameImage(const QString& id, const QString& name) {
    const engine::ImageInfo* const image = m_images.find(id);
    if (!image || image->name == name)
        return;
    m_undoStack.push(
        new ValueCommand<QString>(tr("name of %1").arg(printable(image->name)), image->name, name,
                                  [this, id](const QString& to) { m_engine.submitRenameImage(id, to); }));
}

void Workbench::verifyImage(const QString& id, const QString& pastedSum) {
    m_engine.submitVerifyImage(id, pastedSum);
}

void Workbench::copyImage(const QString& id) {
    m_engine.submitCopyImage(id);
}

void Workbench::cancelImageJob(const QString& id) {
    m_engine.submitCancelImageJob(id);
}

void Workbench::setExtraInitrds(const QString& id, const QStringList& paths) {
    m_engine.submitExtraInitrds(id, paths);
}

void Workbench::addKernel(const engine::KernelChoice& choice) {
    m_engine.submitAddKernel(choice);
}

void Workbench::addFolder(const QString& name, const QString& path) {
    m_engine.submitAddFolder(name, path);
}

void Workbench::removeFolder(const engine::FolderInfo& folder) {
    m_engine.submitRemoveFolder(folder.name);
    Q_EMIT undoOffered(tr("%1 is no longer served.").arg(printable(folder.name)),
                       [this, folder] { addFolder(folder.name, folder.path); });
}

void Workbench::setDefaultImage(const QString& id) {
    m_engine.submitDefaults(id, m_profiles.defaultName());
}

void Workbench::importProfile(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        Q_EMIT refused(
            sentence({ErrorCode::NoSuchFile, path.toStdString(), file.errorString().toStdString()}));
        return;
    }
    if (file.size() > largestAnswerFile) {
        Q_EMIT refused(tr("%1 is too large for an answer file.").arg(printable(path)));
        return;
    }
    const QString name = QFileInfo(path).completeBaseName();
    m_engine.submitProfile(name, QString::fromUtf8(file.readAll()));
    Q_EMIT profileImported(name);
}

void Workbench::removeProfile(const QString& name) {
    m_engine.submitRemoveProfile(name);
}

void Workbench::setProfileBoot(const QString& name, const engine::ProfileBoot& boot) {
    const int row = m_profiles.indexOf(name);
    if (row < 0 || m_profiles.profile(row).boot == boot)
        return;
    m_undoStack.push(new ValueCommand<engine::ProfileBoot>(
        tr("boot of %1").arg(printable(name)), m_profiles.profile(row).boot, boot,
        [this, name](const engine::ProfileBoot& to) { m_engine.submitProfileBoot(name, to); }));
}

void Workbench::setDefaultProfile(const QString& name) {
    m_engine.submitDefaults(m_images.defaultId(), name);
}

void Workbench::setPorts(const engine::PortSettings& ports) {
    m_engine.submitPorts(ports);
}

void Workbench::start(const engine::ServiceSettings& settings) {
    m_settings = settings;
    m_engine.submitStart(settings);
}

void Workbench::stop() {
    m_engine.submitStop();
}

} // namespace rackmuster::ui
