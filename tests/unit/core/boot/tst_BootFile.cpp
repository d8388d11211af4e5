#include "core/boot/BootFile.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;

class TestBootFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sizesAddUp();
    void spellsPathsOneWay_data();
    void spellsPathsOneWay();
    void refusesPathsThatClimbOrHide_data();
    void refusesPathsThatClimbOrHide();
    void everyCanonicalPathIsItsOwnCanonicalPath();
};

void TestBootFile::sizesAddUp() {
    BootFile file;
    QCOMPARE(file.size(), std::uint64_t{0});
    file.content = std::vector<FileSlice>{{nullptr, 0, 0xFFFFFFFF}, {nullptr, 4096, 10}};
    QCOMPARE(file.size(), std::uint64_t{0x100000009});
    file.content = std::make_shared<const std::string>("12345");
    QCOMPARE(file.size(), std::uint64_t{5});
}

void TestBootFile::spellsPathsOneWay_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char* path, const char* expected) {
        QTest::addRow("%s", path) << QByteArray(path) << QByteArray(expected);
    };
    row("", "");
    row("/", "");
    row("m/aa/f", "m/aa/f");
    row("/m//aa///f/", "m/aa/f");
    row("\\m\\aa\\f", "m/aa/f");
    row("\\/m/\\f", "m/f");
    row("f\xFF", "f");
    row("f\xFF\xFF\xFF", "f");
    row("f\xFF/", "f");
    row("\xFF", "");
    row("...", "...");
    row("..f/f..", "..f/f..");
    row("a b", "a b");
    row("%2e%2e/f", "%2e%2e/f");
    row("\xC3\xA9", "\xC3\xA9");
    row("C:\\f", "C:/f");
}

// R22
void TestBootFile::spellsPathsOneWay() {
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, expected);
    const auto canonical = canonicalPath(path.toStdString());
    QVERIFY(canonical.has_value());
    QCOMPARE(*canonical, expected.toStdString());
}

void TestBootFile::refusesPathsThatClimbOrHide_data() {
    QTest::addColumn<QByteArray>("path");
    for (const char* const path : {"..", ".", "../f", "f/..", "a/../b", "a/./b", "..\\f", "a\\..\\b", "/..",
                                   "//..//", "./f", "a\nb", "a\x7F", "\x01", "..\xFF"})
        QTest::addRow("%s", path) << QByteArray(path);
    QTest::newRow("NUL") << QByteArray("a\0b", 3);
    QTest::newRow("NUL at the end") << QByteArray("a\0", 2);
}

// R22
void TestBootFile::refusesPathsThatClimbOrHide() {
    QFETCH(QByteArray, path);
    QVERIFY(!canonicalPath(path.toStdString()).has_value());
}

void TestBootFile::everyCanonicalPathIsItsOwnCanonicalPath() {
    for (const char* const path : {"/a//b\\c", "", "x", "\\\\a/", "a\xFF/b\xFF"}) {
        const auto once = canonicalPath(path);
        QVERIFY(once.has_value());
        QCOMPARE(canonicalPath(*once), once);
    }
    QCOMPARE(canonicalPath(std::string(65000, '/'))->size(), std::size_t{0});
}

QTEST_APPLESS_MAIN(TestBootFile)
#include "tst_BootFile.moc"
