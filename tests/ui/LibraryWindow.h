#pragma once

#include "core/engine/EngineThread.h"
#include "tests/unit/ui/LibraryImages.h"
#include "tests/unit/ui/MachineRows.h"
#include "ui/MainWindow.h"
#include "ui/Theme.h"
#include "ui/widgets/ImageCard.h"

#include <QLabel>
#include <QSettings>
#include <QTemporaryDir>

#include <memory>

namespace rackmuster::tests {

/// The library in the real window over the real engine. What images are there is told by hand; what is done
/// to them goes to the engine, which knows none of them and says so by name: so it is seen that the act
/// arrived.
class LibraryWindow {
public:
    void open();
    void close();

protected:
    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name) const {
        return m_window->findChild<Widget*>(QLatin1String(name));
    }
    [[nodiscard]] QList<ui::ImageCard*> cards() const { return m_window->findChildren<ui::ImageCard*>(); }
    /// Null when no card shows this image.
    [[nodiscard]] ui::ImageCard* card(const QString& id) const;
    [[nodiscard]] QString textOf(const ui::ImageCard& card, const char* name) const {
        return card.findChild<QLabel*>(QLatin1String(name))->text();
    }
    [[nodiscard]] QString notice() const { return find<QLabel>("noticeText")->text(); }
    [[nodiscard]] engine::Engine& engine() const { return m_engine->engine(); }
    void tellImages(const std::vector<engine::ImageInfo>& images) const {
        Q_EMIT engine().imagesChanged(images);
    }
    /// The same images, their jobs so far.
    void tellProgress(std::vector<engine::ImageInfo> images, int percent) const;
    /// Drags these over the window and lets them fall.
    void drop(const QStringList& paths) const;
    QString makeFile(const QString& name, const QByteArray& content = "no image") const;
    /// Opens the card's menu by a key and goes down to the act; false when it is not there.
    [[nodiscard]] static bool chooseFromMenu(ui::ImageCard& card, ui::ImageAct act);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<engine::EngineThread> m_engine;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Workbench> m_workbench;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace rackmuster::tests
