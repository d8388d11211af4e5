#include "core/engine/EngineCore.h"

#include "core/engine/MachineRows.h"
#include "core/engine/NetworkDefaults.h"
#include "core/engine/Observations.h"
#include "core/engine/SettingsText.h"
#include "core/exchange/PlanCsv.h"
#include "core/media/MediaInspector.h"
#include "core/net/Interfaces.h"

#include <QDir>
#include <QFile>
#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace rackmuster::engine {

namespace {

using namespace std::chrono_literals;

constexpr auto rowInterval = 50ms;
constexpr auto serviceInterval = 500ms;
constexpr auto watchInterval = 2s;

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

// 128 bits from the system's generator: a ticket is all that guards an answer file (R41).
std::string makeToken() {
    quint32 words[4];
    QRandomGenerator::system()->fillRange(words);
    QString token;
    for (const quint32 word : words)
        token += QStringLiteral("%1").arg(word, 8, 16, QLatin1Char('0'));
    return token.toStdString();
}

} // namespace

Engine::Core::Core(Engine& engine, Options options, std::unique_ptr<QLockFile> lock,
                   storage::StateDatabase database)
    : m_engine(engine), m_options(std::move(options)), m_lock(std::move(lock)),
      m_database(std::move(database)), m_keeper(m_database), m_publisher(media::hostLoaderFiles()),
      m_inbox([this] {
          QMetaObject::invokeMethod(
              &m_engine, [this] { processInbox(); }, Qt::QueuedConnection);
      }) {
    m_rowTimer.setSingleShot(true);
    m_rowTimer.setInterval(rowInterval);
    QObject::connect(&m_rowTimer, &QTimer::timeout, &m_engine, [this] { showRows(); });
    m_serviceTimer.setInterval(serviceInterval);
    QObject::connect(&m_serviceTimer, &QTimer::timeout, &m_engine, [this] { showServices(); });
    m_watchTimer.setInterval(watchInterval);
    QObject::connect(&m_watchTimer, &QTimer::timeout, &m_engine, [this] { watchFiles(); });
}

