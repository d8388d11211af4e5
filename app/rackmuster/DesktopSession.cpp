#include "app/rackmuster/DesktopSession.h"

#include <QApplication>
#include <QStandardPaths>
#include <QTextStream>
#include <QTimer>

#include <cstdio>
#include <cstdlib>
#include <utility>

namespace rackmuster::app {

QString settingsFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/rackmuster/rackmuster.ini");
}

DesktopSession::DesktopSession(engine::Engine& engine, const ProgramOptions& options, Language& language,
                               QApplication& application)
    : m_options(options), m_language(language), m_settings(settingsFile(), QSettings::IniFormat),
      m_theme(application), m_workbench(engine) {
    const ui::ThemeMode remembered =
        ui::themeModeFromWord(m_settings.value(QStringLiteral("theme")).toString());
    m_theme.setMode(m_options.theme.value_or(remembered));
    application.setWindowIcon(QIcon(QStringLiteral(":/icons/rackmuster.svg")));
    openWindow();
    // After the window, which shows the remembered settings first: what the command line says wins over them.
    connect(&m_workbench, &ui::Workbench::filled, this, &DesktopSession::begin, Qt::SingleShotConnection);
    if (m_options.page)
        m_window->showPage(*m_options.page);
    if (m_options.size)
        m_window->resize(*m_options.size);
}

DesktopSession::~DesktopSession() = default;

void DesktopSession::openWindow() {
    m_window = std::make_unique<ui::MainWindow>(m_workbench, m_theme, m_settings);
    connect(m_window.get(), &ui::MainWindow::languageChosen, this, &DesktopSession::changeLanguage,
            Qt::QueuedConnection); // the menu that asked must be gone before its window is
    m_window->show();
}

void DesktopSession::changeLanguage(const QString& name) {
    m_window->closeUnasked(); // remembers its layout
    m_language.set(name);
    openWindow();
}

void DesktopSession::begin() {
    if (!m_options.interface.isEmpty())
        m_window->chooseInterface(m_options.interface);
    m_workbench.importImages(m_options.images);
    if (m_options.startsAtOnce)
        m_window->startServices();
    if (!m_options.screenshot.isEmpty())
        QTimer::singleShot(0, this, &DesktopSession::saveScreenshot); // after what the snapshot led to
}

void DesktopSession::saveScreenshot() {
    if (m_window->grab().save(m_options.screenshot, "PNG")) {
        QCoreApplication::exit(EXIT_SUCCESS);
        return;
    }
    QTextStream(stderr) << tr("%1 cannot be written.").arg(m_options.screenshot) << Qt::endl;
    QCoreApplication::exit(EXIT_FAILURE);
}

} // namespace rackmuster::app
