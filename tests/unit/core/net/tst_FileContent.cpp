#include "core/net/FileContent.h"
#include "tests/support/OldFile.h"

#include <QTemporaryFile>
#include <QTest>

#include <fcntl.h>

using namespace rackmuster;
using namespace rackmuster::net;

class FileContentTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void readsOverSliceBorders();
    void readsRenderedText();
    void refusesToReadPastTheEnd();
    void refusesAFileThatBecameShort();
    void refusesAFileThatWasWrittenTo();
    void joinsSlicesThatFollowEachOther();
    void endsARunAtAGap();
    void findsNoRunInText();
    void knowsFilesOfOthers();
    void readsZerosWhereThereIsNoFile();

private:
    QTemporaryFile m_file;
    std::shared_ptr<const FileDescriptor> m_descriptor;

    [[nodiscard]] boot::BootFile scattered() const {
        return {
            std::vector<boot::FileSlice>{{m_descriptor, 10, 3}, {m_descriptor, 20, 4}, {m_descriptor, 24, 2}},
            boot::FileRole::Other, std::nullopt, "", false};
    }
    static std::string read(const boot::BootFile& file, std::uint64_t offset, std::size_t count) {
        std::vector<std::uint8_t> bytes(count);
        const auto outcome = readContent(file, offset, bytes);
        return outcome ? std::string(bytes.begin(), bytes.end()) : "error: " + message(outcome.error());
    }
};

void FileContentTest::initTestCase() {
    QVERIFY(m_file.open());
    m_file.write("abcdefghijKLMnopqrstUVWXYZ0123");
    QVERIFY(m_file.flush());
    m_descriptor = std::make_shared<const FileDescriptor>(
        ::open(m_file.fileName().toLocal8Bit().constData(), O_RDONLY | O_CLOEXEC));
    QVERIFY(m_descriptor->isOpen());
}

void FileContentTest::readsOverSliceBorders() {
    const boot::BootFile file = scattered();
    QCOMPARE(file.size(), std::uint64_t(9));
    const std::string whole = "KLMUVWXYZ";
    for (std::size_t offset = 0; offset <= whole.size(); ++offset) {
        for (std::size_t count = 0; count <= whole.size() - offset; ++count)
            QCOMPARE(read(file, offset, count), whole.substr(offset, count));
    }
}

void FileContentTest::readsRenderedText() {
    boot::BootFile file;
    file.content = std::make_shared<const std::string>("0123456789");
    QCOMPARE(read(file, 3, 4), std::string("3456"));
    QVERIFY(read(file, 8, 3).starts_with("error"));
    QVERIFY(read(file, 11, 0).starts_with("error"));
}

void FileContentTest::refusesToReadPastTheEnd() {
    QVERIFY(read(scattered(), 8, 2).starts_with("error"));
    QVERIFY(read(scattered(), 9, 1).starts_with("error"));
}

void FileContentTest::refusesAFileThatBecameShort() // R44
{
    boot::BootFile file;
    file.content = std::vector<boot::FileSlice>{{m_descriptor, 20, 1000}};
    QVERIFY(read(file, 0, 11).starts_with("error"));
    QCOMPARE(read(file, 0, 10), std::string("UVWXYZ0123"));
}

void FileContentTest::refusesAFileThatWasWrittenTo() // R44
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("some bytes");
    QVERIFY(file.flush() && tests::makeOld(file.fileName().toStdString()));
    auto opened = FileDescriptor::openForReading(file.fileName().toStdString());
    QVERIFY(opened.has_value());
    boot::BootFile served;
    served.content =
        std::vector<boot::FileSlice>{{std::make_shared<const FileDescriptor>(std::move(*opened)), 0, 4}};
    QVERIFY(checkUnchanged(served));
    QCOMPARE(read(served, 0, 4), std::string("some"));
    file.write("and more");
    QVERIFY(file.flush());
    QCOMPARE(checkUnchanged(served).error().code, ErrorCode::FileChanged);
    QVERIFY(read(served, 0, 4).starts_with("error"));
    QVERIFY(checkUnchanged(scattered()));
}

void FileContentTest::joinsSlicesThatFollowEachOther() {
    const auto run = runAt(scattered(), 4);
    QVERIFY(run.has_value());
    QCOMPARE(run->offset, std::uint64_t(21));
    QCOMPARE(run->length, std::uint64_t(5));
}

void FileContentTest::endsARunAtAGap() {
    const auto run = runAt(scattered(), 1);
    QVERIFY(run.has_value());
    QCOMPARE(run->offset, std::uint64_t(11));
    QCOMPARE(run->length, std::uint64_t(2));
    QVERIFY(!runAt(scattered(), 9));
}

void FileContentTest::findsNoRunInText() {
    boot::BootFile file;
    file.content = std::make_shared<const std::string>("text");
    QVERIFY(!runAt(file, 0));
    QVERIFY(!isOfOthers(file));
}

void FileContentTest::knowsFilesOfOthers() { // R44 (part)
    QVERIFY(!isOfOthers(scattered()));
    auto opened = FileDescriptor::openForReading(m_file.fileName().toStdString());
    QVERIFY(opened.has_value());
    boot::BootFile file = scattered();
    std::get<std::vector<boot::FileSlice>>(file.content)
        .push_back({std::make_shared<const FileDescriptor>(std::move(*opened)), 0, 10});
    QVERIFY(isOfOthers(file));
}

void FileContentTest::readsZerosWhereThereIsNoFile() {
    boot::BootFile file;
    file.content = std::vector<boot::FileSlice>{{m_descriptor, 0, 3}, {nullptr, 0, 2}, {m_descriptor, 3, 3}};
    QCOMPARE(read(file, 0, 8), std::string("abc\0\0def", 8));
    QCOMPARE(read(file, 4, 2), std::string("\0d", 2));
    const auto zeros = runAt(file, 4);
    QVERIFY(zeros.has_value() && !zeros->file);
    QCOMPARE(zeros->length, std::uint64_t(1));
}

QTEST_APPLESS_MAIN(FileContentTest)
#include "tst_FileContent.moc"
