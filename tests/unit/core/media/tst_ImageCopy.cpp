#include "core/media/ImageCopy.h"
#include "tests/support/OldFile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::media;

namespace {

constexpr std::uint64_t mebibyte = 1U << 20U;

std::string sha256(const QByteArray& bytes) {
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().toStdString();
}

} // namespace

/// R46: a copy that is interrupted leaves nothing that looks whole, and goes on where it was.
class ImageCopyTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_content;
    std::uint64_t m_good = 0;

    [[nodiscard]] std::string path(const char* name) const {
        return m_folder->filePath(QLatin1String(name)).toStdString();
    }
    [[nodiscard]] QByteArray read(const char* name) const {
        QFile file(m_folder->filePath(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] bool exists(const char* name) const {
        return QFile::exists(m_folder->filePath(QLatin1String(name)));
    }
    [[nodiscard]] CopyRequest request() const {
        auto source = FileDescriptor::openForReading(path("source.iso")).value();
        return {std::make_shared<const FileDescriptor>(std::move(source)),
                path(".part"),
                path("copy.iso"),
                m_good,
                {},
                std::chrono::milliseconds(0)};
    }
    Result<std::optional<FileDigests>> copy(const CopyRequest& request,
                                            std::uint64_t endsAfter = ~std::uint64_t{0}) {
        return copyImage(request, {[endsAfter](std::uint64_t done) { return done < endsAfter; },
                                   [this](std::uint64_t good) {
                                       m_good = good;
                                   }});
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_good = 0;
        m_content.resize(5 * mebibyte + 12345);
        for (qsizetype i = 0; i < m_content.size(); ++i)
            m_content[i] = static_cast<char>(i * 7 + i / 997);
        QFile file(QString::fromStdString(path("source.iso")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(m_content) == m_content.size());
        file.close();
        QVERIFY(tests::makeOld(path("source.iso")));
    }

    void copiesBytesAndTimeAndComputesTheSum() {
        const auto digests = copy(request());
        QVERIFY2(digests && *digests, digests ? "ended" : message(digests.error()).c_str());
        QCOMPARE((*digests)->sums.at(DigestKind::Sha256), sha256(m_content));
        QCOMPARE(read("copy.iso"), m_content);
        QVERIFY(!exists(".part"));
        QCOMPARE(stampOf(path("copy.iso"))->modified, stampOf(path("source.iso"))->modified);
        QVERIFY(QFileInfo(QString::fromStdString(path("copy.iso"))).permission(QFile::ReadOwner));
        QVERIFY(!QFileInfo(QString::fromStdString(path("copy.iso"))).permission(QFile::ReadOther));
    }

    void goesOnWhereItWasEnded() {
        const auto ended = copy(request(), 3 * mebibyte);
        QVERIFY(ended && !*ended);
        QCOMPARE(m_good, 3 * mebibyte);
        QVERIFY(!exists("copy.iso"));
        QVERIFY(exists(".part"));
        std::uint64_t first = 0;
        const auto digests = copyImage(request(), {[&first](std::uint64_t done) {
                                                       first = first == 0 ? done : first;
                                                       return true;
                                                   },
                                                   [](std::uint64_t /*good*/) {
                                                   }});
        QVERIFY(digests && *digests);
        QCOMPARE(first, mebibyte); // what is there is read again
        QCOMPARE((*digests)->sums.at(DigestKind::Sha256), sha256(m_content));
        QCOMPARE(read("copy.iso"), m_content);
    }

    void theSumIsThatOfTheCopy() {
        QVERIFY(copy(request(), 3 * mebibyte));
        QFile part(QString::fromStdString(path(".part")));
        QVERIFY(part.open(QIODevice::ReadWrite) && part.seek(5) && part.putChar('?'));
        part.close();
        const auto digests = copy(request());
        QVERIFY(digests && *digests);
        QVERIFY((*digests)->sums.at(DigestKind::Sha256) != sha256(m_content));
        QCOMPARE((*digests)->sums.at(DigestKind::Sha256), sha256(read("copy.iso")));
    }

    void whatIsNotKnownToBeGoodIsWrittenAgain() {
        QVERIFY(copy(request(), 3 * mebibyte));
        m_good = 0;
        QFile part(QString::fromStdString(path(".part")));
        QVERIFY(part.open(QIODevice::ReadWrite) && part.seek(5) && part.putChar('?'));
        part.close();
        QVERIFY(copy(request()));
        QCOMPARE(read("copy.iso"), m_content);
    }

    void aCrashBehindTheLastRenameCostsNothing() {
        QVERIFY(copy(request()));
        const auto digests = copy(request()); // as if nobody had heard of the first
        QVERIFY(digests && *digests);
        QCOMPARE((*digests)->sums.at(DigestKind::Sha256), sha256(m_content));
        QCOMPARE(read("copy.iso"), m_content);
        QVERIFY(!exists(".part"));
    }

    void aSourceThatIsWrittenToIsNotCopied() { // R44
        const CopyRequest begun = request();
        QFile file(QString::fromStdString(path("source.iso")));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(4 * mebibyte) && file.putChar('?'));
        file.close();
        const auto digests = copy(begun);
        QVERIFY(!digests);
        QCOMPARE(digests.error().code, ErrorCode::FileChanged);
        QVERIFY(!exists("copy.iso"));
    }

    void aSourceThatBecameShortIsNotCopied() { // R44
        const CopyRequest begun = request();
        QCOMPARE(::truncate(path("source.iso").c_str(), mebibyte), 0);
        const auto digests = copy(begun);
        QVERIFY(!digests);
        QCOMPARE(digests.error().code, ErrorCode::FileChanged);
        QVERIFY(!exists("copy.iso"));
    }

    void aDiskThatIsTooSmallIsToldBeforeTheFirstByte() {
        constexpr off_t huge = off_t{15} << 40; // bytes, none of them on a disk
        if (::truncate(path("source.iso").c_str(), huge) != 0)
            QSKIP("This file system has no files of that size");
        const auto digests = copy(request());
        QVERIFY(!digests);
        QCOMPARE(digests.error().code, ErrorCode::DiskFull);
        QVERIFY(digests.error().detail.find("GB are needed") != std::string::npos);
        QCOMPARE(stampOf(path(".part"))->size, std::uint64_t{0});
    }

    void aFolderThatIsNotThereIsAnError() {
        CopyRequest lost = request();
        lost.partPath = path("nowhere/.part");
        const auto digests = copy(lost);
        QVERIFY(!digests);
        QCOMPARE(digests.error().code, ErrorCode::System);
    }
};

QTEST_GUILESS_MAIN(ImageCopyTest)
#include "tst_ImageCopy.moc"
