#include "core/engine/ControlServer.h"
#include "core/engine/Engine.h"
#include "core/engine/OperatorActs.h"
#include "tests/support/TestIso.h"
#include "tests/unit/core/engine/HostileIso.h"
#include "tests/unit/core/engine/ReaderProcess.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>

using namespace rackmuster;
using engine::Engine;

namespace {

const MacAddress mac = *MacAddress::parse("52:54:00:12:34:56");

std::string contentOf(const boot::BootFile& file) {
    return *std::get<std::shared_ptr<const std::string>>(file.content);
}

QString writeFile(const QTemporaryDir& directory, const QString& name, const QByteArray& bytes) {
    QFile file(directory.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        return {};
    return file.fileName();
}

} // namespace

class EngineTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_files;
    QString m_iso;

    std::unique_ptr<Engine> open(const QString& state,
                                 engine::AutoApprove approve = engine::AutoApprove::None) {
        auto engine = Engine::create({.stateDirectory = state, .autoApprove = approve});
        return engine ? std::move(*engine) : nullptr;
    }

private Q_SLOTS:
    void initTestCase() { m_iso = tests::makeRedHatIso(m_files.path()); }

    void refusesASecondInstanceOnTheSameState() {
        QTemporaryDir state;
        const auto first = open(state.path());
        QVERIFY(first);
        const auto second = Engine::create({.stateDirectory = state.path()});
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::AlreadyRunning);
    }

    void aNameIsTakenBeforeTheLabelOfAnotherSlot() {
        QTemporaryDir state;
        const auto engine = open(state.path());
        roster::Assignment named;
        named.hostname = "r1-07";
        const MacAddress other = *MacAddress::parse("52:54:00:12:34:57");
        QVERIFY(engine->execute(roster::Plan{mac, 3, named}));
        QVERIFY(engine->execute(roster::Plan{other, 7, {}}));
        const auto refuse = [&](const char* machine) {
            return engine::perform(*engine,
                                   {{QStringLiteral("act"), QStringLiteral("refuse")},
                                    {QStringLiteral("machines"), QJsonArray{QLatin1String(machine)}}})
                .value(QLatin1String("ok"))
                .toBool();
        };
        QVERIFY(refuse("r1-07"));
        QVERIFY(engine->roster().find(mac)->approval == roster::Approval::Refused);
        QVERIFY(engine->roster().find(other)->approval == roster::Approval::Waiting);
        QVERIFY(refuse("R1 7"));
        QVERIFY(engine->roster().find(other)->approval == roster::Approval::Refused);
        QVERIFY(!refuse("R1-08"));
    }

    void approvedMachineGetsItsOwnAnswerFileUnderATicket() {
        if (m_iso.isEmpty())
            QSKIP("xorriso is not installed");
        QTemporaryDir state;
        const auto engine = open(state.path());
        QVERIFY(engine->importImage(m_iso));
        QVERIFY(engine->setProfile(QStringLiteral("p"),
                                   QStringLiteral("text\nrootpw --lock\nnetwork --hostname={{hostname}}\n")));
        QVERIFY(engine->setDefaults({}, QStringLiteral("p")));
        QVERIFY(engine->execute(roster::Plan{mac, 7, {}}));
        QCOMPARE(engine->catalog()->machine(mac)->disposition, boot::Disposition::Parked);
        QVERIFY(!engine->catalog()->find("m/525400123456/vmlinuz", {}));

        QVERIFY(engine->approve(mac));
        const boot::MachineBoot* machine = engine->catalog()->machine(mac);
        QCOMPARE(machine->disposition, boot::Disposition::Install);
        QCOMPARE(machine->ticket.size(), std::size_t(32));
        const std::string path = "t/" + machine->ticket + "/answer";
        QVERIFY(!engine->catalog()->find(path, {})); // R41 (part): of nobody whose address is not known
        QVERIFY(machine->answerFile);
        QVERIFY(machine->answerFile->find("network --hostname=node-07") != std::string::npos);
        QVERIFY(machine->answerFile->find("/t/" + machine->ticket + "/done") != std::string::npos);
        QVERIFY(engine->catalog()->find("m/525400123456/vmlinuz", {}));
    }

    void aMachineWithoutAnImageCannotBeApproved() {
        QTemporaryDir state;
        const auto engine = open(state.path());
        QVERIFY(engine->execute(roster::Plan{mac, 1, {}}));
        const auto approved = engine->approve(mac);
        QVERIFY(!approved);
        QCOMPARE(approved.error().code, ErrorCode::NothingToInstall);
    }

    void anUnknownVariableStopsTheApprovalAndIsNamed() {
        if (m_iso.isEmpty())
            QSKIP("xorriso is not installed");
        QTemporaryDir state;
        const auto engine = open(state.path());
        QVERIFY(engine->importImage(m_iso));
        QVERIFY(
            engine->setProfile(QStringLiteral("p"), QStringLiteral("text\nrootpw --lock\n# {{hostnam}}\n")));
        QVERIFY(engine->setDefaults({}, QStringLiteral("p")));
        QVERIFY(engine->execute(roster::Plan{mac, 1, {}}));
        const auto approved = engine->approve(mac);
        QVERIFY(!approved);
        QCOMPARE(approved.error().code, ErrorCode::UnknownVariable);
        QCOMPARE(approved.error().subject, std::string("hostnam"));
    }

    void everythingIsAsItWasAfterARestart() {
        if (m_iso.isEmpty())
            QSKIP("xorriso is not installed");
        QTemporaryDir state;
        std::string ticket;
        {
            const auto engine = open(state.path());
            QVERIFY(engine->importImage(m_iso));
            QVERIFY(engine->execute(roster::Plan{mac, 3, {.hostname = "db1"}}));
            QVERIFY(engine->approve(mac));
            ticket = engine->catalog()->machine(mac)->ticket;
        }
        const auto engine = open(state.path());
        const engine::Snapshot snapshot = engine->snapshot();
        QCOMPARE(snapshot.machines.size(), std::size_t(1));
        QCOMPARE(snapshot.machines.front().hostname, QStringLiteral("db1"));
        QCOMPARE(snapshot.machines.front().machine.slot, std::optional(3));
        QCOMPARE(snapshot.images.size(), std::size_t(1));
        QCOMPARE(engine->catalog()->machine(mac)->ticket, ticket);
        QCOMPARE(engine->catalog()->machine(mac)->disposition, boot::Disposition::Install);
    }

    void sixImagesAreAllBackBeforeTheFirstPacket() {
        if (m_iso.isEmpty())
            QSKIP("xorriso is not installed");
        QTemporaryDir state;
        QTemporaryDir files;
        {
            const auto engine = open(state.path());
            for (const char* const version : {"9.1", "9.2", "9.3", "9.4", "9.5", "9.6"}) {
                const QString iso = tests::makeRedHatIso(files.path(), QString::fromLatin1(version));
                QVERIFY(engine->importImage(iso));
            }
            QVERIFY(QFile::remove(files.filePath(QStringLiteral("test-9.3.iso"))));
        }
        QElapsedTimer timer;
        timer.start();
        const auto engine = open(state.path());
        qInfo("start with six images: %lld ms", static_cast<long long>(timer.elapsed()));
        const std::vector<engine::ImageInfo> images = engine->snapshot().images; // by name
        QCOMPARE(images.size(), std::size_t(6));
        for (const engine::ImageInfo& image : images) {
            const bool isGone = image.name.endsWith(QLatin1String("9.3"));
            QCOMPARE(image.problem.has_value(), isGone);
            const std::string kernel = "i/" + image.id.toStdString() + "/images/pxeboot/vmlinuz";
            QCOMPARE(engine->catalog()->find(kernel, {}).has_value(), !isGone);
        }
    }

    void anImageWhoseFileIsGoneIsShownAndParksItsMachines() {
        if (m_iso.isEmpty())
            QSKIP("xorriso is not installed");
        QTemporaryDir state;
        const QString copy = m_files.filePath(QStringLiteral("copy.iso"));
        QVERIFY(QFile::copy(m_iso, copy));
        {
            const auto engine = open(state.path());
            QVERIFY(engine->importImage(copy));
            QVERIFY(engine->execute(roster::Plan{mac, 1, {}}));
            QVERIFY(engine->approve(mac));
        }
        QVERIFY(QFile::remove(copy));
        const auto engine = open(state.path());
        QVERIFY(engine->snapshot().images.front().problem);
        QCOMPARE(engine->catalog()->machine(mac)->disposition, boot::Disposition::Parked);
        QVERIFY(engine->snapshot().machines.front().machine.problem);
    }

    void whatIsChosenForBootingSurvivesARestart() {
        using Options = std::vector<boot::ExtraOption>;
        QTemporaryDir state;
        const QString profile = QStringLiteral("minimal-kickstart");
        {
            const auto engine = open(state.path());
            QVERIFY(
                engine->setProfileBoot(profile, {QStringLiteral("boot.ipxe"), QStringLiteral("209=\"p\"")}));
            QVERIFY(engine->execute(
                roster::Plan{mac, 1, {.profile = "minimal-kickstart", .dhcpOptions = "42=10.0.0.1"}}));
        }
        const auto engine = open(state.path());
        const boot::MachineBoot* const machine = engine->catalog()->machine(mac);
        QVERIFY(machine != nullptr);
        QCOMPARE(machine->bootFileOverride, std::string("boot.ipxe"));
        QVERIFY(machine->extraOptions == (Options{{209, {'p'}}, {42, {10, 0, 0, 1}}}));
        QVERIFY(engine->setProfileBoot(profile, {}));
        QCOMPARE(engine->catalog()->machine(mac)->bootFileOverride, std::string());
    }

    void aKernelOfOnesOwnStartsOnceAndSurvivesARestart() {
        QTemporaryDir state;
        QTemporaryDir files;
        const engine::KernelChoice tools{QStringLiteral("Tools"),
                                         writeFile(files, QStringLiteral("vmlinuz"), "kernel"),
                                         {writeFile(files, QStringLiteral("i"), "initrd")},
                                         QStringLiteral("quiet")};
        QString id;
        {
            const auto engine = open(state.path());
            const auto added = engine->addKernel(tools);
            QVERIFY2(added, added ? "" : message(added.error()).c_str());
            id = *added;
            QVERIFY(engine->execute(roster::Plan{mac, 1, {.menuEntry = "Tools"}}));
            QVERIFY(engine->approve(mac));
            QVERIFY(engine->catalog()->find("m/525400123456/initrd.img", {})->spendsTicket);
        }
        {
            const auto engine = open(state.path());
            QCOMPARE(engine->snapshot().images.front().id, id);
            QCOMPARE(engine->catalog()->machine(mac)->menuEntry, std::string("Tools"));
            QVERIFY(engine->catalog()->find("m/525400123456/vmlinuz", {}));
            const std::string script = contentOf(*engine->catalog()->find("m/525400123456/boot.ipxe", {}));
            QVERIFY2(script.find("/vmlinuz initrd=initrd.img quiet BOOTIF=") != std::string::npos,
                     script.c_str());
            QCOMPARE(engine->snapshot().machines.front().menuEntry, QStringLiteral("Tools"));
        }
        QVERIFY(QFile::remove(tools.kernel));
        const auto engine = open(state.path());
        QVERIFY(engine->snapshot().images.front().problem);
        QVERIFY(engine->snapshot().machines.front().machine.problem);
        QCOMPARE(engine->catalog()->machine(mac)->disposition, boot::Disposition::Parked);
        QVERIFY(!writeFile(files, QStringLiteral("vmlinuz"), "kernel").isEmpty()); // it comes back by itself
        QTRY_COMPARE(engine->catalog()->machine(mac)->disposition, boot::Disposition::Install);
        QVERIFY(!engine->snapshot().machines.front().machine.problem);
        QVERIFY(engine->removeImage(id));
        QVERIFY(engine->snapshot().images.empty());
    }

    void extraInitrdsSurviveARestartAndTheirLossIsSeen() {
        if (m_iso.isEmpty())
            QSKIP("xorriso is not installed");
        QTemporaryDir state;
        QTemporaryDir files;
        const QString extra = writeFile(files, QStringLiteral("dd.img"), "0123456789");
        const auto sizeOf = [](const Engine& engine) {
            const auto file = engine.catalog()->find("m/525400123456/initrd.img", {});
            return file ? file->size() : 0;
        };
        {
            const auto engine = open(state.path());
            const auto id = engine->importImage(m_iso);
            QVERIFY(id);
            QVERIFY(engine->execute(roster::Plan{mac, 1, {}}));
            QVERIFY(engine->approve(mac));
            const auto plain = sizeOf(*engine);
            const std::string etag = engine->catalog()->find("m/525400123456/initrd.img", {})->etag;
            QCOMPARE(engine->setExtraInitrds(QStringLiteral("nosuch"), {extra}).error().code,
                     ErrorCode::UnknownImage);
            QCOMPARE(engine->setExtraInitrds(*id, {files.filePath(QStringLiteral("no"))}).error().code,
                     ErrorCode::NoSuchFile);
            QCOMPARE(sizeOf(*engine), plain);
            QVERIFY(engine->setExtraInitrds(QStringLiteral("Test Linux 9.4"), {extra}));
            QCOMPARE(sizeOf(*engine), plain + 10);
            QVERIFY(engine->catalog()->find("m/525400123456/initrd.img", {})->etag != etag);
            QCOMPARE(engine->snapshot().images.front().extraInitrds, QStringList{extra});
        }
        const auto engine = open(state.path());
        QCOMPARE(sizeOf(*engine), std::uint64_t(7000 + 10));
        QSignalSpy changed(engine.get(), &Engine::imagesChanged);
        QVERIFY(QFile::remove(extra));
        QTRY_VERIFY(!changed.isEmpty());
        QVERIFY(engine->snapshot().images.front().problem);
        QCOMPARE(engine->catalog()->machine(mac)->disposition, boot::Disposition::Parked);
        QCOMPARE(sizeOf(*engine), std::uint64_t(0)); // never a shorter one
    }

    void foldersAreServedInPlaceAndSurviveARestart() {
        QTemporaryDir state;
        QTemporaryDir folder;
        QVERIFY(!writeFile(folder, QStringLiteral("a.rpm"), "package").isEmpty());
        {
            const auto engine = open(state.path());
            QSignalSpy changed(engine.get(), &Engine::foldersChanged);
            QVERIFY(!engine->addFolder(QStringLiteral("a b"), folder.path()));
            QVERIFY(engine->addFolder(QStringLiteral("extras"), folder.path()));
            QVERIFY(engine->addFolder(QStringLiteral("more"), folder.path()));
            QVERIFY(engine->removeFolder(QStringLiteral("more")));
            QVERIFY(!engine->removeFolder(QStringLiteral("more")));
            QCOMPARE(changed.count(), 3);
        }
        const auto engine = open(state.path());
        QCOMPARE(engine->snapshot().folders.size(), std::size_t(1));
        QCOMPARE(engine->snapshot().folders.front().path, folder.path());
        QCOMPARE(engine->catalog()->find("x/extras/a.rpm", {})->size(), std::uint64_t(7));
        QVERIFY(contentOf(*engine->catalog()->find("x/extras/", {})).find("a.rpm") != std::string::npos);
        QVERIFY(!engine->catalog()->find("x/more/a.rpm", {}));
    }

    void planAppliesGoodLinesAndNamesBadOnes() {
        QTemporaryDir state;
        const auto engine = open(state.path());
        const QString plan =
            writeFile(m_files, QStringLiteral("plan.csv"),
                      "slot,hostname,mac,ip\n1,a,52:54:00:00:00:01,10.0.0.1\n2,b,nonsense,10.0.0.2\n");
        const auto errors = engine->importPlan(plan);
        QVERIFY(errors);
        QCOMPARE(errors->size(), std::size_t(1));
        QCOMPARE(errors->front().code, ErrorCode::BadPlanLine);
        QCOMPARE(errors->front().subject, std::string("3"));
        QCOMPARE(engine->snapshot().machines.size(), std::size_t(1));
    }

    void plansMayBeHostsFilesAndLinesOfDnsmasq() {
        QTemporaryDir state;
        const auto engine = open(state.path());
        auto errors = engine->importPlan(writeFile(m_files, QStringLiteral("dnsmasq.conf"),
                                                   "dhcp-host=52:54:00:00:00:01,set:slot4,10.0.0.1,a\n"));
        QVERIFY(errors && errors->empty());
        QCOMPARE(engine->snapshot().machines.front().machine.slot, std::optional(4));
        errors =
            engine->importPlan(writeFile(m_files, QStringLiteral("hosts"), "10.0.0.9 a\n10.0.0.8 nobody\n"));
        QVERIFY(errors);
        QCOMPARE(errors->size(), std::size_t(1));
        QCOMPARE(engine->snapshot().machines.front().address, std::optional(Ipv4Address(10, 0, 0, 9)));
    }

    void commandsTogetherHappenAllOrNone() {
        QTemporaryDir state;
        const MacAddress one({2, 0, 0, 0, 0, 1});
        const MacAddress two({2, 0, 0, 0, 0, 2});
        {
            const auto engine = open(state.path());
            const auto refused = engine->executeTogether(
                {roster::Plan{one, 1, {}}, roster::Plan{two, 2, {}}, roster::Place{one, 2}});
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::SlotTaken);
            QVERIFY(engine->snapshot().machines.empty());
            QVERIFY(engine->executeTogether({roster::Plan{one, 1, {}}, roster::Plan{two, 2, {}},
                                             roster::Place{one, {}}, roster::Place{two, 1},
                                             roster::Place{one, 2}}));
        }
        const auto engine = open(state.path()); // and it is kept
        QCOMPARE(engine->snapshot().machines.size(), std::size_t(2));
        QCOMPARE(engine->snapshot().machines.front().machine.mac, two);
    }

    void listedMachinesNeedNoClick() {
        if (m_iso.isEmpty())
            QSKIP("xorriso is not installed");
        QTemporaryDir state;
        const auto engine = open(state.path(), engine::AutoApprove::Listed);
        QVERIFY(engine->importImage(m_iso));
        const auto errors = engine->importPlan(
            writeFile(m_files, QStringLiteral("listed.csv"), "slot,mac\n1,52:54:00:12:34:56\n"));
        QVERIFY(errors && errors->empty());
        QCOMPARE(engine->catalog()->machine(mac)->disposition, boot::Disposition::Install);
    }

    // Nobody knows any more which machines are finished: a plan must not install them once more.
    void aLostStateApprovesNothingByItself() {
        if (m_iso.isEmpty())
            QSKIP("xorriso is not installed");
        QTemporaryDir state;
        QVERIFY(!writeFile(state, QStringLiteral("state.db"), QByteArray(100000, 'x')).isEmpty());
        const auto engine = open(state.path(), engine::AutoApprove::Listed);
        QVERIFY(engine);
        QVERIFY(engine->importImage(m_iso));
        const auto errors = engine->importPlan(
            writeFile(m_files, QStringLiteral("listed.csv"), "slot,mac\n1,52:54:00:12:34:56\n"));
        QVERIFY(errors && errors->empty());
        QCOMPARE(engine->catalog()->machine(mac)->disposition, boot::Disposition::Parked);
        QVERIFY(engine->approve(mac)); // by a person
    }

    void anotherDefaultDoesNotChangeAnApprovedMachine() {
        if (m_iso.isEmpty())
            QSKIP("xorriso is not installed");
        QTemporaryDir state;
        QTemporaryDir files;
        const auto engine = open(state.path());
        const auto first = engine->importImage(m_iso);
        QVERIFY(first);
        QVERIFY(engine->execute(roster::Plan{mac, 1, {}}));
        QVERIFY(engine->approve(mac));
        const auto second = engine->importImage(tests::makeRedHatIso(files.path(), QStringLiteral("8.10")));
        QVERIFY(second);
        QVERIFY(*first != *second);
        QCOMPARE(engine->catalog()->machine(mac)->disposition, boot::Disposition::Install);
        QVERIFY(engine->setDefaults(*second, {}));
        QCOMPARE(engine->catalog()->machine(mac)->imageId, first->toStdString());
        QCOMPARE(engine->catalog()->machine(mac)->disposition, boot::Disposition::Install);

        roster::Assignment chosen; // what the operator chooses for the machine itself counts
        chosen.imageId = second->toStdString();
        QVERIFY(engine->execute(roster::Assign{mac, chosen}));
        QCOMPARE(engine->catalog()->machine(mac)->imageId, second->toStdString());
    }

    void startOnAMissingInterfaceSaysSo() {
        QTemporaryDir state;
        const auto engine = open(state.path());
        const auto started = engine->start({.interface = QStringLiteral("nosuch0")});
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::NoSuchInterface);
    }

    void startWithARangeOfAnotherNetworkSaysSo() {
        QTemporaryDir state;
        const auto engine = open(state.path());
        engine::ServiceSettings settings;
        settings.interface = QStringLiteral("lo"); // 127.0.0.1/8
        settings.range = *Ipv4Range::parse("192.168.1.10-192.168.1.20");
        const auto started = engine->start(settings);
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::NotAllowed);
        QVERIFY(message(started.error()).find("192.168.1.10-192.168.1.20") != std::string::npos);
    }

    void importOfAFileThatIsNoIsoIsOneSentence() {
        QTemporaryDir state;
        const auto engine = open(state.path());
        QSignalSpy failed(engine.get(), &Engine::importFailed);
        engine->submitImport({writeFile(m_files, QStringLiteral("no.iso"), QByteArray(100000, 'x'))});
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.front().at(1).value<Error>().code, ErrorCode::NotAnIso);
        QVERIFY(engine->snapshot().images.empty());
    }

    // A3: what an image does to its reader is a message, not an event in the console's life.
    void anImageThatCrashesItsReaderHarmsNoOther() {
        if (m_iso.isEmpty())
            QSKIP("xorriso is not installed");
        QTemporaryDir state;
        QTemporaryDir files;
        const QString poisoned = tests::makeCrowdedIso(files.path(), 300'000);
        const auto engine = open(state.path());
        QSignalSpy failed(engine.get(), &Engine::importFailed);
        QSignalSpy finished(engine.get(), &Engine::importFinished);
        engine->submitImport({poisoned});
        const tests::ReaderProcess reader = tests::waitForReader();
        QVERIFY(reader.isFound());
        engine->submitImport({m_iso});
        QCOMPARE(::kill(reader.pid, SIGSEGV), 0);
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(failed.front().at(0).toString(), poisoned);
        QCOMPARE(failed.front().at(1).value<Error>().code, ErrorCode::ReaderFailed);
        QTRY_COMPARE(finished.count(), 1);
        QCOMPARE(engine->snapshot().images.size(), std::size_t(1));
        QCOMPARE(engine->snapshot().images.front().path, m_iso);
        QVERIFY(engine->importImage(m_iso)); // and it goes on
    }

    void leavingEndsWhatIsStillRead() {
        QTemporaryDir state;
        QTemporaryDir files;
        auto engine = open(state.path());
        engine->submitImport({tests::makeCrowdedIso(files.path(), 300'000)});
        const tests::ReaderProcess reader = tests::waitForReader();
        QVERIFY(reader.isFound());
        engine.reset();
        QCOMPARE(::kill(reader.pid, 0), -1); // gone and reaped
    }

    void aRunningInstanceImportsWithoutStandingStill() {
        if (m_iso.isEmpty())
            QSKIP("xorriso is not installed");
        QTemporaryDir state;
        const auto engine = open(state.path());
        const auto control = engine::ControlServer::start(*engine, state.path());
        QVERIFY(control);
        const auto ask = [&](const QJsonObject& request) {
            std::optional<QJsonObject> answer;
            std::unique_ptr<QThread> thread(
                QThread::create([&] { answer = engine::askRunningInstance(state.path(), request); }));
            thread->start();
            if (!QTest::qWaitFor([&] { return thread->isFinished(); }, 20'000))
                qFatal("The running instance does not answer.");
            return answer.value_or(QJsonObject());
        };
        const auto act = QStringLiteral("act");
        const auto image = QStringLiteral("image");
        const QJsonObject imported = ask({{act, QStringLiteral("import")}, {QStringLiteral("path"), m_iso}});
        const QString id = imported.value(image).toString();
        QCOMPARE(id, engine->snapshot().images.front().id);
        QVERIFY(
            ask({{act, QStringLiteral("import")}, {QStringLiteral("path"), QStringLiteral("/nonexistent")}})
                .contains(QStringLiteral("error")));
        QVERIFY(ask({{act, QStringLiteral("rename")},
                     {image, id},
                     {QStringLiteral("name"), QStringLiteral("Mine")}})
                    .contains(QStringLiteral("ok")));
        QVERIFY(ask({{act, QStringLiteral("verify")}, {image, QStringLiteral("mine")}})
                    .contains(QStringLiteral("ok")));
        QTRY_VERIFY(!engine->snapshot().images.front().check.sha256.isEmpty());
        const QJsonObject listed =
            ask({{act, QStringLiteral("images")}}).value(QStringLiteral("images")).toArray().at(0).toObject();
        QCOMPARE(listed.value(QStringLiteral("name")).toString(), QStringLiteral("Mine"));
        QCOMPARE(listed.value(QStringLiteral("verdict")).toString(), QStringLiteral("no-compare"));
        QVERIFY(ask({{act, QStringLiteral("remove")}, {image, id}}).contains(QStringLiteral("ok")));
        QVERIFY(ask({{act, QStringLiteral("copy")}, {image, id}}).contains(QStringLiteral("error")));
    }

    void aRunningInstanceIsControlledThroughItsStateDirectory() {
        QTemporaryDir state;
        const auto engine = open(state.path());
        QVERIFY(engine->execute(roster::Plan{mac, 5, {}}));
        const auto control = engine::ControlServer::start(*engine, state.path());
        QVERIFY(control);
        const auto ask = [&](const QString& act, const QString& machine) {
            std::optional<QJsonObject> answer;
            std::unique_ptr<QThread> thread(QThread::create([&] {
                answer = engine::askRunningInstance(
                    state.path(),
                    {{QStringLiteral("act"), act}, {QStringLiteral("machines"), QJsonArray{machine}}});
            }));
            thread->start();
            if (!QTest::qWaitFor([&] { return thread->isFinished(); }))
                qFatal("The running instance does not answer.");
            return answer.value_or(QJsonObject());
        };
        QVERIFY(ask(QStringLiteral("refuse"), QStringLiteral("5")).value(QStringLiteral("ok")).toBool());
        QCOMPARE(engine->roster().find(mac)->approval, roster::Approval::Refused);
        QVERIFY(ask(QStringLiteral("refuse"), QStringLiteral("99")).contains(QStringLiteral("error")));
    }
};

QTEST_GUILESS_MAIN(EngineTest)
#include "tst_Engine.moc"
