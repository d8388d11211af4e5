#pragma once

#include "core/engine/EngineThread.h"
#include "tests/unit/ui/MachineRows.h"
#include "ui/MainWindow.h"
#include "ui/Theme.h"

#include <QSettings>
#include <QTemporaryDir>

#include <memory>

namespace rackmuster::tests {

/// The real window over the real engine in its own thread, without a network helper: nothing is served.
class TestWindow {
public:
    void open(const QSize& size);
    void close();

protected:
    /// Another window over the same engine and settings.
    void openWindow(const QSize& size);
    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name) const {
        return m_window->findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] engine::Engine& engine() const { return m_engine->engine(); }
    /// Drags these over the window and lets them fall.
    void drop(const QStringList& paths) const;
    QString makeFile(const QString& name, const QByteArray& content = "no image") const;

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<engine::EngineThread> m_engine;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Workbench> m_workbench;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace rackmuster::tests
