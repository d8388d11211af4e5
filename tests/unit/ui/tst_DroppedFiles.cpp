#include "ui/DroppedFiles.h"
#include "ui/FilePlace.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;

/// What a drop of files and folders brings.
class DroppedFilesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void sortsFilesByWhatTheyAre();
    void findsImagesDeepInAFolder();
    void takesOnlyKickstartFilesOfAFolder();
    void stopsAtTheBoundsAndSaysSo();
    void followsNoLinks();
    void knowsWherePluggedInDisksAre();

private:
    QString make(const QString& name, const QByteArray& content = {}) const {
        const QString path = m_directory->filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? path : QString();
    }
    static QByteArray volume(const char* word) {
        return QByteArray(16 * 2048 + 1, '\0') + word + QByteArray(2042, '\0');
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void DroppedFilesTest::sortsFilesByWhatTheyAre() {
    const QString iso = make(QStringLiteral("a.ISO"));
    const QString raw = make(QStringLiteral("b.img"), volume("CD001"));
    const QString udf = make(QStringLiteral("noname"), volume("BEA01"));
    const QString disk = make(QStringLiteral("disk.img"), "no volume");
    QStringList answers; // of every family, the one without a suffix too
    for (const char* const name : {"a.cfg", "b.ks", "c.seed", "d.xml", "e.yaml", "f.YML", "user-data"})
        answers << make(QLatin1String(name));
    QStringList plans;
    for (const char* const name :
         {"plan.csv", "plan.TSV", "excel.txt", "hosts", "rack.hosts", "dnsmasq.conf"})
        plans << make(QLatin1String(name));
    const auto dropped =
        ui::sortDropped(QStringList{iso, raw, udf, disk, m_directory->path()} + answers + plans);
    QCOMPARE(dropped.plans, plans);
    QCOMPARE(dropped.images, QStringList({iso, raw, udf}));
    QCOMPARE(dropped.answerFiles, answers);
    QCOMPARE(dropped.others, QStringList(disk));
    QCOMPARE(dropped.folders, QStringList(m_directory->path()));
}

void DroppedFilesTest::findsImagesDeepInAFolder() {
    const QStringList images{make(QStringLiteral("a.iso")), make(QStringLiteral("x/y/b.Iso")),
                             make(QStringLiteral("x/中文/c.img"), volume("CD001"))};
    make(QStringLiteral("x/readme.txt"));
    make(QStringLiteral("x/disk.img"));
    const ui::FolderFinds finds = ui::searchFolder(m_directory->path());
    QCOMPARE(finds.images, images);
    QVERIFY(finds.isWhole);
    QVERIFY(ui::searchFolder(m_directory->filePath(QStringLiteral("gone"))).images.isEmpty());
}

void DroppedFilesTest::takesOnlyKickstartFilesOfAFolder() {
    const QString kickstart = make(QStringLiteral("kvm.ks"));
    make(QStringLiteral("isolinux.cfg")); // folders are full of these
    make(QStringLiteral("deep/other.ks"));
    QCOMPARE(ui::searchFolder(m_directory->path()).answerFiles, QStringList(kickstart));
}

void DroppedFilesTest::stopsAtTheBoundsAndSaysSo() {
    make(QStringLiteral("1/2/3/4/5/in.iso"));
    make(QStringLiteral("1/2/3/4/5/6/out.iso"));
    const ui::FolderFinds deep = ui::searchFolder(m_directory->path());
    QCOMPARE(deep.images.size(), 1);
    QVERIFY(!deep.isWhole);

    init();
    for (int i = 0; i < 201; ++i)
        make(QStringLiteral("%1.iso").arg(i));
    const ui::FolderFinds many = ui::searchFolder(m_directory->path());
    QCOMPARE(many.images.size(), 200);
    QVERIFY(!many.isWhole);
}

void DroppedFilesTest::followsNoLinks() {
    make(QStringLiteral("a.iso"));
    QVERIFY(QFile::link(m_directory->path(), m_directory->filePath(QStringLiteral("loop"))));
    QCOMPARE(ui::searchFolder(m_directory->path()).images.size(), 1);
}

void DroppedFilesTest::knowsWherePluggedInDisksAre() {
    QVERIFY(ui::isOnRemovableDisk(QStringLiteral("/run/media/operator/STICK/a.iso")));
    QVERIFY(ui::isOnRemovableDisk(QStringLiteral("/media/operator/STICK/gone.iso")));
    QVERIFY(!ui::isOnRemovableDisk(QStringLiteral("/proc/version")));
    QVERIFY(!ui::isOnRemovableDisk(QStringLiteral("/nonexistent/a.iso")));
}

QTEST_GUILESS_MAIN(DroppedFilesTest)
#include "tst_DroppedFiles.moc"
