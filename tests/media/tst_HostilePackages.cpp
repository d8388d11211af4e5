#include "tests/media/Listing.h"
#include "tests/media/Oracle.h"
#include "tests/media/RawPackage.h"
#include "tests/media/Reading.h"
#include "tests/media/SourceTree.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

namespace rackmuster::tests {

namespace {

const QByteArray good = "good.efi";

/// What an archive of these leaves in memory besides the hostile one is `good`.
QByteArray around(const RawMember& member) {
    return archiveOf({member, {good, "bytes"}});
}

QByteArray repeated(const QByteArray& member, int count) {
    return member.repeated(count) + encode({"TRAILER!!!", {}, 0});
}

} // namespace

/// What an enemy makes of a package (R45): only members that were asked for reach memory, nothing reaches
/// a disk, and time and memory are bounded as for images.
class TestHostilePackages final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsOnlyWhatWasAskedFor_data();
    void keepsOnlyWhatWasAskedFor();
    void bombsEndEarly_data();
    void bombsEndEarly();
    void anImageFullOfBombsIsBounded();

private:
    /// Reads it in a folder of its own, and says what appeared there.
    [[nodiscard]] static Reading read(const QByteArray& package, QString& appeared);
};

Reading TestHostilePackages::read(const QByteArray& package, QString& appeared) {
    const QTemporaryDir directory(scratchTemplate());
    const QDir outside(directory.path());
    const QString inside = outside.filePath(QStringLiteral("a/b/c"));
    QDir().mkpath(inside);
    QFile file(outside.filePath(QStringLiteral("hostile.rpm")));
    if (!file.open(QIODevice::WriteOnly) || file.write(package) != package.size())
        qFatal("Cannot write %s", qPrintable(file.fileName()));
    file.close();
    Reading reading = readHostilePackage(file.fileName(), inside);
    QStringList all = listingOf(outside.path()).keys();
    all.removeOne(QStringLiteral("hostile.rpm"));
    appeared = all.join(QLatin1Char(' '));
    return reading;
}

