#pragma once

#include "app/rackmuster/Language.h"
#include "app/rackmuster/ProgramOptions.h"
#include "ui/MainWindow.h"

#include <QObject>
#include <QSettings>

#include <memory>

class QApplication;

namespace rackmuster::app {

/// Theme, workbench and window over one engine. A change of language makes the window anew.
class DesktopSession final : public QObject {
    Q_OBJECT

public:
    /// `engine` and `language` outlive this.
    DesktopSession(engine::Engine& engine, const ProgramOptions& options, Language& language,
                   QApplication& application);
    ~DesktopSession() override;

private:
    void openWindow();
    void changeLanguage(const QString& name);
    /// The first snapshot is there: what the command line asked for.
    void begin();
    void saveScreenshot();

    const ProgramOptions m_options;
    Language& m_language;
    QSettings m_settings;
    ui::Theme m_theme;
    ui::Workbench m_workbench;
    std::unique_ptr<ui::MainWindow> m_window;
};

/// Where window and language are remembered.
[[nodiscard]] QString settingsFile();

} // namespace rackmuster::app
