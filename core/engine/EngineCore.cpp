#include "core/engine/EngineCore.h"

#include "core/engine/MachineRows.h"
#include "core/engine/ServicePlan.h"
#include "core/engine/SettingsText.h"
#include "core/exchange/PlanFile.h"
#include "core/media/MediaInspector.h"
#include "core/net/Interfaces.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <iterator>
#include <utility>

namespace rackmuster::engine {

namespace {

using namespace std::chrono_literals;

constexpr auto rowInterval = 50ms;
constexpr auto serviceInterval = 500ms;
constexpr auto watchInterval = 2s;

} // namespace

Engine::Core::Core(Engine& engine, Options options, FileDescriptor lock, storage::StateDatabase database)
    : m_engine(engine), m_options(std::move(options)), m_lock(std::move(lock)),
      m_database(std::move(database)), m_keeper(m_database), m_profiles(m_database), m_ports(m_database),
      m_logs(m_options.stateDirectory), m_publisher(media::hostLoaderFiles()), m_inbox([this] {
          QMetaObject::invokeMethod(
              &m_engine, [this] { processInbox(); }, Qt::QueuedConnection);
      }),
      m_switches(engine, [this](const SwitchReading& reading) { takeReading(reading); }),
      m_images(m_database, engine,
               {m_options.stateDirectory, m_options.resumesCopies, m_options.verifiesImports},
               imageReports()) {
    m_rowTimer.setSingleShot(true);
    m_rowTimer.setInterval(rowInterval);
    QObject::connect(&m_rowTimer, &QTimer::timeout, &m_engine, [this] { showRows(); });
    m_serviceTimer.setInterval(serviceInterval);
    QObject::connect(&m_serviceTimer, &QTimer::timeout, &m_engine, [this] {
        renewTickets();
        showServices();
    });
    watchInterfaces();
    m_watchTimer.setInterval(watchInterval);
    QObject::connect(&m_watchTimer, &QTimer::timeout, &m_engine, [this] { watchFiles(); });
    m_switchTimer.setSingleShot(true);
    QObject::connect(&m_switchTimer, &QTimer::timeout, &m_engine, [this] { readSwitches(); });
}

ImageReports Engine::Core::imageReports() {
    return {[this] { showImages(); }, [this] { Q_EMIT m_engine.imagesChanged(m_images.library().infos()); },
            [this](const char* event, QJsonObject facts) {
                tell(event, std::nullopt, std::move(facts));
                settle();
            },
            [this](const Error& error) {
                Q_EMIT m_engine.commandFailed(error);
            }};
}

Result<void> Engine::Core::restore() {
    auto settings = m_database.loadSettings();
    if (!settings)
        return tl::unexpected(settings.error());
    if (auto loaded = m_keeper.load(); !loaded)
        return loaded;
    if (auto restored = restoreFiles(); !restored)
        return restored;
    if (auto loaded = m_images.load(); !loaded)
        return loaded;
    if (auto loaded = m_profiles.load(); !loaded)
        return loaded;
    if (auto loaded = m_ports.load(); !loaded)
        return loaded;
    m_settings = settingsFromJsonText((*settings)["services"]);
    for (const roster::Machine* machine : roster().machines()) {
        if (machine->leased)
            m_publisher.setPeer(*machine->leased, machine->mac);
    }
    refreshEverything();
    if (m_database.wasQuarantined()) {
        tell("diagnosis", std::nullopt,
             {{QStringLiteral("code"), QStringLiteral("state-lost")},
              {QStringLiteral("text"),
               QStringLiteral(
                   "The state was damaged and is set aside: finished machines are unknown, so no machine "
                   "is approved without you.")}});
    }
    return {};
}

// --- what the operator does ---

Result<void> Engine::Core::execute(const roster::Command& command) {
    auto changes = m_keeper.apply(command, wallNow());
    if (!changes)
        return tl::unexpected(changes.error());
    note(*changes);
    const auto mac = roster::machineOf(command);
    if (std::holds_alternative<roster::Approve>(command))
        tell("approved", mac, {});
    settle();
    return {};
}

Result<void> Engine::Core::executeTogether(const std::vector<roster::Command>& commands) {
    const auto changes = m_keeper.applyTogether(commands, wallNow());
    if (!changes)
        return tl::unexpected(changes.error());
    note(*changes);
    settle();
    return {};
}

Result<std::vector<Error>> Engine::Core::importPlan(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NoSuchFile, path.toStdString(), file.errorString().toStdString());
    exchange::PlanFile plan = exchange::readPlan(file.readAll().toStdString());
    const std::vector<roster::Plan> lines = exchange::commandsOf(plan, roster());
    std::vector<Error> errors;
    std::transform(plan.problems.begin(), plan.problems.end(), std::back_inserter(errors), exchange::toError);
    for (const roster::Plan& line : lines) {
        if (auto changes = m_keeper.apply(line, wallNow()); changes)
            note(*changes);
        else
            errors.push_back(changes.error());
    }
    settle(); // once for all
    for (const roster::Plan& line : lines) {
        const roster::Machine* machine = roster().find(line.mac);
        const bool wantsApproval = autoApproval() != AutoApprove::None && machine != nullptr &&
                                   machine->approval == roster::Approval::Waiting && !machine->isDone;
        if (!wantsApproval)
            continue;
        if (const auto approved = approve(line.mac); !approved)
            errors.push_back(approved.error());
    }
    return errors;
}

