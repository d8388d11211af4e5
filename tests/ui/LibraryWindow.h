#pragma once

#include "tests/ui/TestWindow.h"
#include "tests/unit/ui/LibraryImages.h"
#include "ui/widgets/ImageCard.h"

#include <QLabel>

namespace rackmuster::tests {

/// The library in the window. What images are there is told by hand; what is done
/// to them goes to the engine, which knows none of them and says so by name: so it is seen that the act
/// arrived.
class LibraryWindow : public TestWindow {
public:
    void open();

protected:
    [[nodiscard]] QList<ui::ImageCard*> cards() const { return m_window->findChildren<ui::ImageCard*>(); }
    /// Null when no card shows this image.
    [[nodiscard]] ui::ImageCard* card(const QString& id) const;
    [[nodiscard]] QString textOf(const ui::ImageCard& card, const char* name) const {
        return card.findChild<QLabel*>(QLatin1String(name))->text();
    }
    [[nodiscard]] QString notice() const { return find<QLabel>("noticeText")->text(); }
    void tellImages(const std::vector<engine::ImageInfo>& images) const {
        Q_EMIT engine().imagesChanged(images);
    }
    /// The same images, their jobs so far.
    void tellProgress(std::vector<engine::ImageInfo> images, int percent) const;
    /// Opens the card's menu by a key and goes down to the act; false when it is not there.
    [[nodiscard]] static bool chooseFromMenu(ui::ImageCard& card, ui::ImageAct act);
};

} // namespace rackmuster::tests