Result<void> Engine::Core::restore() {
    auto images = m_database.loadImages();
    auto profiles = m_database.loadProfiles();
    auto settings = m_database.loadSettings();
    if (auto loaded = m_keeper.load(); !loaded)
        return loaded;
    if (!images)
        return tl::unexpected(images.error());
    if (!profiles)
        return tl::unexpected(profiles.error());
    if (!settings)
        return tl::unexpected(settings.error());

    if (auto restored = restoreFiles(); !restored)
        return restored;
    restoreImages(*images);
    for (const storage::StoredProfile& stored : *profiles) {
        if (const auto put = m_profiles.put(text(stored.name), text(stored.text)); !put)
            return tl::unexpected(put.error());
    }
    m_defaultImage = text((*settings)["default-image"]);
    m_defaultProfile = text((*settings)["default-profile"]);
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

void Engine::Core::restoreImages(const std::vector<storage::StoredImage>& stored) {
    std::vector<QString> paths;
    std::transform(stored.begin(), stored.end(), std::back_inserter(paths),
                   [](const storage::StoredImage& image) { return text(image.path); });
    std::vector<Result<LibraryImage>> images = readImages(paths);
    for (std::size_t i = 0; i < images.size(); ++i) {
        if (images[i]) {
            m_images.put(std::move(*images[i]));
            continue;
        }
        LibraryImage gone; // it stays in the list, so that the operator sees what is missing
        gone.info.id = text(stored[i].id);
        gone.info.name = text(stored[i].name);
        gone.info.path = paths[i];
        gone.info.problem = images[i].error();
        m_images.put(std::move(gone));
    }
}

// --- what the servers report
// ---------------------------------------------------------------------------------

void Engine::Core::processInbox() {
    const Inbox::Batch batch = m_inbox.take();
    for (const net::ServerEvent& event : batch.events)
        handle(event);
    if (batch.dropped > 0) {
        tell("rejected", std::nullopt,
             {{QStringLiteral("reason"),
               QStringLiteral("%1 reports dropped: too many at once").arg(batch.dropped)}});
    }
    settle();
}

void Engine::Core::handle(const net::ServerEvent& event) {
    noteService(event);
    Translation meaning = translate(event, wallNow());
    roster::Changes changes;
    for (const roster::Observation& observation : meaning.observations)
        changes.merge(m_keeper.apply(observation, wallNow()));
    note(changes);
    if (meaning.event && (!meaning.isToldOnce || !changes.steps.empty()))
        tell(std::move(*meaning.event));
    approveNewcomers(changes);
}

void Engine::Core::noteService(const net::ServerEvent& event) {
    if (const auto* leased = std::get_if<net::DhcpLeased>(&event)) {
        m_info.leases = leased->leases;
        m_publisher.setPeer(leased->address, leased->mac);
    } else if (const auto* drops = std::get_if<net::CaptureDrops>(&event)) {
        m_info.captureDropped = drops->dropped;
    } else if (const auto* failed = std::get_if<net::ServiceFailed>(&event)) {
        ServiceState& state = failed->service == "dhcp"   ? m_info.dhcp
                              : failed->service == "tftp" ? m_info.tftp
                              : failed->service == "http" ? m_info.http
                                                          : m_info.capture;
        state = ServiceState::Failed;
        m_info.problem = failed->error;
    }
}

void Engine::Core::approveNewcomers(const roster::Changes& changes) {
    if (autoApproval() != AutoApprove::All)
        return;
    for (const MacAddress mac : changes.added) {
        const roster::Machine* machine = roster().find(mac);
        if (machine == nullptr || machine->approval != roster::Approval::Waiting || machine->problem)
            continue;
        if (const auto approved = approve(mac); !approved)
            note(m_keeper.apply(roster::Diagnosed{mac, message(approved.error())}, wallNow()));
    }
}

/// A roster that was lost does not know which machines are finished: then only the operator says so.
AutoApprove Engine::Core::autoApproval() const {
    return m_database.wasQuarantined() ? AutoApprove::None : m_options.autoApprove;
}

// --- what the operator does
// ----------------------------------------------------------------------------------

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

Result<void> Engine::Core::approve(MacAddress mac) {
    const roster::Machine* machine = roster().find(mac);
    if (machine == nullptr)
        return fail(ErrorCode::UnknownMachine, mac.toString());
    if (machine->approval == roster::Approval::Approved && machine->ticket)
        return {};
    if (auto installable = checkInstallable(*machine, inputs()); !installable)
        return installable;
    const LibraryImage* image = imageOf(*machine, inputs());
    const std::string entry = menuEntryOf(*machine, inputs());
    const ProfileInfo* profile = entry.empty() ? profileOf(*machine, inputs()) : nullptr;
    return execute(roster::Approve{mac, makeToken(), image->info.id.toStdString(),
                                   profile != nullptr ? profile->name.toStdString() : "", entry});
}

Result<std::vector<Error>> Engine::Core::importPlan(const QString& csvPath) {
    QFile file(csvPath);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NoSuchFile, csvPath.toStdString(), file.errorString().toStdString());
    exchange::PlanFile plan = exchange::readPlanCsv(file.readAll().toStdString());
    for (const roster::Plan& line : plan.machines) {
        if (const auto planned = execute(line); !planned) {
            plan.errors.push_back(planned.error());
            continue;
        }
        const roster::Machine* machine = roster().find(line.mac);
        const bool wantsApproval = autoApproval() != AutoApprove::None && machine != nullptr &&
                                   machine->approval == roster::Approval::Waiting && !machine->isDone;
        if (!wantsApproval)
            continue;
        if (const auto approved = approve(line.mac); !approved)
            plan.errors.push_back(approved.error());
    }
    return plan.errors;
}

Result<QString> Engine::Core::addImage(LibraryImage image) {
    const ImageInfo info = image.info;
    const auto stored =
        m_database.putImage({info.id.toStdString(), info.path.toStdString(), info.name.toStdString()});
    if (!stored)
        return tl::unexpected(stored.error());
    m_images.put(std::move(image));
    tell("imported", std::nullopt,
         {{QStringLiteral("image"), info.id},
          {QStringLiteral("name"), info.name},
          {QStringLiteral("seconds"), info.importSeconds}});
    refreshEverything();
    Q_EMIT m_engine.imagesChanged(m_images.infos());
    return info.id;
}

Result<void> Engine::Core::removeImage(const QString& id) {
    if (m_images.find(id) == nullptr)
        return fail(ErrorCode::UnknownImage, id.toStdString());
    if (auto forgotten = forgetKernel(id); !forgotten)
        return forgotten;
    if (auto removed = m_database.removeImage(id.toStdString()); !removed)
        return removed;
    m_images.remove(id);
    refreshEverything();
    Q_EMIT m_engine.imagesChanged(m_images.infos());
    return {};
}

