#include "ui/MainWindow.h"

#include "ui/FileIntake.h"
#include "ui/Theme.h"
#include "ui/pages/ImagesPage.h"
#include "ui/pages/LogPage.h"
#include "ui/pages/MachinesPage.h"
#include "ui/pages/NetworkPage.h"
#include "ui/pages/ProfilesPage.h"
#include "ui/pages/RackPage.h"
#include "ui/pages/RollCallPage.h"
#include "ui/text/PlainText.h"
#include "ui/text/Sentences.h"
#include "ui/widgets/DropVeil.h"
#include "ui/widgets/ExtraFiles.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/StatusStrip.h"
#include "ui/widgets/TopBar.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QSettings>
#include <QShortcut>
#include <QStackedWidget>

namespace rackmuster::ui {

MainWindow::MainWindow(Workbench& workbench, Theme& theme, QSettings& settings, QWidget* parent)
    : QMainWindow(parent), m_workbench(workbench), m_theme(theme), m_settings(settings),
      m_topBar(new TopBar(workbench, theme)), m_sideBar(new SideBar(theme)), m_pages(new QStackedWidget),
      m_screens(new QStackedWidget), m_rollCall(new RollCallPage(workbench, theme)),
      m_intake(new FileIntake(workbench, this)) {
    setWindowTitle(QStringLiteral("Rackmuster"));
    setAcceptDrops(true);
    setMinimumSize(900, 600);
    auto* const shell = new QWidget;
    auto* const rows = new QVBoxLayout(shell);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* const middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_sideBar);
    middle->addWidget(m_pages, 1);
    rows->addWidget(m_topBar);
    rows->addLayout(middle, 1);
    rows->addWidget(new StatusStrip(workbench, theme));
    m_screens->addWidget(shell);
    m_screens->addWidget(m_rollCall);
    setCentralWidget(m_screens);
    connect(m_rollCall, &RollCallPage::left, this, &MainWindow::leaveRollCall);
    m_rollCall->setSounds(m_settings.value(QStringLiteral("rollCall/sounds"), true).toBool());
    connect(m_rollCall, &RollCallPage::soundsChosen, this,
            [this](bool areOn) { m_settings.setValue(QStringLiteral("rollCall/sounds"), areOn); });
    addPages();
    m_notice = new NoticeBar(theme, *m_pages);
    m_veil = new DropVeil(theme, *shell);
    connectPages();
    connectIntake();
    addShortcuts();
    m_sideBar->setSettingsMenu(makeSettingsMenu());
    restore();
}

void MainWindow::addPages() {
    m_rack = new RackPage(m_workbench, m_theme);
    m_machines = new MachinesPage(m_workbench, m_theme);
    m_images = new ImagesPage(m_workbench, m_theme);
    m_network = new NetworkPage(m_workbench, m_theme);
    m_pages->addWidget(m_rack); // the order of PageName
    m_pages->addWidget(m_machines);
    m_pages->addWidget(m_images);
    m_pages->addWidget(new ProfilesPage(m_workbench, m_theme));
    m_pages->addWidget(m_network);
    m_pages->addWidget(new LogPage(m_workbench, m_theme));
    connect(m_rack, &RackPage::machineChosen, this, [this](const MacAddress& machine) {
        showPage(PageName::Machines);
        m_machines->selectMachine(machine);
    });
}

void MainWindow::connectPages() {
    connect(m_sideBar, &SideBar::pageChosen, this, &MainWindow::showPage);
    connect(m_topBar, &TopBar::rackClicked, this, [this] { showPage(PageName::Rack); });
    connect(m_topBar, &TopBar::rollCallClicked, this, &MainWindow::enterRollCall);
    connect(m_topBar, &TopBar::interfaceClicked, this, [this] { showPage(PageName::Network); });
    connect(m_topBar, &TopBar::startClicked, this, &MainWindow::startOrStop);
    connect(m_machines, &MachinesPage::startRequested, this, &MainWindow::startServices);
    connect(m_machines, &MachinesPage::rackRequested, this, [this] { showPage(PageName::Rack); });
    connect(m_machines, &MachinesPage::chooseImagesRequested, this, [this] {
        showPage(PageName::Images);
        m_images->chooseFiles();
    });
    connect(&m_workbench, &Workbench::refused, m_notice, &NoticeBar::showSentence);
    connect(&m_workbench, &Workbench::told, m_notice, [this](const QString& text) { m_notice->tell(text); });
    connect(
        &m_workbench, &Workbench::undoOffered, m_notice,
        [this](const QString& text, const NoticeBar::Act& undo) { m_notice->tell(text, tr("Undo"), undo); });
    connect(&m_workbench, &Workbench::servicesChanged, this, [this] {
        if (m_workbench.services().problem && !m_workbench.services().isRunning)
            showPage(PageName::Network); // where it says why, and what to do
        tellPause();
    });
    const auto countWaiting = [this] {
        m_sideBar->setWaiting(m_workbench.machines().count(MachineGroup::Waiting));
    };
    connect(&m_workbench.machines(), &MachineModel::changed, this, countWaiting);
    countWaiting();
}