Result<void> Engine::Core::removeImage(const QString& id) {
    const bool isKernel = m_kernels.find(id) != nullptr;
    if (auto forgotten = forgetKernel(id); !forgotten)
        return forgotten;
    if (!isKernel)
        return m_images.remove(id);
    m_images.library().remove(id);
    showImages();
    return {};
}

Result<void> Engine::Core::setProfile(const QString& name, const QString& profileText) {
    return showProfiles(m_profiles.put(name, profileText));
}

Result<void> Engine::Core::setProfileBoot(const QString& name, const ProfileBoot& boot) {
    return showProfiles(m_profiles.setBoot(name, boot));
}

Result<void> Engine::Core::removeProfile(const QString& name) {
    return showProfiles(m_profiles.remove(name));
}

Result<void> Engine::Core::setDefaults(const QString& imageId, const QString& profile) {
    return showProfiles(m_profiles.setDefaults(imageId, profile, m_images.library()));
}

Result<void> Engine::Core::showProfiles(Result<void> changed) {
    if (!changed)
        return changed;
    refreshEverything();
    Q_EMIT m_engine.profilesChanged(m_profiles.library().infos(), m_profiles.defaultProfile(),
                                    m_profiles.defaultImage());
    return changed;
}

// --- store, publish, show ---

void Engine::Core::tell(const char* name, std::optional<MacAddress> mac, QJsonObject facts) {
    tell(EngineEvent{wallNow(), QString::fromLatin1(name), mac, std::move(facts)});
}

void Engine::Core::tell(EngineEvent event) {
    addMachineFacts(event, roster());
    if (event.name != QLatin1String("log")) // those have files of their own
        m_keeper.journal(event);
    Q_EMIT m_engine.eventHappened(event);
}

void Engine::Core::note(const roster::Changes& changes) {
    for (const auto* list : {&changes.added, &changes.updated}) {
        m_unpublished.insert(list->begin(), list->end());
        m_unshown.insert(list->begin(), list->end());
    }
    for (const MacAddress mac : changes.removed) {
        m_publisher.removeMachine(mac);
        m_ports.forget(mac);
        m_unpublished.erase(mac);
        m_unshown.erase(mac);
        m_removed.insert(mac);
    }
    if (changes.layout) { // every computed name and address may have changed
        for (const roster::Machine* machine : roster().machines()) {
            m_unpublished.insert(machine->mac);
            m_unshown.insert(machine->mac);
        }
    }
    if (!changes.isEmpty() && !m_rowTimer.isActive())
        m_rowTimer.start();
}