Result<void> Engine::Core::setProfile(const QString& name, const QString& profileText) {
    if (auto put = m_profiles.put(name, profileText); !put)
        return put;
    if (auto stored = m_database.putProfile({name.toStdString(), profileText.toStdString()}); !stored)
        return stored;
    refreshEverything();
    Q_EMIT m_engine.profilesChanged(m_profiles.infos(), m_defaultProfile, m_defaultImage);
    return {};
}

Result<void> Engine::Core::removeProfile(const QString& name) {
    if (auto removed = m_database.removeProfile(name.toStdString()); !removed)
        return removed;
    m_profiles.remove(name);
    refreshEverything();
    Q_EMIT m_engine.profilesChanged(m_profiles.infos(), m_defaultProfile, m_defaultImage);
    return {};
}

Result<void> Engine::Core::setDefaults(const QString& imageId, const QString& profile) {
    const LibraryImage* image = m_images.find(imageId);
    if (!imageId.isEmpty() && image == nullptr)
        return fail(ErrorCode::UnknownImage, imageId.toStdString());
    if (!profile.isEmpty() && m_profiles.find(profile) == nullptr)
        return fail(ErrorCode::UnknownProfile, profile.toStdString());
    m_defaultImage = image != nullptr ? image->info.id : QString();
    m_defaultProfile = profile;
    if (auto stored = m_database.putSetting("default-image", m_defaultImage.toStdString()); !stored)
        return stored;
    if (auto stored = m_database.putSetting("default-profile", profile.toStdString()); !stored)
        return stored;
    refreshEverything();
    Q_EMIT m_engine.profilesChanged(m_profiles.infos(), m_defaultProfile, m_defaultImage);
    return {};
}

// --- services
// -------------------------------------------------------------------------------------------------

Result<void> Engine::Core::start(const ServiceSettings& settings) {
    stop();
    const auto address = net::addressOf(settings.interface.toStdString());
    if (!address)
        return tl::unexpected(address.error());
    const Ipv4Network network(address->address, address->prefixLength);
    for (const auto& range : {settings.range, settings.quarantine}) {
        if (range && !(network.contains(range->first()) && network.contains(range->last())))
            return fail(ErrorCode::NotAllowed, "The range " + range->toString(),
                        "it is not inside " + network.toString() + " of " + settings.interface.toStdString());
    }
    const DefaultRanges defaults = defaultRanges(network);
    const boot::ServerIdentity server{settings.interface.toStdString(),
                                      address->address,
                                      network,
                                      settings.httpPort,
                                      settings.gateway,
                                      settings.dns};
    m_publisher.setServer(server, {settings.dhcpMode, settings.range.value_or(defaults.range),
                                   settings.quarantine.value_or(defaults.quarantine), settings.leaseSeconds});
    refreshEverything(); // URLs in answer files carry our address
    Q_EMIT m_engine.foldersChanged(m_folders.infos(server));

    auto services =
        Services::start({server.interface, server.address, settings.httpPort,
                         settings.dhcpMode == boot::DhcpMode::Off, m_options.helperPath.toStdString(),
                         QDir(m_options.stateDirectory).filePath(QStringLiteral("leases.db")),
                         m_publisher.published(), m_options.clock, [this](net::ServerEvent event) {
                             m_inbox.put(std::move(event));
                         }});
    if (!services)
        return tl::unexpected(services.error());
    m_services = std::move(*services);

    const bool serves = settings.dhcpMode != boot::DhcpMode::Off;
    m_info = {};
    m_info.dhcp = m_info.tftp = m_info.http = serves ? ServiceState::Running : ServiceState::Stopped;
    m_info.capture = ServiceState::Running;
    m_info.isRunning = true;
    m_info.interface = settings.interface;
    m_info.address = server.address;
    m_info.prefixLength = network.prefixLength();
    m_info.httpPort = settings.httpPort;
    m_settings = settings;
    tell("ready", std::nullopt,
         {{QStringLiteral("interface"), settings.interface},
          {QStringLiteral("address"), text(server.address.toString())},
          {QStringLiteral("httpPort"), settings.httpPort}});
    settle();
    m_serviceTimer.start();
    showServices();
    return m_database.putSetting("services", toJsonText(settings));
}

