#include "core/base/FileDescriptor.h"
#include "tests/support/OldFile.h"

#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace rackmuster;

namespace {

bool isOpenInTheKernel(int fd) {
    return ::fcntl(fd, F_GETFD) != -1;
}

FileDescriptor openNull() {
    return FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
}

} // namespace

class TestFileDescriptor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void closesWhatItOwns();
    void movingLeavesOneOwner();
    void assigningClosesTheOldOne();
    void releasedIsNotClosed();
    void readsAtAnOffset();
    void aShortFileIsAnError();
    void aMissingFileSaysWhy();
    void refusesWhatIsNotAFile();
    void noticesWritingAndCutting();
    void anUnlinkedOrReplacedFileIsUnchanged();
    void reopensWhatNobodyFindsAnyMore();
};

void TestFileDescriptor::closesWhatItOwns() {
    int number = -1;
    {
        const FileDescriptor fd = openNull();
        number = fd.get();
        QVERIFY(isOpenInTheKernel(number));
    }
    QVERIFY(!isOpenInTheKernel(number));
}

void TestFileDescriptor::movingLeavesOneOwner() {
    FileDescriptor first = openNull();
    const int number = first.get();
    const FileDescriptor second(std::move(first));
    QVERIFY(!first.isOpen()); // NOLINT(bugprone-use-after-move): that is what is tested
    QCOMPARE(second.get(), number);
}

void TestFileDescriptor::assigningClosesTheOldOne() {
    FileDescriptor first = openNull();
    const int number = first.get();
    first = openNull();
    QVERIFY(first.isOpen());
    QVERIFY(!isOpenInTheKernel(number) || first.get() == number);
    first.reset();
    QVERIFY(!first.isOpen());
}

void TestFileDescriptor::releasedIsNotClosed() {
    int number = -1;
    {
        FileDescriptor fd = openNull();
        number = fd.release();
    }
    QVERIFY(isOpenInTheKernel(number));
    ::close(number);
}

void TestFileDescriptor::readsAtAnOffset() {
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("0123456789");
    QVERIFY(file.flush());
    const auto fd = FileDescriptor::openForReading(file.fileName().toStdString());
    QVERIFY(fd.has_value());
    QCOMPARE(*fd->size(), std::uint64_t{10});
    std::array<std::uint8_t, 4> bytes{};
    QVERIFY(fd->readExactly(3, bytes).has_value());
    QCOMPARE(bytes, (std::array<std::uint8_t, 4>{'3', '4', '5', '6'}));
}

void TestFileDescriptor::aShortFileIsAnError() {
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("0123");
    QVERIFY(file.flush());
    const auto fd = FileDescriptor::openForReading(file.fileName().toStdString());
    std::array<std::uint8_t, 4> bytes{};
    QCOMPARE(fd->readExactly(1, bytes).error().code, ErrorCode::Truncated);
}

void TestFileDescriptor::aMissingFileSaysWhy() {
    const auto fd = FileDescriptor::openForReading("/nonexistent/rackmuster");
    QVERIFY(!fd.has_value());
    QCOMPARE(fd.error().code, ErrorCode::NoSuchFile);
    QCOMPARE(fd.error().subject, std::string("/nonexistent/rackmuster"));
    QVERIFY(!fd.error().detail.empty());
}

void TestFileDescriptor::refusesWhatIsNotAFile() {
    const QTemporaryDir directory;
    const std::string path = directory.path().toStdString();
    QCOMPARE(FileDescriptor::openForReading(path).error().code, ErrorCode::NoSuchFile);
    // A FIFO without a writer would hang an ordinary open.
    const std::string fifo = path + "/fifo";
    QCOMPARE(::mkfifo(fifo.c_str(), 0600), 0);
    QCOMPARE(FileDescriptor::openForReading(fifo).error().code, ErrorCode::NoSuchFile);
}

void TestFileDescriptor::noticesWritingAndCutting() { // R44
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("0123");
    QVERIFY(file.flush());
    const std::string path = file.fileName().toStdString();
    const auto open = [&path] {
        (void)tests::makeOld(path);
        return FileDescriptor::openForReading(path).value();
    };
    const FileDescriptor first = open();
    QVERIFY(first.stamp().has_value());
    QCOMPARE(first.stamp()->size, std::uint64_t{4});
    QVERIFY(first.checkUnchanged());
    QVERIFY(file.seek(0) && file.write("x") == 1 && file.flush());
    QCOMPARE(first.checkUnchanged().error().code, ErrorCode::FileChanged);
    QCOMPARE(first.checkUnchanged().error().subject, path);

    const FileDescriptor second = open();
    QVERIFY(second.checkUnchanged());
    QCOMPARE(::truncate(path.c_str(), 3), 0);
    QCOMPARE(second.checkUnchanged().error().code, ErrorCode::FileChanged);
    QVERIFY(openNull().checkUnchanged()); // nothing is known of it
}

void TestFileDescriptor::anUnlinkedOrReplacedFileIsUnchanged() {
    const QTemporaryDir directory;
    const std::string path = directory.filePath(QStringLiteral("a")).toStdString();
    const std::string other = directory.filePath(QStringLiteral("b")).toStdString();
    for (const std::string& name : {path, other}) {
        const FileDescriptor made(::open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
        QVERIFY(made.isOpen());
    }
    const FileDescriptor fd = FileDescriptor::openForReading(path).value();
    QCOMPARE(::rename(other.c_str(), path.c_str()), 0);
    QVERIFY(fd.checkUnchanged());
    QVERIFY(!stampOf(path)->isSameFile(*fd.stamp()));
    QCOMPARE(::unlink(path.c_str()), 0);
    QVERIFY(fd.checkUnchanged());
    QCOMPARE(stampOf(path).error().code, ErrorCode::NoSuchFile);
}

void TestFileDescriptor::reopensWhatNobodyFindsAnyMore() {
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("0123");
    QVERIFY(file.flush());
    const FileDescriptor first = FileDescriptor::openForReading(file.fileName().toStdString()).value();
    QVERIFY(file.remove());
    const FileDescriptor second = first.reopened().value();
    QVERIFY(second.get() != first.get());
    QVERIFY(second.stamp() == first.stamp());
    std::array<std::uint8_t, 2> bytes{};
    QVERIFY(second.readExactly(2, bytes));
    QCOMPARE(bytes[1], std::uint8_t{'3'});
}

QTEST_APPLESS_MAIN(TestFileDescriptor)
#include "tst_FileDescriptor.moc"