void Engine::Core::settle() {
    refreshCatalog();
    const auto stored = m_keeper.commit();
    if (!stored && !m_isStorageFailing) {
        m_info.problem = stored.error();
        Q_EMIT m_engine.commandFailed(stored.error());
    }
    m_isStorageFailing = !stored;
    // A ticket that a crash would forget must not start an installation; what ends one must not wait for the
    // disk.
    if (m_isStorageFailing)
        m_publisher.publishWithoutNewInstallations();
    else
        m_publisher.publish();
    watchSwitches();
}

void Engine::Core::refreshCatalog() {
    for (const MacAddress mac : std::exchange(m_unpublished, {})) {
        const roster::Machine* machine = roster().find(mac);
        if (machine == nullptr)
            continue;
        std::optional<Error> problem;
        auto entry = makeMachineBoot(*machine, inputs(), &problem);
        const bool isCured = entry->disposition == boot::Disposition::Install && machine->problem &&
                             machine->problem->code != ErrorCode::OtherNicBoots; // which the operator answers
        if (problem || isCured)
            note(m_keeper.apply(roster::Diagnosed{mac, problem}, wallNow()));
        m_publisher.setMachine(std::move(entry));
    }
    // A diagnosis changes the row, not what the servers answer.
    m_unpublished.clear();
}

void Engine::Core::refreshEverything() {
    const auto images = m_images.library().infos();
    const QString& standard = m_profiles.defaultImage();
    const QString chosen = standard.isEmpty() && !images.empty() ? images.front().id : standard;
    m_publisher.setImages(m_images.library().files(), chosen.toStdString());
    m_publisher.setFolders(m_folders.files());
    for (const roster::Machine* machine : roster().machines()) {
        m_unpublished.insert(machine->mac);
        m_unshown.insert(machine->mac);
    }
    settle();
    if (!m_rowTimer.isActive())
        m_rowTimer.start();
}

void Engine::Core::showImages() {
    refreshEverything();
    Q_EMIT m_engine.imagesChanged(m_images.library().infos());
}

void Engine::Core::showRows() {
    MachineUpdate update;
    for (const MacAddress mac : std::exchange(m_unshown, {})) {
        if (const roster::Machine* machine = roster().find(mac))
            update.changed.push_back(rowOf(*machine));
    }
    const auto removed = std::exchange(m_removed, {});
    std::copy_if(removed.begin(), removed.end(), std::back_inserter(update.removed),
                 [this](MacAddress mac) { return roster().find(mac) == nullptr; });
    update.layout = roster().layout();
    update.cursor = roster().cursor();
    update.reserved = roster().reserved();
    Q_EMIT m_engine.machinesChanged(update);
}

PlanInputs Engine::Core::inputs() const {
    return {roster(),
            m_images.library(),
            m_profiles.library(),
            m_folders,
            m_profiles.defaultImage(),
            m_profiles.defaultProfile(),
            m_publisher.server(),
            wallNow()};
}

MachineRow Engine::Core::rowOf(const roster::Machine& machine) const {
    MachineRow row = makeRow(machine, inputs(), m_vendors);
    row.port = m_ports.textOf(machine.mac);
    return row;
}

Snapshot Engine::Core::snapshot() const {
    Snapshot all;
    for (const roster::Machine* machine : roster().machines())
        all.machines.push_back(rowOf(*machine));
    all.layout = roster().layout();
    all.cursor = roster().cursor();
    all.reserved = roster().reserved();
    all.images = m_images.library().infos();
    all.folders = m_folders.infos(m_publisher.server());
    all.profiles = m_profiles.library().infos();
    all.defaultImageId = m_profiles.defaultImage();
    all.defaultProfile = m_profiles.defaultProfile();
    all.services = servicesInfo();
    all.wire = m_wire;
    all.settings = m_settings;
    all.ports = m_ports.settings();
    return all;
}

} // namespace rackmuster::engine
