#include "core/media/FolderTree.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <sys/stat.h>
#include <unistd.h>

using namespace rackmuster;
using media::FolderTree;

namespace {

void write(const QString& path, const QByteArray& bytes) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("A test file cannot be written.");
}

std::string textOf(const boot::BootFile& file) {
    const auto& slices = std::get<std::vector<boot::FileSlice>>(file.content);
    std::vector<std::uint8_t> bytes(file.size());
    const auto read = slices.front().file->readExactly(0, bytes);
    return read ? std::string(bytes.begin(), bytes.end()) : "error";
}

} // namespace

class FolderTreeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void servesFilesInPlace();
    void neverLeavesItsFolder_data();
    void neverLeavesItsFolder();
    void servesRegularFilesOnly();
    void stopsAtAFolderSwappedForALink();
    void etagFollowsTheFile();
    void listsFilesAndFolders();
    void listingsAreBounded();
    void saysWhyItCannotBeOpened();
    void noticesThatItIsElsewhere();

private:
    [[nodiscard]] QString at(const char* name) const { return m_directory->filePath(QLatin1String(name)); }
    [[nodiscard]] std::shared_ptr<const FolderTree> open() const {
        auto opened = FolderTree::open(at("served").toStdString());
        return opened ? *opened : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void FolderTreeTest::init() {
    m_directory = std::make_unique<QTemporaryDir>();
    write(at("secret"), "secret");
    write(at("served/a.rpm"), "package");
    write(at("served/sub/deep/b c"), "deep");
}

void FolderTreeTest::servesFilesInPlace() {
    const auto tree = open();
    QVERIFY(tree);
    QCOMPARE(textOf(*tree->find("a.rpm")), std::string("package"));
    QCOMPARE(textOf(*tree->find("sub/deep/b c")), std::string("deep"));
    QVERIFY(!tree->find("sub/deep/none"));
    write(at("served/late"), "late"); // it is looked up when it is asked for
    QCOMPARE(textOf(*tree->find("late")), std::string("late"));
}

void FolderTreeTest::neverLeavesItsFolder_data() {
    QTest::addColumn<QByteArray>("path");
    for (const char* const path :
         {"../secret", "sub/../../secret", "/etc/passwd", "link", "sub/link", "up/secret", "inside",
          "/proc/self/exe", "proc/self/exe", "proc/self/cwd", "a.rpm/../../secret"})
        QTest::addRow("%s", path) << QByteArray(path);
}

// A4, R40: by the kernel, whatever stood before us in the way.
void FolderTreeTest::neverLeavesItsFolder() {
    QFETCH(QByteArray, path);
    QVERIFY(::symlink(at("secret").toLocal8Bit().constData(), at("served/link").toLocal8Bit().constData()) ==
            0);
    QVERIFY(::symlink("../../secret", at("served/sub/link").toLocal8Bit().constData()) == 0);
    QVERIFY(::symlink("..", at("served/up").toLocal8Bit().constData()) == 0);
    QVERIFY(::symlink("a.rpm", at("served/inside").toLocal8Bit().constData()) == 0);
    QVERIFY(::symlink("/proc", at("served/proc").toLocal8Bit().constData()) == 0);
    const auto tree = open();
    QVERIFY(!tree->find(path.toStdString()));
    QVERIFY(!tree->list(path.toStdString()));
    QVERIFY(!tree->list("up") && !tree->list("..") && !tree->list("/"));
}

void FolderTreeTest::servesRegularFilesOnly() {
    QVERIFY(::mkfifo(at("served/fifo").toLocal8Bit().constData(), 0600) == 0);
    const auto tree = open();
    QVERIFY(!tree->find("fifo")); // and does not hang
    QVERIFY(!tree->find("sub"));
    QVERIFY(!tree->find(""));
}

// Between two requests somebody puts a link in the place of a directory.
void FolderTreeTest::stopsAtAFolderSwappedForALink() {
    write(at("outside/deep/b c"), "outside");
    const auto tree = open();
    QCOMPARE(textOf(*tree->find("sub/deep/b c")), std::string("deep"));
    QVERIFY(QDir(at("served/sub")).removeRecursively());
    QVERIFY(::symlink(at("outside").toLocal8Bit().constData(), at("served/sub").toLocal8Bit().constData()) ==
            0);
    QVERIFY(!tree->find("sub/deep/b c"));
}

// P55
void FolderTreeTest::etagFollowsTheFile() {
    const auto tree = open();
    const std::string before = tree->find("a.rpm")->etag;
    QVERIFY(!before.empty());
    QCOMPARE(tree->find("a.rpm")->etag, before);
    QCOMPARE(open()->find("a.rpm")->etag, before);
    write(at("served/a.rpm"), "another package");
    QVERIFY(tree->find("a.rpm")->etag != before);
}

void FolderTreeTest::listsFilesAndFolders() {
    write(at("served/bad\nname"), "x"); // nobody could ask for it
    QVERIFY(::symlink("a.rpm", at("served/link").toLocal8Bit().constData()) == 0);
    const auto tree = open();
    auto names = tree->list("").value();
    std::sort(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    QVERIFY(names == (std::vector<boot::FolderEntry>{{"a.rpm", false, 7}, {"sub", true, 0}}));
    QVERIFY(tree->list("sub/deep").value() == (std::vector<boot::FolderEntry>{{"b c", false, 4}}));
    QVERIFY(!tree->list("a.rpm") && !tree->list("none"));
}

void FolderTreeTest::listingsAreBounded() {
    const QByteArray many = at("served/many").toLocal8Bit();
    QVERIFY(::mkdir(many.constData(), 0700) == 0);
    for (std::size_t i = 0; i < FolderTree::maximumNames + 50; ++i)
        QVERIFY(::mkdir((many + '/' + QByteArray::number(static_cast<qulonglong>(i))).constData(), 0700) ==
                0);
    QCOMPARE(open()->list("many")->size(), FolderTree::maximumNames + 1);
}

void FolderTreeTest::saysWhyItCannotBeOpened() {
    const auto none = FolderTree::open(at("none").toStdString());
    QCOMPARE(none.error().code, ErrorCode::NoSuchFile);
    const auto file = FolderTree::open(at("secret").toStdString());
    QCOMPARE(file.error().code, ErrorCode::NoSuchFile);
    QCOMPARE(file.error().detail, std::string("Not a directory"));
}

void FolderTreeTest::noticesThatItIsElsewhere() {
    const auto tree = open();
    const std::string path = at("served").toStdString();
    QVERIFY(tree->isAt(path));
    QVERIFY(QFile::rename(at("served"), at("moved")));
    QVERIFY(!tree->isAt(path));
    QVERIFY(QDir().mkpath(at("served")));
    QVERIFY(!tree->isAt(path));
    QVERIFY(tree->isAt(at("moved").toStdString()));
}

QTEST_APPLESS_MAIN(FolderTreeTest)
#include "tst_FolderTree.moc"
