#include "core/engine/EngineThread.h"
#include "tests/support/FakePxeClient.h"
#include "tests/support/NetworkNamespace.h"
#include "tests/support/TestIso.h"
#include "ui/MainWindow.h"
#include "ui/Theme.h"
#include "ui/models/MachineModel.h"
#include "ui/widgets/ProgressDelegate.h"

#include <QApplication>
#include <QDropEvent>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::MachineColumn;

namespace {

constexpr int patience = 10'000; // milliseconds: the machine under the test may be busy

/// What stands between `before` and the next blank in `text`.
std::string wordAfter(const std::string& text, const std::string& before) {
    const std::size_t begin = text.find(before);
    if (begin == std::string::npos)
        return {};
    const std::size_t word = begin + before.size();
    return text.substr(word, text.find_first_of(" \n", word) - word);
}

} // namespace

/// The whole main job in the real window, over real sockets and the real helper: an ISO is dropped, a machine
/// that nobody configured appears, one click approves it, and its stages are seen until it is done.
class FirstMachineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void dropsTheImageAndStarts();
    void showsTheMachineThatNobodyConfigured();
    void parksItWithoutAnyKernel();
    void approvesItWithOneClick();
    void showsItsStagesUntilItIsDone();
    void sendsTheFinishedMachineToItsDisk();
    void cleanupTestCase();

private:
    [[nodiscard]] QTableView* table() const {
        return m_window->findChild<QTableView*>(QStringLiteral("machineTable"));
    }
    [[nodiscard]] QModelIndex cell(MachineColumn column) const {
        return table()->model()->index(0, static_cast<int>(column));
    }
    [[nodiscard]] QString shown(MachineColumn column) const { return cell(column).data().toString(); }
    [[nodiscard]] TftpOutcome fetch(const std::string& path) const {
        return m_machine->tftpGet({.server = NetworkNamespace::serverAddress, .path = path});
    }
    /// By HTTP, from the machine's end.
    [[nodiscard]] HttpResponse get(const std::string& target) const {
        return m_machine->httpGet(NetworkNamespace::serverAddress, 80, target);
    }

    std::unique_ptr<NetworkNamespace> m_network;
    std::unique_ptr<NetworkNamespace::Visit> m_visit;
    QTemporaryDir m_directory;
    QString m_iso;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<engine::EngineThread> m_engine;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Workbench> m_workbench;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<FakePxeClient> m_machine;
    std::string m_answer; ///< path of the answer file, ticket and all
};

void FirstMachineTest::initTestCase() {
    QString whyNot;
    m_network = NetworkNamespace::create(whyNot);
    if (!m_network)
        QSKIP(qPrintable(whyNot));
    m_iso = makeRedHatIso(m_directory.path());
    if (m_iso.isEmpty())
        QSKIP("xorriso is not installed");
    m_visit.reset(new NetworkNamespace::Visit(m_network->enterServer())); // not movable

    engine::Engine::Options options;
    options.stateDirectory = m_directory.filePath(QStringLiteral("state"));
    options.helperPath = QStringLiteral(RACKMUSTER_HELPER);
    auto engine = engine::EngineThread::start(options);
    QVERIFY(engine.has_value());
    m_engine = std::move(*engine);
    m_settings =
        std::make_unique<QSettings>(m_directory.filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
    m_theme = std::make_unique<ui::Theme>(*qApp);
    m_workbench = std::make_unique<ui::Workbench>(m_engine->engine());
    m_window = std::make_unique<ui::MainWindow>(*m_workbench, *m_theme, *m_settings);
    m_window->resize(1440, 900);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    QTRY_VERIFY(m_workbench->isFilled());
    m_machine = std::make_unique<FakePxeClient>(*m_network, FakePxeClient::Options{});
}

void FirstMachineTest::cleanupTestCase() {
    m_window.reset();
    m_workbench.reset();
    m_theme.reset();
    m_engine.reset();
}

void FirstMachineTest::dropsTheImageAndStarts() {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(m_iso)});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &event);
    QTRY_COMPARE_WITH_TIMEOUT(m_workbench->images().rowCount(), 1, patience);

    m_window->chooseInterface(QString::fromLatin1(NetworkNamespace::serverInterface));
    m_window->startServices();
    QTRY_VERIFY_WITH_TIMEOUT(m_workbench->services().isRunning, patience);
    m_window->showPage(ui::PageName::Machines);
}

