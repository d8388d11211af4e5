#include "ui/models/ImageModel.h"
#include "ui/models/InterfaceModel.h"
#include "ui/models/LogModel.h"
#include "ui/models/ProfileModel.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using Mode = QAbstractItemModelTester::FailureReportingMode;

/// The models of the pages beside the machine table.
class ListsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsAnImportUntilItsImageIsThere();
    void keepsAFailedImportUntilItIsDismissed();
    void keepsImportsWhenTheImagesAreToldAnew();
    void changesOnlyTheRowThatHasNews();
    void movesARenamedImageToItsPlace();
    void removesAndInsertsImagesOneByOne();
    void knowsAFileByEveryPathThatLeadsToIt();
    void describesProfilesAndTheirDefault();
    void keepsTheNewestEventsLast();
    void dropsTheOldestEventWhenFull();
    void prefersAWiredPortWithLinkAndAddress();

private:
    static engine::ImageInfo image(const char* id) {
        engine::ImageInfo info;
        info.id = QLatin1String(id);
        info.name = QLatin1String(id);
        return info;
    }
};

void ListsTest::showsAnImportUntilItsImageIsThere() {
    ui::ImageModel model;
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    model.beginImports({QStringLiteral("/iso/rocky.iso")});
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.entry(0).state == ui::ImageEntry::State::Importing);
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("rocky.iso"));
    model.setImages({image("rocky")});
    model.finishImport(QStringLiteral("/iso/rocky.iso"));
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.entry(0).state == ui::ImageEntry::State::Ready);
    QCOMPARE(model.readyCount(), 1);
}

void ListsTest::keepsAFailedImportUntilItIsDismissed() {
    ui::ImageModel model;
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    const QString path = QStringLiteral("/iso/broken.iso");
    model.beginImports({path});
    model.failImport(path, {ErrorCode::NotAnIso, path.toStdString(), {}});
    QVERIFY(model.entry(0).problem.has_value());
    model.beginImports({path}); // tried again: the same card
    QCOMPARE(model.rowCount(), 1);
    model.failImport(path, {ErrorCode::NotAnIso, path.toStdString(), {}});
    model.dismiss(path);
    QCOMPARE(model.rowCount(), 0);
}

void ListsTest::keepsImportsWhenTheImagesAreToldAnew() {
    ui::ImageModel model;
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    model.beginImports({QStringLiteral("/iso/a.iso")});
    model.setImages({image("rocky"), image("debian")});
    QCOMPARE(model.rowCount(), 3);
    model.setDefaultId(QStringLiteral("debian"));
    QCOMPARE(model.defaultName(), QStringLiteral("debian"));
}

void ListsTest::changesOnlyTheRowThatHasNews() {
    ui::ImageModel model;
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    model.setImages({image("a"), image("b"), image("c")});
    const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    const QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    engine::ImageInfo news = image("b");
    for (int i = 1; i <= 100; ++i) {
        news.job = engine::ImageJob{.done = static_cast<quint64>(i), .total = 100};
        model.setImages({image("a"), news, image("c")});
    }
    QCOMPARE(changed.count(), 100);
    QVERIFY(reset.isEmpty());
    for (const QList<QVariant>& signal : changed) {
        QCOMPARE(signal.at(0).toModelIndex().row(), 1);
        QCOMPARE(signal.at(1).toModelIndex().row(), 1);
    }
    model.setImages({image("a"), news, image("c")}); // nothing new
    QCOMPARE(changed.count(), 100);
}

void ListsTest::movesARenamedImageToItsPlace() {
    ui::ImageModel model;
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    model.setImages({image("a"), image("b"), image("c")});
    model.beginImports({QStringLiteral("/iso/d.iso")});
    const QSignalSpy moved(&model, &QAbstractItemModel::rowsMoved);
    const QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    engine::ImageInfo renamed = image("c");
    renamed.name = QStringLiteral("0");
    model.setImages({renamed, image("a"), image("b")});
    QCOMPARE(moved.count(), 1);
    QVERIFY(removed.isEmpty());
    QCOMPARE(model.entry(0).image.id, QStringLiteral("c"));
    QCOMPARE(model.index(0).data().toString(), QStringLiteral("0"));
    QCOMPARE(model.entry(2).image.id, QStringLiteral("b"));
    QCOMPARE(model.entry(3).state, ui::ImageEntry::State::Importing);
}

void ListsTest::removesAndInsertsImagesOneByOne() {
    ui::ImageModel model;
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    model.setImages({image("b"), image("d"), image("e")});
    model.beginImports({QStringLiteral("/iso/z.iso")});
    model.setImages({image("a"), image("b"), image("c"), image("e")});
    QStringList ids;
    for (int row = 0; row < model.readyCount(); ++row)
        ids << model.entry(row).image.id;
    QCOMPARE(ids, QStringList(
                      {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("e")}));
    QCOMPARE(model.rowCount(), 5);
    QVERIFY(model.find(QStringLiteral("c")));
    QVERIFY(!model.find(QStringLiteral("d")));
    model.setImages({});
    QCOMPARE(model.rowCount(), 1);
}