void TestHostilePackages::keepsOnlyWhatWasAskedFor_data() {
    QTest::addColumn<QByteArray>("package");
    QTest::addColumn<int>("files"); // -1: refused
    QTest::addColumn<QString>("words");
    constexpr int refused = -1;
    const auto row = [](const char* name, int files, const char* words, const QByteArray& payload) {
        QTest::newRow(name) << packageOf(payload) << files << QString::fromLatin1(words);
    };
    const auto raw = [](const char* name, const char* words, const QByteArray& package) {
        QTest::newRow(name) << package << -1 << QString::fromLatin1(words);
    };
    row("a package", 2, "", around({"./boot/efi/EFI/BOOT/BOOTX64.efi", "loader"}));
    // A path means nothing here; it is a name to compare.
    row("path upwards", 2, "", around({"../../x.efi", "x"}));
    row("path upwards in the middle", 2, "", around({"./a/../../../x.efi", "x"}));
    row("absolute path", 2, "", around({"/etc/x.efi", "x"}));
    row("absolute path of several slashes", 2, "", around({"///etc/x.efi", "x"}));
    row("path upwards, not asked for", 1, "", around({"../../../etc/cron.d/x", "x"}));
    row("link to a file of the host", 1, "", around({"x.efi", "/etc/passwd", linkMode}));
    row("link with a file behind it", 2, "", // CVE-2015-1197
        archiveOf({{"dir", "/tmp", linkMode}, {"dir/x.efi", "x"}, {good, "bytes"}}));
    row("link upwards with a file behind it", 2, "", // CVE-2023-7207
        archiveOf({{"dir", "../../..", linkMode}, {"dir/../x.efi", "x"}, {good, "bytes"}}));
    row("link, then a file of the same name", 2, "", // CVE-2010-4226
        archiveOf({{"x.efi", "/etc/shadow", linkMode}, {"x.efi", "x"}, {good, "bytes"}}));
    row("link to itself", 1, "", around({"x.efi", "x.efi", linkMode}));
    row("hard links, the bytes with the last", 2, "",
        archiveOf({{"x.efi", {}}, {"x.efi", "x"}, {good, "bytes"}}));
    row("folder called like a loader", 1, "", around({"x.efi", {}, folderMode}));
    row("character device", 1, "", around({"x.efi", {}, 0020666}));
    row("block device with bytes", 1, "", around({"x.efi", "bytes", 0060666}));
    row("pipe", 1, "", around({"x.efi", {}, 0010644}));
    row("socket", 1, "", around({"x.efi", {}, 0140755}));
    row("no kind at all", 1, "", around({"x.efi", "x", 0}));
    row("root's programs for everybody", 2, "", around({"x.efi", "x", 0104755}));
    row("name with a NUL inside", 1, "", around({QByteArray("x\0.efi", 6), "x"}));
    row("name of control characters", 2, "", around({"\x1B[2J\n.efi", "x"}));
    row("no name", refused, "a name in it is longer", around({{}, "x", 0100644, "070701", -1, 0}));
    row("name of 2 GiB", refused, "a name in it is longer",
        around({"x.efi", "x", 0100644, "070701", -1, 0x80000000}));
    row("name of 4 GiB", refused, "a name in it is longer",
        around({"x.efi", "x", 0100644, "070701", -1, 0xFFFFFFFF}));
    row("name of 4097 bytes", refused, "a name in it is longer", around({QByteArray(4096, 'n'), "x"}));
    row("file of 4 GiB", refused, "it is too large", around({"x", "x", 0100644, "070701", 0xFFFFFFFF}));
    row("loader of 4 GiB", refused, "a file in it is larger than",
        around({"x.efi", "x", 0100644, "070701", 0xFFFFFFFF}));
    row("loader longer than its archive", refused, "it ends in the middle",
        around({"x.efi", "x", 0100644, "070701", 100'000}));
    row("sizes that are no numbers", refused, "is not a cpio archive",
        around({good, "x"}).replace(54, 8, "-0000001"));
    row("sizes with blanks", refused, "is not a cpio archive",
        around({good, "x"}).replace(54, 8, "       1"));
    row("check sums that are wrong", 2, "", around({"x.efi", "x", 0100644, "070702"}));
    row("the form for files above 4 GiB", refused, "07070X", around({"x.efi", "x", 0100644, "07070X"}));
    row("the old form", refused, "is not a cpio archive", around({"x.efi", "x", 0100644, "070707"}));
    row("the binary form", refused, "is not a cpio archive",
        QByteArray("\xC7\x71", 2) + QByteArray(200, '\0'));
    row("no end", refused, "it ends in the middle", encode({good, "bytes"}));
    row("cut in a header", refused, "it ends in the middle", encode({good, "bytes"}).left(50));
    row("cut in its bytes", refused, "it ends in the middle",
        encode({good, QByteArray(5000, 'x')}).left(1000));
    row("more behind the end", 1, "", archiveOf({{good, "bytes"}}) + encode({"x.efi", "x"}));
    row("no payload", refused, "", {});
    raw("a header of 4 G entries", "", packageOf(archiveOf({{good, "bytes"}}), 0xFFFFFFFFU, 0));
    raw("a header of 4 GiB", "", packageOf(archiveOf({{good, "bytes"}}), 0, 0xFFFFFFFFU));
    raw("only a lead", "", packageOf({}).left(96));
    raw("text", "is not a cpio archive", QByteArray("#!/bin/sh\n").repeated(100));
    raw("nothing", "", {});
}

void TestHostilePackages::keepsOnlyWhatWasAskedFor() // R45
{
    QFETCH(QByteArray, package);
    QFETCH(int, files);
    QFETCH(QString, words);
    QString appeared;
    const Reading reading = read(package, appeared);
    QCOMPARE(appeared, QString());
    QVERIFY2(reading.problem.isEmpty(), qPrintable(reading.problem + QLatin1Char(' ') + reading.story()));
    QVERIFY2(reading.isRead() == (files >= 0), qPrintable(reading.story()));
    QVERIFY2(reading.says(words), qPrintable(reading.story()));
    if (files >= 0) {
        QCOMPARE(reading.files, qint64{files});
        QVERIFY(reading.names.contains(QString::fromLatin1(good)));
    }
}

void TestHostilePackages::bombsEndEarly_data() {
    QTest::addColumn<QString>("program");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("words");
    constexpr int large = 100 << 20;
    const QByteArray zeros(large, '\0');
    const QByteArray unwanted = encode({"x", {}, 0100644, "070701", large}) + zeros;
    const QByteArray named = encode({"x", {}, 0100644, "070701", 0, 0x70000000}) + zeros;
    const QByteArray few = repeated(encode({"x.efi", QByteArray(15 << 20, '\0')}), 5);
    const QByteArray many = repeated(encode({"x.efi", "x"}), 700'000);
    for (const char* const program : {"gzip", "xz", "bzip2", "zstd"}) {
        const auto row = [program](const char* name, const QByteArray& payload, const char* words) {
            QTest::addRow("%s: %s", program, name)
                << QString::fromLatin1(program) << payload << QString::fromLatin1(words);
        };
        row("zeros", zeros, "is not a cpio archive");
        row("a large file", unwanted, "it is too large");
        row("a large name", named, "a name in it is longer");
        row("many large loaders", few, "it is too large");
        row("very many loaders", many, "it is too large");
    }
}

void TestHostilePackages::bombsEndEarly() // R45
{
    QFETCH(QString, program);
    QFETCH(QByteArray, payload);
    QFETCH(QString, words);
    const QByteArray packed = compressed(payload, program);
    if (packed.isEmpty())
        QSKIP(qPrintable(program + QStringLiteral(" is not installed")));
    QString appeared;
    const Reading reading = read(packageOf(packed), appeared);
    QCOMPARE(appeared, QString());
    QVERIFY2(reading.problem.isEmpty(), qPrintable(reading.problem + QLatin1Char(' ') + reading.story()));
    QVERIFY2(!reading.isRead() && reading.says(words), qPrintable(reading.story()));
}

// Every package that can hold a loader is a bomb.
void TestHostilePackages::anImageFullOfBombsIsBounded() // R43, R45
{
    const QByteArray bomb =
        packageOf(compressed(repeated(encode({"x", QByteArray(1 << 20, '\0')}), 60), QStringLiteral("xz")));
    QVERIFY(!bomb.isEmpty());
    const QTemporaryDir directory(scratchTemplate());
    SourceTree tree(directory.filePath(QStringLiteral("tree")));
    for (const char* const name :
         {"shim-x64", "shim", "grub2-efi-x64", "grub2-efi", "shim-aa64", "grub2-efi-aa64",
          "grub2-efi-aarch64", "syslinux-tftpboot", "syslinux-nonlinux", "syslinux"})
        tree.add(QStringLiteral("Packages/%1-1-1.x86_64.rpm").arg(QLatin1String(name)), bomb);
    const QString image = directory.filePath(QStringLiteral("image.iso"));
    QVERIFY(runProgram(QStringLiteral("xorriso"),
                       xorrisoBasics() + QStringList{QStringLiteral("-as"), QStringLiteral("mkisofs"),
                                                     QStringLiteral("-R"), QStringLiteral("-o"), image,
                                                     tree.path()}));
    const Reading reading = readHostileImage(image);
    qInfo("%s", qPrintable(reading.story()));
    QVERIFY2(reading.problem.isEmpty(), qPrintable(reading.problem + QLatin1Char(' ') + reading.story()));
    QCOMPARE(reading.files, qint64{10});
}

} // namespace rackmuster::tests

QTEST_GUILESS_MAIN(rackmuster::tests::TestHostilePackages)
#include "tst_HostilePackages.moc"