void MainWindow::addShortcuts() {
    QUndoStack* const stack = &m_workbench.undoStack();
    connect(new QShortcut(QKeySequence::Undo, this), &QShortcut::activated, stack, &QUndoStack::undo);
    connect(new QShortcut(QKeySequence(QStringLiteral("Ctrl+Shift+Z")), this), &QShortcut::activated, stack,
            &QUndoStack::redo);
    connect(new QShortcut(QKeySequence(Qt::Key_F11), this), &QShortcut::activated, this, [this] {
        if (m_screens->currentWidget() == m_rollCall)
            leaveRollCall();
        else
            enterRollCall();
    });
    connect(new QShortcut(QKeySequence::Find, this), &QShortcut::activated, this, [this] {
        showPage(PageName::Machines);
        m_machines->focusFilter();
    });
    connect(new QShortcut(QKeySequence::Open, this), &QShortcut::activated, this, [this] {
        showPage(PageName::Images);
        m_images->chooseFiles();
    });
}

QMenu* MainWindow::makeSettingsMenu() {
    auto* const menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("settingsMenu"));
    addThemeMenu(*menu->addMenu(tr("Theme")));
    addLanguageMenu(*menu->addMenu(tr("Language")));
    QAction* const compact = menu->addAction(tr("Compact rows"));
    compact->setCheckable(true);
    compact->setChecked(m_settings.value(QStringLiteral("machines/compact")).toBool());
    m_machines->setCompact(compact->isChecked());
    connect(compact, &QAction::toggled, this, [this](bool isCompact) {
        m_settings.setValue(QStringLiteral("machines/compact"), isCompact);
        m_machines->setCompact(isCompact);
    });
    menu->addSeparator();
    connect(menu->addAction(tr("About Rackmuster")), &QAction::triggered, this, &MainWindow::showAbout);
    return menu;
}

void MainWindow::addThemeMenu(QMenu& menu) {
    auto* const group = new QActionGroup(this);
    const auto add = [&](const QString& text, ThemeMode mode) {
        QAction* const action = group->addAction(menu.addAction(text));
        action->setCheckable(true);
        action->setChecked(m_theme.mode() == mode);
        connect(action, &QAction::triggered, this, [this, mode] {
            m_settings.setValue(QStringLiteral("theme"), toWord(mode));
            m_theme.setMode(mode);
        });
    };
    add(tr("As the desktop"), ThemeMode::System);
    add(tr("Light"), ThemeMode::Light);
    add(tr("Dark"), ThemeMode::Dark);
}

void MainWindow::addLanguageMenu(QMenu& menu) {
    // each language by its own name, for whoever cannot read the present one
    for (const auto& [text, language] : {std::pair{QStringLiteral("English"), QStringLiteral("en")},
                                         std::pair{QStringLiteral("简体中文"), QStringLiteral("zh_CN")}}) {
        connect(menu.addAction(text), &QAction::triggered, this, [this, chosen = language] {
            m_settings.setValue(QStringLiteral("language"), chosen);
            Q_EMIT languageChosen(chosen);
        });
    }
}

void MainWindow::showPage(PageName page) {
    m_sideBar->setCurrent(page);
    m_pages->setCurrentIndex(static_cast<int>(page));
    m_notice->raise(); // the new page came on top
    m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
}

PageName MainWindow::page() const {
    return static_cast<PageName>(m_pages->currentIndex());
}

void MainWindow::chooseInterface(const QString& name) {
    m_network->chooseInterface(name);
}

void MainWindow::tellPause() {
    const engine::ServicesInfo& services = m_workbench.services();
    if (std::exchange(m_isPaused, services.isPaused) == services.isPaused)
        return;
    if (services.isPaused)
        m_notice->showSentence(sentence(*services.problem));
    else if (services.isRunning)
        m_notice->tell(tr("The cable is back: machines are answered again."));
}

void MainWindow::startServices() {
    if (!m_network->start())
        showPage(PageName::Network);
}

void MainWindow::startOrStop() {
    if (m_workbench.services().isRunning)
        m_workbench.stop();
    else
        startServices();
}