void ListsTest::knowsAFileByEveryPathThatLeadsToIt() {
    const QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("a.iso")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY(QFile::link(file.fileName(), directory.filePath(QStringLiteral("link.iso"))));
    ui::ImageModel model;
    engine::ImageInfo known = image("a");
    known.path = file.fileName();
    engine::ImageInfo gone = image("gone");
    gone.path = directory.filePath(QStringLiteral("gone.iso"));
    model.setImages({known, gone});
    QCOMPARE(model.findByFile(directory.filePath(QStringLiteral("link.iso")))->id, QStringLiteral("a"));
    QCOMPARE(model.findByFile(directory.path() + QStringLiteral("/./a.iso"))->id, QStringLiteral("a"));
    QVERIFY(
        !model.findByFile(directory.filePath(QStringLiteral("other.iso")))); // nor is the one that is gone
}

void ListsTest::describesProfilesAndTheirDefault() {
    ui::ProfileModel model;
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    model.setProfiles({{QStringLiteral("kvm"), QStringLiteral("text"), boot::InstallerFamily::RedHat, false},
                       {QStringLiteral("seed"), QStringLiteral("d-i"), boot::InstallerFamily::Debian, true}},
                      QStringLiteral("kvm"));
    QCOMPARE(model.index(0).data(ui::ProfileModel::DescriptionRole).toString(),
             QStringLiteral("kickstart · default"));
    QCOMPARE(model.index(1).data(ui::ProfileModel::DescriptionRole).toString(),
             QStringLiteral("preseed · built in"));
    QCOMPARE(model.indexOf(QStringLiteral("seed")), 1);
    QCOMPARE(model.indexOf(QStringLiteral("none")), -1);
}

void ListsTest::keepsTheNewestEventsLast() {
    ui::LogModel model;
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    engine::EngineEvent event{
        .time = {}, .name = QStringLiteral("kernel"), .mac = MacAddress({2, 0, 0, 0, 0, 1}), .facts = {}};
    event.facts.insert(QStringLiteral("slot"), 3);
    event.facts.insert(QStringLiteral("file"), QStringLiteral("vmlinuz\x1b[31m"));
    model.append(event);
    event.name = QStringLiteral("stopped");
    model.append(event);
    QCOMPARE(model.index(0, 1).data().toString(), QStringLiteral("Kernel"));
    QCOMPARE(model.index(0, 2).data().toString(), QStringLiteral("3  02:00:00:00:00:01"));
    QCOMPARE(model.index(0, 3).data().toString(), QStringLiteral("file vmlinuz\\x1b[31m"));
    QCOMPARE(model.index(1, 1).data().toString(), QStringLiteral("Services stopped"));
    QVERIFY(model.line(1).contains(QLatin1String("Services stopped")));
}

void ListsTest::dropsTheOldestEventWhenFull() {
    ui::LogModel model;
    engine::EngineEvent event;
    for (int i = 0; i <= ui::LogModel::capacity; ++i) {
        event.name = QString::number(i);
        model.append(event);
    }
    QCOMPARE(model.rowCount(), ui::LogModel::capacity);
    QCOMPARE(model.eventAt(0).name, QStringLiteral("1"));
}

void ListsTest::prefersAWiredPortWithLinkAndAddress() {
    ui::InterfaceModel model;
    const QAbstractItemModelTester tester(&model, Mode::Fatal);
    QCOMPARE(model.bestChoice(), -1);
    engine::InterfaceInfo wifi;
    wifi.name = QStringLiteral("wlan0");
    wifi.address = QStringLiteral("10.0.0.2");
    wifi.hasLink = true;
    wifi.isWireless = true;
    engine::InterfaceInfo wired = wifi;
    wired.name = QStringLiteral("eth0");
    wired.isWireless = false;
    model.setInterfaces({wifi, wired});
    QCOMPARE(model.bestChoice(), 1);
    QCOMPARE(model.indexOf(QStringLiteral("wlan0")), 0);

    engine::InterfaceInfo second = wired; // two cables: only the operator knows which one goes to the rack
    second.name = QStringLiteral("eth1");
    model.setInterfaces({wifi, wired, second});
    QCOMPARE(model.bestChoice(), -1);
    model.setInterfaces({wifi});
    QCOMPARE(model.bestChoice(), -1);
}

QTEST_GUILESS_MAIN(ListsTest)
#include "tst_Lists.moc"
