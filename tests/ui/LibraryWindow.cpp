#include "tests/ui/LibraryWindow.h"

#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QMenu>
#include <QMimeData>
#include <QTest>
#include <QUrl>

namespace rackmuster::tests {

using ui::ImageAct;
using ui::ImageCard;

void LibraryWindow::open() {
    m_directory = std::make_unique<QTemporaryDir>();
    m_settings =
        std::make_unique<QSettings>(m_directory->filePath(QStringLiteral("ui.ini")), QSettings::IniFormat);
    engine::Engine::Options options;
    options.stateDirectory = m_directory->filePath(QStringLiteral("state"));
    options.helperPath = QStringLiteral("/nonexistent/helper");
    auto engine = engine::EngineThread::start(options);
    QVERIFY(engine.has_value());
    m_engine = std::move(*engine);
    m_theme = std::make_unique<ui::Theme>(*qApp);
    m_workbench = std::make_unique<ui::Workbench>(m_engine->engine());
    m_window = std::make_unique<ui::MainWindow>(*m_workbench, *m_theme, *m_settings);
    m_window->resize(1024, 700);
    m_window->showPage(ui::PageName::Images);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTRY_VERIFY(m_workbench->isFilled());
}

void LibraryWindow::close() {
    m_window.reset();
    m_workbench.reset();
    m_theme.reset();
    m_engine.reset();
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

void LibraryWindow::drop(const QStringList& paths) const {
    QMimeData data;
    QList<QUrl> urls;
    for (const QString& path : paths)
        urls << QUrl::fromLocalFile(path);
    data.setUrls(urls);
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QVERIFY(find<QWidget>("dropVeil")->isVisible());
    QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &event);
    QVERIFY(!find<QWidget>("dropVeil")->isVisible());
}

QString LibraryWindow::makeFile(const QString& name, const QByteArray& content) const {
    const QString path = m_directory->filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? path : QString();
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
