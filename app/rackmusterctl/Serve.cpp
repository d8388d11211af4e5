#include "app/rackmusterctl/Command.h"
#include "app/rackmusterctl/Secrets.h"
#include "app/rackmusterctl/ServeOptions.h"
#include "core/engine/ControlServer.h"
#include "core/engine/Engine.h"
#include "core/engine/EventWriter.h"

#include <QCoreApplication>
#include <QFile>
#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>

namespace rackmuster::ctl {

namespace {

// SIGINT and SIGTERM as a descriptor: a signal handler could not stop threads safely. Blocked before any
// thread starts, so that every thread inherits the mask.
FileDescriptor takeSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return FileDescriptor(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

Result<void> importProfile(engine::Engine& engine, const ServeOptions::Profile& profile) {
    QFile file(profile.file);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::NoSuchFile, profile.file.toStdString(), file.errorString().toStdString());
    return engine.setProfile(profile.name, QString::fromUtf8(file.readAll()));
}

// After the images, which they may name.
void addSources(engine::Engine& engine, const ServeOptions& options) {
    for (const engine::KernelChoice& kernel : options.kernels) {
        if (const auto added = engine.addKernel(kernel); !added)
            complain(added.error());
    }
    for (const ServeOptions::Folder& folder : options.folders) {
        if (const auto added = engine.addFolder(folder.name, folder.path); !added)
            complain(added.error());
    }
    for (const ServeOptions::ExtraInitrds& extras : options.extraInitrds) {
        if (const auto set = engine.setExtraInitrds(extras.image, extras.files); !set)
            complain(set.error());
    }
}

/// What is not named stays as it was. Lines of the map that are not understood are told; the rest counts.
Result<void> setPorts(engine::Engine& engine, const ServeOptions& options) {
    engine::PortSettings settings = engine.ports();
    if (!options.portMap.isEmpty()) {
        const auto map = readText(options.portMap);
        if (!map)
            return tl::unexpected(map.error());
        settings.map = QString::fromUtf8(*map);
        for (const Error& error : engine::portMapProblems(settings.map))
            complain(error);
    }
    if (!options.switches.empty()) {
        settings.switches = options.switches;
        settings.mostMacs = options.mostMacs;
    }
    return settings == engine.ports() ? Result<void>() : engine.setPorts(settings);
}

// One bad image, profile or plan line is told; the rest goes on.
void prepare(engine::Engine& engine, const ServeOptions& options) {
    for (const QString& iso : options.isos) {
        if (const auto imported = engine.importImage(iso); !imported)
            complain(imported.error());
    }
    addSources(engine, options);
    for (const ServeOptions::Profile& profile : options.profiles) {
        if (const auto imported = importProfile(engine, profile); !imported)
            complain(imported.error());
    }
    for (const ServeOptions::ProfileBoot& each : options.profileBoots) {
        if (const auto set = engine.setProfileBoot(each.profile, each.boot); !set)
            complain(set.error());
    }
    if (!options.defaultImage.isEmpty() || !options.defaultProfile.isEmpty()) {
        if (const auto set = engine.setDefaults(options.defaultImage, options.defaultProfile); !set)
            complain(set.error());
    }
}

void readPlan(engine::Engine& engine, const QString& plan) {
    const auto errors = engine.importPlan(plan);
    if (!errors) {
        complain(errors.error());
        return;
    }
    for (const Error& error : *errors)
        complain(error);
}

} // namespace

int serve(const QStringList& arguments) {
    ServeOptions options;
    if (const auto status = parseServeOptions(arguments, options))
        return *status;
    const FileDescriptor signals = takeSignals();

    std::unique_ptr<engine::EventWriter> events;
    if (!options.events.isEmpty()) {
        auto opened = engine::EventWriter::open(options.events);
        if (!opened) {
            complain(opened.error());
            return AnswerIsNo;
        }
        events = std::move(*opened);
    }
    auto engine = engine::Engine::create({.stateDirectory = options.state,
                                          .autoApprove = options.autoApprove,
                                          .verifiesImports = options.verifies,
                                          .resumesCopies = true});
    if (!engine) {
        complain(engine.error());
        return AnswerIsNo;
    }
    if (events) {
        QObject::connect(engine->get(), &engine::Engine::eventHappened, engine->get(),
                         [&events](const engine::EngineEvent& event) { events->write(event); });
    }
    QObject::connect(engine->get(), &engine::Engine::commandFailed, engine->get(),
                     [](const Error& error) { complain(error); });

    prepare(**engine, options);
    if (const auto set = setPorts(**engine, options); !set) {
        complain(set.error());
        return AnswerIsNo;
    }
    if (!options.plan.isEmpty())
        readPlan(**engine, options.plan);
    // Before the start: whoever reads "ready" may ask at once.
    const auto control = engine::ControlServer::start(**engine, options.state);
    if (!control) {
        complain(control.error());
        return AnswerIsNo;
    }
    if (const auto started = (*engine)->start(options.services); !started) {
        complain(started.error());
        return AnswerIsNo;
    }
    QSocketNotifier interrupted(signals.get(), QSocketNotifier::Read);
    QObject::connect(&interrupted, &QSocketNotifier::activated, [] { QCoreApplication::quit(); });
    const int status = QCoreApplication::exec();
    (*engine)->stop();
    return status;
}

} // namespace rackmuster::ctl