void FirstMachineTest::showsTheMachineThatNobodyConfigured() {
    const auto acknowledged = m_machine->doDora();
    QVERIFY(acknowledged);
    QCOMPARE(acknowledged->textOption(wire::DhcpOption::BootFile), std::string("m/525400000001/pxelinux.0"));
    QVERIFY(m_machine->useAddress(acknowledged->yiaddr));
    QTRY_COMPARE_WITH_TIMEOUT(m_workbench->machines().rowCount(), 1, patience);
    QTRY_COMPARE(shown(MachineColumn::Mac), QStringLiteral("52:54:00:00:00:01"));
    QCOMPARE(shown(MachineColumn::Name), QStringLiteral("node-01"));
}

void FirstMachineTest::parksItWithoutAnyKernel() { // R42
    const TftpOutcome config = fetch("m/525400000001/pxelinux.cfg/01-52-54-00-00-00-01");
    QVERIFY(config.isComplete);
    QVERIFY(config.content.find("vmlinuz") == std::string::npos);
    QCOMPARE(fetch("m/525400000001/vmlinuz").error->code, wire::TftpErrorCode::NotFound);
    QCOMPARE(get("/m/525400000001/vmlinuz").status, 404);
    QTRY_COMPARE_WITH_TIMEOUT(shown(MachineColumn::State), QStringLiteral("Waiting"), patience);
}

void FirstMachineTest::approvesItWithOneClick() {
    const QRect button =
        ui::ProgressDelegate::buttonRect(table()->visualRect(cell(MachineColumn::Progress)), table()->font());
    QTest::mouseClick(table()->viewport(), Qt::LeftButton, Qt::NoModifier, button.center());
    QTRY_COMPARE_WITH_TIMEOUT(shown(MachineColumn::State), QStringLiteral("Approved"), patience);

    const TftpOutcome config = fetch("m/525400000001/pxelinux.cfg/01-52-54-00-00-00-01");
    QVERIFY(config.isComplete);
    m_answer = wordAfter(config.content, "inst.ks=http://192.168.77.1");
    QVERIFY2(m_answer.starts_with("/t/"), config.content.c_str());
}

void FirstMachineTest::showsItsStagesUntilItIsDone() {
    QVERIFY(fetch("m/525400000001/vmlinuz").isComplete);
    QTRY_COMPARE_WITH_TIMEOUT(shown(MachineColumn::Stage), QStringLiteral("Kernel"), patience);
    QVERIFY(fetch("m/525400000001/initrd.img").isComplete);
    const HttpResponse answer = get(m_answer);
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.body.find("--hostname=node-01") != std::string::npos);
    QTRY_COMPARE_WITH_TIMEOUT(shown(MachineColumn::State), QStringLiteral("Installing"), patience);
    QCOMPARE(get("/m/525400000001/repo/images/install.img").status, 200);
    QCOMPARE(get("/m/525400000001/repo/BaseOS/Packages/a-1-1.noarch.rpm").status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(shown(MachineColumn::Stage), QStringLiteral("Packages"), patience);

    const std::string ticket = m_answer.substr(0, m_answer.rfind('/'));
    QCOMPARE(get(ticket + "/done").status, 200);
    QTRY_COMPARE_WITH_TIMEOUT(shown(MachineColumn::State), QStringLiteral("Done"), patience);
}

void FirstMachineTest::sendsTheFinishedMachineToItsDisk() {
    QCOMPARE(get(m_answer).status, 404);
    QVERIFY(m_machine->doDora());
    const TftpOutcome config = fetch("m/525400000001/pxelinux.cfg/01-52-54-00-00-00-01");
    QVERIFY(config.isComplete);
    QVERIFY(config.content.find("vmlinuz") == std::string::npos);
    QVERIFY2(config.content.find("LOCALBOOT") != std::string::npos ||
                 config.content.find("localboot") != std::string::npos,
             config.content.c_str());
}

QTEST_MAIN(FirstMachineTest)
#include "tst_FirstMachine.moc"
