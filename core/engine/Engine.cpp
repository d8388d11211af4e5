#include "core/engine/Engine.h"

#include "core/engine/EngineCore.h"
#include "core/engine/HelperPath.h"
#include "core/engine/StateLock.h"

#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QtConcurrent>

namespace rackmuster::engine {

namespace {

// One that keeps its reader busy must not hold up the images dropped with it.
constexpr int mostReadings = 4;

void registerValues() {
    qRegisterMetaType<MachineUpdate>();
    qRegisterMetaType<Snapshot>();
    qRegisterMetaType<ServicesInfo>();
    qRegisterMetaType<WireInfo>();
    qRegisterMetaType<PortSettings>();
    qRegisterMetaType<EngineEvent>();
    qRegisterMetaType<Error>("rackmuster::Error");
    qRegisterMetaType<std::vector<ImageInfo>>("std::vector<rackmuster::engine::ImageInfo>");
    qRegisterMetaType<std::vector<FolderInfo>>("std::vector<rackmuster::engine::FolderInfo>");
    qRegisterMetaType<std::vector<ProfileInfo>>("std::vector<rackmuster::engine::ProfileInfo>");
}

} // namespace

Engine::Engine() {
    m_readings.setMaxThreadCount(mostReadings);
}

Engine::~Engine() {
    m_leaving.request_stop();
    m_readings.waitForDone();
    stop();
}

Result<std::unique_ptr<Engine>> Engine::create(Options options) {
    registerValues();
    const QString directory = QFileInfo(options.stateDirectory).absoluteFilePath();
    if (!QDir().mkpath(directory))
        return fail(ErrorCode::NoSuchFile, directory.toStdString(), "the folder cannot be created");
    auto lock = lockStateDirectory(directory.toStdString());
    if (!lock)
        return tl::unexpected(lock.error());
    auto database = storage::StateDatabase::open(QDir(directory).filePath(QStringLiteral("state.db")));
    if (!database)
        return tl::unexpected(database.error());

    options.stateDirectory = directory;
    if (options.helperPath.isEmpty())
        options.helperPath = findHelper();
    if (!options.clock)
        options.clock = std::make_shared<SystemClock>();
    std::unique_ptr<Engine> engine(new Engine);
    engine->m_core =
        std::make_unique<Core>(*engine, std::move(options), std::move(*lock), std::move(*database));
    if (const auto restored = engine->m_core->restore(); !restored)
        return tl::unexpected(restored.error());
    return engine;
}

// --- queued
// ---------------------------------------------------------------------------------------------------

void Engine::submit(roster::Command command) {
    post([this, command = std::move(command)] { return m_core->execute(command); });
}

void Engine::submit(std::vector<roster::Command> commands) {
    for (roster::Command& command : commands)
        post([this, command = std::move(command)] { return m_core->execute(command); });
}

void Engine::submitTogether(std::vector<roster::Command> commands) {
    post([this, commands = std::move(commands)] { return m_core->executeTogether(commands); });
}

void Engine::submitApproval(const std::vector<MacAddress>& machines) {
    for (const MacAddress mac : machines)
        post([this, mac] { return m_core->approve(mac); });
}

void Engine::submitImport(const QStringList& isoPaths) {
    const QPointer<Engine> self(this);
    for (const QString& path : isoPaths) {
        // Reading an image is disk work: elsewhere, so that the engine goes on answering.
        QtConcurrent::run(&m_readings, [path, leaving = m_leaving.get_token()] {
            return openImage(path, FileOwner::Somebody, leaving);
        }).then(this, [self, path](Result<LibraryImage> image) {
            if (self)
                self->finishImport(path, std::move(image));
        });
    }
}

void Engine::finishImport(const QString& path, Result<LibraryImage> image) {
    if (!image) {
        Q_EMIT importFailed(path, image.error());
        return;
    }
    const double seconds = image->info.importSeconds;
    if (const auto id = m_core->images().add(std::move(*image)))
        Q_EMIT importFinished(path, *id, seconds);
    else
        Q_EMIT importFailed(path, id.error());
}

void Engine::submitRemoveImage(const QString& imageId) {
    post([this, imageId] { return m_core->removeImage(imageId); });
}

void Engine::submitRenameImage(const QString& imageId, const QString& name) {
    post([this, imageId, name] { return renameImage(imageId, name); });
}

void Engine::submitVerifyImage(const QString& imageId, const QString& pastedSum) {
    post([this, imageId, pastedSum] { return verifyImage(imageId, pastedSum); });
}

void Engine::submitCopyImage(const QString& imageId) {
    post([this, imageId] { return copyImage(imageId); });
}

void Engine::submitCancelImageJob(const QString& imageId) {
    post([this, imageId] { return cancelImageJob(imageId); });
}

void Engine::submitExtraInitrds(const QString& imageId, const QStringList& paths) {
    post([this, imageId, paths] { return setExtraInitrds(imageId, paths); });
}

void Engine::submitAddKernel(const KernelChoice& choice) {
    post([this, choice] { return addKernel(choice).map([](const QString&) {}); });
}

void Engine::submitAddFolder(const QString& name, const QString& path) {
    post([this, name, path] { return addFolder(name, path); });
}

void Engine::submitRemoveFolder(const QString& name) {
    post([this, name] { return removeFolder(name); });
}

void Engine::submitProfile(const QString& name, const QString& text) {
    post([this, name, text] { return m_core->setProfile(name, text); });
}

void Engine::submitProfileBoot(const QString& name, const ProfileBoot& boot) {
    post([this, name, boot] { return setProfileBoot(name, boot); });
}

void Engine::submitRemoveProfile(const QString& name) {
    post([this, name] { return m_core->removeProfile(name); });
}

void Engine::submitDefaults(const QString& imageId, const QString& profile) {
    post([this, imageId, profile] { return m_core->setDefaults(imageId, profile); });
}

void Engine::submitPorts(const PortSettings& settings) {
    post([this, settings] { return m_core->setPorts(settings); });
}

void Engine::submitStart(const ServiceSettings& settings) {
    QMetaObject::invokeMethod(
        this,
        [this, settings] {
            if (const auto started = start(settings); !started) {
                ServicesInfo info = m_core->servicesInfo();
                info.problem = started.error();
                Q_EMIT servicesChanged(info);
            }
        },
        Qt::QueuedConnection);
}

void Engine::submitStop() {
    QMetaObject::invokeMethod(
        this, [this] { stop(); }, Qt::QueuedConnection);
}

void Engine::requestSnapshot() {
    QMetaObject::invokeMethod(
        this, [this] { Q_EMIT snapshotReady(snapshot()); }, Qt::QueuedConnection);
}

void Engine::post(std::function<Result<void>()> act) {
    QMetaObject::invokeMethod(
        this,
        [this, act = std::move(act)] {
            if (const auto done = act(); !done)
                Q_EMIT commandFailed(done.error());
        },
        Qt::QueuedConnection);
}

// --- direct
// ---------------------------------------------------------------------------------------------------

Snapshot Engine::snapshot() const {
    return m_core->snapshot();
}

Result<void> Engine::start(const ServiceSettings& settings) {
    return m_core->start(settings);
}

void Engine::stop() {
    if (m_core)
        m_core->stop();
}

Result<QString> Engine::importImage(const QString& isoPath) {
    auto image = openImage(QFileInfo(isoPath).absoluteFilePath());
    if (!image)
        return tl::unexpected(image.error());
    return m_core->images().add(std::move(*image));
}

Result<void> Engine::removeImage(const QString& imageId) {
    return m_core->removeImage(imageId);
}

Result<void> Engine::renameImage(const QString& imageId, const QString& name) {
    return m_core->images().rename(imageId, name);
}

Result<void> Engine::verifyImage(const QString& imageId, const QString& pastedSum) {
    return m_core->images().verify(imageId, pastedSum);
}

Result<void> Engine::copyImage(const QString& imageId) {
    return m_core->images().copy(imageId);
}

Result<void> Engine::cancelImageJob(const QString& imageId) {
    return m_core->images().cancelJob(imageId);
}

Result<void> Engine::setExtraInitrds(const QString& image, const QStringList& paths) {
    return m_core->setExtraInitrds(image, paths);
}

Result<QString> Engine::addKernel(const KernelChoice& choice) {
    return m_core->addKernel(choice);
}

Result<void> Engine::addFolder(const QString& name, const QString& path) {
    return m_core->addFolder(name, path);
}

Result<void> Engine::removeFolder(const QString& name) {
    return m_core->removeFolder(name);
}

Result<void> Engine::setProfile(const QString& name, const QString& text) {
    return m_core->setProfile(name, text);
}

Result<void> Engine::setProfileBoot(const QString& name, const ProfileBoot& boot) {
    return m_core->setProfileBoot(name, boot);
}

Result<void> Engine::removeProfile(const QString& name) {
    return m_core->removeProfile(name);
}

Result<void> Engine::execute(const roster::Command& command) {
    return m_core->execute(command);
}

Result<void> Engine::approve(MacAddress mac) {
    return m_core->approve(mac);
}

Result<void> Engine::executeTogether(const std::vector<roster::Command>& commands) {
    return m_core->executeTogether(commands);
}

Result<std::vector<Error>> Engine::importPlan(const QString& path) {
    return m_core->importPlan(path);
}

Result<void> Engine::setDefaults(const QString& imageId, const QString& profile) {
    return m_core->setDefaults(imageId, profile);
}

Result<void> Engine::setPorts(const PortSettings& settings) {
    return m_core->setPorts(settings);
}

std::shared_ptr<const boot::Catalog> Engine::catalog() const {
    return m_core->catalog();
}

const roster::Roster& Engine::roster() const {
    return m_core->roster();
}

ServiceSettings Engine::savedSettings() const {
    return m_core->settings();
}

const PortSettings& Engine::ports() const {
    return m_core->ports();
}

} // namespace rackmuster::engine
