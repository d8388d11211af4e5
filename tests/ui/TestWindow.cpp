#include "tests/ui/TestWindow.h"

#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QTest>
#include <QUrl>

namespace rackmuster::tests {

void TestWindow::open(const QSize& size) {
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
    openWindow(size);
    QTRY_VERIFY(m_workbench->isFilled());
}

void TestWindow::close() {
    m_window.reset();
    m_workbench.reset();
    m_theme.reset();
    m_engine.reset();
}

void TestWindow::openWindow(const QSize& size) {
    m_window = std::make_unique<ui::MainWindow>(*m_workbench, *m_theme, *m_settings);
    m_window->resize(size);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestWindow::drop(const QStringList& paths) const {
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

QString TestWindow::makeFile(const QString& name, const QByteArray& content) const {
    const QString path = m_directory->filePath(name);
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? path : QString();
}

} // namespace rackmuster::tests