void Engine::Core::stop() {
    if (!m_services)
        return;
    m_services.reset();
    processInbox(); // what the servers reported last
    m_serviceTimer.stop();
    m_info = {};
    tell("stopped", std::nullopt, {});
    settle();
    showServices();
}

// --- store, publish, show
// --------------------------------------------------------------------------------------

void Engine::Core::tell(const char* name, std::optional<MacAddress> mac, QJsonObject facts) {
    tell(EngineEvent{wallNow(), QString::fromLatin1(name), mac, std::move(facts)});
}

void Engine::Core::tell(EngineEvent event) {
    const roster::Machine* machine = event.mac ? roster().find(*event.mac) : nullptr;
    if (machine != nullptr) {
        if (machine->slot)
            event.facts.insert(QStringLiteral("slot"), *machine->slot);
        if (const std::string hostname = roster().hostnameOf(*machine); !hostname.empty())
            event.facts.insert(QStringLiteral("hostname"), text(hostname));
        if (machine->leased && !event.facts.contains(QLatin1String("ip")))
            event.facts.insert(QStringLiteral("ip"), text(machine->leased->toString()));
        if (event.name == QLatin1String("packages")) {
            event.facts.insert(QStringLiteral("done"), static_cast<qint64>(machine->packagesDone));
            event.facts.insert(QStringLiteral("total"), static_cast<qint64>(machine->packagesTotal));
        }
    }
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
}

void Engine::Core::refreshCatalog() {
    for (const MacAddress mac : std::exchange(m_unpublished, {})) {
        const roster::Machine* machine = roster().find(mac);
        if (machine == nullptr)
            continue;
        std::string problem;
        auto entry = makeMachineBoot(*machine, inputs(), &problem);
        const bool isCured = entry->disposition == boot::Disposition::Install && machine->problem;
        if (!problem.empty() || isCured)
            note(m_keeper.apply(roster::Diagnosed{mac, problem}, wallNow()));
        m_publisher.setMachine(std::move(entry));
    }
    // A diagnosis changes the row, not what the servers answer.
    m_unpublished.clear();
}

void Engine::Core::refreshEverything() {
    const QString chosen =
        m_defaultImage.isEmpty() && !m_images.infos().empty() ? m_images.infos().front().id : m_defaultImage;
    m_publisher.setImages(m_images.files(), chosen.toStdString());
    m_publisher.setFolders(m_folders.files());
    for (const roster::Machine* machine : roster().machines()) {
        m_unpublished.insert(machine->mac);
        m_unshown.insert(machine->mac);
    }
    settle();
    if (!m_rowTimer.isActive())
        m_rowTimer.start();
}

void Engine::Core::showRows() {
    MachineUpdate update;
    for (const MacAddress mac : std::exchange(m_unshown, {})) {
        if (const roster::Machine* machine = roster().find(mac))
            update.changed.push_back(makeRow(*machine, inputs(), m_vendors));
    }
    const auto removed = std::exchange(m_removed, {});
    std::copy_if(removed.begin(), removed.end(), std::back_inserter(update.removed),
                 [this](MacAddress mac) { return roster().find(mac) == nullptr; });
    update.layout = roster().layout();
    update.cursor = roster().cursor();
    Q_EMIT m_engine.machinesChanged(update);
}

void Engine::Core::showServices() {
    Q_EMIT m_engine.servicesChanged(servicesInfo());
}

ServicesInfo Engine::Core::servicesInfo() const {
    ServicesInfo info = m_info;
    if (m_services) {
        info.tftpTransfers = m_services->tftpTransfers();
        info.httpTransfers = m_services->httpTransfers();
        info.bytesSent = m_services->bytesSent();
    }
    return info;
}

PlanInputs Engine::Core::inputs() const {
    return {roster(),       m_images,         m_profiles,          m_folders,
            m_defaultImage, m_defaultProfile, m_publisher.server()};
}

Snapshot Engine::Core::snapshot() const {
    Snapshot all;
    for (const roster::Machine* machine : roster().machines())
        all.machines.push_back(makeRow(*machine, inputs(), m_vendors));
    all.layout = roster().layout();
    all.cursor = roster().cursor();
    all.images = m_images.infos();
    all.folders = m_folders.infos(m_publisher.server());
    all.profiles = m_profiles.infos();
    all.defaultImageId = m_defaultImage;
    all.defaultProfile = m_defaultProfile;
    all.services = servicesInfo();
    all.settings = m_settings;
    return all;
}

} // namespace rackmuster::engine
