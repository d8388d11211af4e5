#include "tests/ui/LibraryWindow.h"

#include <QMenu>
#include <QTest>

namespace rackmuster::tests {

using ui::ImageAct;
using ui::ImageCard;

void LibraryWindow::open() {
    TestWindow::open({1024, 700});
    m_window->showPage(ui::PageName::Images);
}

ImageCard* LibraryWindow::card(const QString& id) const {
    for (ImageCard* const each : cards()) {
        if (each->entry().image.id == id)
            return each;
    }
    return nullptr;
}

void LibraryWindow::tellProgress(std::vector<engine::ImageInfo> images, int percent) const {
    for (engine::ImageInfo& image : images) {
        if (image.job)
            image.job->done = image.job->total / 100 * static_cast<quint64>(percent);
    }
    tellImages(images);
}

bool LibraryWindow::chooseFromMenu(ImageCard& card, ImageAct act) {
    card.setFocus();
    QTest::keyClick(&card, Qt::Key_Return);
    auto* const menu = card.findChild<QMenu*>(QStringLiteral("imageMenu"));
    if (!menu->isVisible())
        return false;
    for (qsizetype i = 0; i < menu->actions().size(); ++i) {
        QTest::keyClick(menu, Qt::Key_Down);
        if (menu->activeAction() && menu->activeAction()->data().toInt() == static_cast<int>(act)) {
            QTest::keyClick(menu, Qt::Key_Return);
            return true;
        }
    }
    QTest::keyClick(menu, Qt::Key_Escape);
    return false;
}

} // namespace rackmuster::tests