void MainWindow::enterRollCall() {
    m_screens->setCurrentWidget(m_rollCall);
    setWindowState(windowState() | Qt::WindowFullScreen);
    m_rollCall->setFocus(Qt::OtherFocusReason);
}

void MainWindow::leaveRollCall() {
    setWindowState(windowState() & ~Qt::WindowFullScreen);
    m_screens->setCurrentIndex(0);
    m_pages->currentWidget()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::connectIntake() {
    connect(m_intake, &FileIntake::imagesTaken, this, [this] { showPage(PageName::Images); });
    connect(m_intake, &FileIntake::answerFilesTaken, this, [this] { showPage(PageName::Profiles); });
    connect(m_intake, &FileIntake::planTaken, this, [this](const QString& path) {
        showPage(PageName::Machines);
        m_machines->importPlan(path);
    });
    connect(m_intake, &FileIntake::told, m_notice, [this](const QString& text) { m_notice->tell(text); });
    connect(m_intake, &FileIntake::folderWithoutImages, this, [this](const QString& folder) {
        m_notice->tell(tr("There is no ISO image in %1. Machines can fetch its files when it is served.")
                           .arg(printable(folder)),
                       tr("Serve this folder…"), [this, folder] {
                           showPage(PageName::Images);
                           m_images->extraFiles().serveFolder(folder);
                       });
    });
    connect(m_intake, &FileIntake::nothingTaken, m_notice, [this] {
        m_notice->showSentence(
            tr("Nothing to take from that: drop ISO images, answer files (.ks, .cfg, .seed, "
               ".yaml, .xml), or plans (.csv, .tsv, .hosts, .conf)."));
    });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QStringList paths = localPaths(*event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    m_veil->cover(static_cast<int>(paths.size()));
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) {
    m_veil->hide();
}

void MainWindow::dropEvent(QDropEvent* event) {
    m_veil->hide();
    event->acceptProposedAction();
    m_intake->take(localPaths(*event->mimeData()));
}

void MainWindow::showAbout() {
    auto* const box = new QMessageBox(QMessageBox::NoIcon, tr("About Rackmuster"),
                                      QStringLiteral("Rackmuster %1").arg(QLatin1String(RACKMUSTER_VERSION)),
                                      QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("Installs a rack of servers from one laptop.\n\n"
           "A: approve · F2: edit · Ctrl+C, Ctrl+V: cells as in a spreadsheet · Ctrl+D: fill down\n"
           "Del: clear typed values, remove · Shift+Del: forget · Ctrl+Z: undo\n"
           "Ctrl+N: plan a machine · Ctrl+I: import a plan · Ctrl+E: export · Ctrl+O: choose images\n"
           "F11: roll call · Ctrl+F: filter · Ctrl+1 to Ctrl+6: pages"));
    box->open();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    const bool isNarrow = width() < metrics::narrowWindow;
    m_sideBar->setNarrow(isNarrow);
    m_topBar->setNarrow(isNarrow);
    m_rack->setNarrow(isNarrow);
    m_machines->setNarrow(isNarrow);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!m_closesUnasked && !mayStopServing()) {
        event->ignore();
        return;
    }
    remember();
    QMainWindow::closeEvent(event);
}

void MainWindow::closeUnasked() {
    m_closesUnasked = true;
    close();
}

/// A machine in the middle of its installation would lose its source.
bool MainWindow::mayStopServing() {
    const int served = m_workbench.machines().count(MachineGroup::Installing);
    if (!m_workbench.services().isRunning || served == 0)
        return true;
    QMessageBox box(
        QMessageBox::NoIcon, tr("Close Rackmuster"),
        tr("%n machine(s) are approved or installing. They get nothing more once this window is closed.",
           nullptr, served),
        QMessageBox::NoButton, this);
    box.setTextFormat(Qt::PlainText);
    const QAbstractButton* const stop = box.addButton(tr("Stop and close"), QMessageBox::DestructiveRole);
    box.setDefaultButton(box.addButton(tr("Go on"), QMessageBox::RejectRole));
    box.exec();
    return box.clickedButton() == stop;
}

void MainWindow::remember() {
    m_settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_settings.setValue(QStringLiteral("window/page"), toWord(page()));
    m_rack->saveLayout(m_settings);
    m_machines->saveLayout(m_settings);
}

void MainWindow::restore() {
    constexpr int titleBar = 40; // about; nobody knows it before the window is shown
    resize(QSize(1440, 900).boundedTo(screen()->availableSize() - QSize(0, titleBar)));
    restoreGeometry(m_settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_rack->restoreLayout(m_settings);
    m_machines->restoreLayout(m_settings);
    showPage(pageFromWord(m_settings.value(QStringLiteral("window/page")).toString()));
}

} // namespace rackmuster::ui
