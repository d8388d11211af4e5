#include "core/media/Verification.h"
#include "tests/support/OldFile.h"

#include <QCryptographicHash>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::media;
using Verdict = Verification::Verdict;

namespace {

constexpr std::uint64_t mebibyte = 1U << 20U;

std::string hashOf(const QByteArray& bytes, QCryptographicHash::Algorithm algorithm) {
    return QCryptographicHash::hash(bytes, algorithm).toHex().toStdString();
}

bool goOn(std::uint64_t /*done*/) {
    return true;
}

Verification verify(const std::string& path, const std::vector<PublishedSum>& published = {}) {
    const auto file = FileDescriptor::openForReading(path);
    return file ? verifyFile(*file, published, &goOn).value().value() : Verification();
}

} // namespace

class VerificationTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] std::string write(const char* name, const QByteArray& bytes) const {
        QFile file(m_folder.filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("A test file cannot be written.");
        return file.fileName().toStdString();
    }
    /// An image with a sum implanted by isomd5sum; empty when the tools are missing. isomd5sum itself is
    /// wrong about images of less than a few megabytes.
    [[nodiscard]] QString implantedIso() const {
        const QString xorriso = QStandardPaths::findExecutable(QStringLiteral("xorriso"));
        const QString implant = QStandardPaths::findExecutable(QStringLiteral("implantisomd5"));
        QByteArray bytes(8 * mebibyte, '\0');
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<char>(i * 31 + i / 1021);
        const QString iso = m_folder.filePath(QStringLiteral("implanted.iso"));
        const QString content = QString::fromStdString(write("content", bytes));
        const bool isMade =
            !xorriso.isEmpty() && !implant.isEmpty() &&
            QProcess::execute(xorriso,
                              {QStringLiteral("-report_about"), QStringLiteral("SORRY"),
                               QStringLiteral("-as"), QStringLiteral("mkisofs"), QStringLiteral("-quiet"),
                               QStringLiteral("-R"), QStringLiteral("-o"), iso, content}) == 0 &&
            QProcess::execute(implant, {QStringLiteral("--force"), iso}) == 0;
        return isMade ? iso : QString();
    }

private Q_SLOTS:
    void allSumsComeOutOfOnePass() {
        QByteArray bytes(3'500'001, '\0');
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<char>(i * 7 + i / 251);
        const std::string path = write("sums", bytes);
        const auto file = FileDescriptor::openForReading(path);
        std::vector<std::uint64_t> told;
        const auto digests = digestFile(*file, {{DigestKind::Md5, DigestKind::Sha1, DigestKind::Sha512}, {}},
                                        [&](std::uint64_t done) {
                                            told.push_back(done);
                                            return true;
                                        });
        QVERIFY(digests && *digests);
        const auto& sums = (*digests)->sums;
        QCOMPARE(sums.at(DigestKind::Md5), hashOf(bytes, QCryptographicHash::Md5));
        QCOMPARE(sums.at(DigestKind::Sha1), hashOf(bytes, QCryptographicHash::Sha1));
        QCOMPARE(sums.at(DigestKind::Sha256), hashOf(bytes, QCryptographicHash::Sha256));
        QCOMPARE(sums.at(DigestKind::Sha512), hashOf(bytes, QCryptographicHash::Sha512));
        QVERIFY((told == std::vector<std::uint64_t>{mebibyte, 2 * mebibyte, 3 * mebibyte, 3'500'001}));
    }

    void anEmptyFileHasItsSum() {
        const Verification result = verify(write("empty", {}));
        QCOMPARE(result.sha256, hashOf({}, QCryptographicHash::Sha256));
        QVERIFY(result.verdict == Verdict::NoCompare);
    }

    void endsBetweenTwoBlocks() {
        const auto file = FileDescriptor::openForReading(write("long", QByteArray(5'000'000, 'x')));
        const auto result = verifyFile(*file, {}, [](std::uint64_t done) { return done < 2 * mebibyte; });
        QVERIFY(result);
        QVERIFY(!*result);
    }

    void comparesWithEverythingPublished() {
        const QByteArray bytes("some bytes");
        const std::string path = write("published", bytes);
        const PublishedSum right{DigestKind::Sha512, hashOf(bytes, QCryptographicHash::Sha512), "A"};
        const PublishedSum alsoRight{DigestKind::Md5, hashOf(bytes, QCryptographicHash::Md5), "B"};
        const PublishedSum wrong{DigestKind::Sha256, std::string(64, '0'), "C"};
        QVERIFY(verify(path).verdict == Verdict::NoCompare);
        const Verification equal = verify(path, {right, alsoRight, right});
        QVERIFY(equal.verdict == Verdict::Match);
        QCOMPARE(equal.source, std::string("A, B"));
        const Verification different = verify(path, {right, wrong});
        QVERIFY(different.verdict == Verdict::Mismatch);
        QCOMPARE(different.source, std::string("C"));
    }

    void aFileThatIsWrittenToMeanwhileHasNoSum() { // R44
        const std::string path = write("written", QByteArray(3'000'000, 'x'));
        QVERIFY(tests::makeOld(path));
        const auto file = FileDescriptor::openForReading(path);
        const auto result = verifyFile(*file, {}, [&](std::uint64_t /*done*/) {
            QFile other(QString::fromStdString(path));
            return other.open(QIODevice::ReadWrite) && other.seek(2'999'999) && other.write("y") == 1;
        });
        QVERIFY(!result);
        QCOMPARE(result.error().code, ErrorCode::FileChanged);
        QCOMPARE(result.error().subject, path);
    }

    void agreesWithIsomd5sum() {
        const QString iso = implantedIso();
        if (iso.isEmpty())
            QSKIP("xorriso or isomd5sum is not installed");
        const Verification good = verify(iso.toStdString());
        QVERIFY(good.verdict == Verdict::Match);
        QCOMPARE(good.source, std::string("implanted MD5"));

        const QString check = QStandardPaths::findExecutable(QStringLiteral("checkisomd5"));
        QCOMPARE(QProcess::execute(check, {iso}), 0);
        // Bytes that count, of the area that does not, and of the sectors that are skipped.
        const qint64 size = QFile(iso).size();
        for (const qint64 position : {qint64{0}, qint64{40'000}, qint64{16 * 2048 + 883 + 500}, size / 2,
                                      size - 15 * 2048 - 1, size - 15 * 2048, size - 1}) {
            QFile file(iso);
            QVERIFY(file.open(QIODevice::ReadWrite | QIODevice::Unbuffered) && file.seek(position));
            char byte = 0;
            QVERIFY(file.getChar(&byte) && file.seek(position));
            QVERIFY(file.putChar(static_cast<char>(byte ^ 1)) && file.seek(position));
            const bool isGood = QProcess::execute(check, {iso}) == 0;
            QVERIFY2((verify(iso.toStdString()).verdict == Verdict::Match) == isGood,
                     qPrintable(QString::number(position)));
            QVERIFY(file.putChar(byte));
        }
        QVERIFY(verify(iso.toStdString()).verdict == Verdict::Match);
    }

    void aBadImplantedSumIsNone_data() {
        QTest::addColumn<QByteArray>("area");
        const QByteArray sum(32, 'a');
        QTest::newRow("no label") << QByteArray("SKIPSECTORS = 15;");
        QTest::newRow("short sum") << QByteArray("ISO MD5SUM = abc;SKIPSECTORS = 15;");
        QTest::newRow("no digits") << "ISO MD5SUM = " + QByteArray(32, 'x') + ";SKIPSECTORS = 15;";
        QTest::newRow("nothing skipped said") << "ISO MD5SUM = " + sum + ";";
        QTest::newRow("more skipped than there is") << "ISO MD5SUM = " + sum + ";SKIPSECTORS = 100;";
        QTest::newRow("negative") << "ISO MD5SUM = " + sum + ";SKIPSECTORS = -1;";
    }
    void aBadImplantedSumIsNone() {
        QFETCH(const QByteArray, area);
        QByteArray descriptor(2048, ' ');
        descriptor.replace(80, 4, QByteArray("\x64\0\0\0", 4)); // 100 sectors
        descriptor.replace(883, area.size(), area);
        QVERIFY(!parseImplantedSum(asBytes(descriptor.toStdString()), 32768));
        const QByteArray good = "ISO MD5SUM = " + QByteArray(32, 'A') + ";SKIPSECTORS = 15;";
        descriptor.replace(883, good.size(), good);
        const auto sum = parseImplantedSum(asBytes(descriptor.toStdString()), 32768);
        QVERIFY((sum == ImplantedSum{std::string(32, 'a'), 32768 + 883, 85 * 2048}));
    }

    void leavesThePageCacheAsItWas() {
        const std::string path = write("cache", QByteArray(4 * mebibyte, 'x'));
        const auto file = FileDescriptor::openForReading(path);
        const auto isInMemory = [&](std::uint64_t offset) {
            unsigned char page = 0;
            void* const mapping =
                ::mmap(nullptr, 4096, PROT_NONE, MAP_SHARED, file->get(), static_cast<off_t>(offset));
            ::mincore(mapping, 4096, &page);
            ::munmap(mapping, 4096);
            return (page & 1U) != 0;
        };
        ::fsync(file->get());
        ::posix_fadvise(file->get(), 0, 0, POSIX_FADV_DONTNEED);
        if (isInMemory(3 * mebibyte))
            QSKIP("This file system keeps everything in memory");
        std::vector<std::uint8_t> block(mebibyte);
        ::posix_fadvise(file->get(), 0, 0, POSIX_FADV_RANDOM); // no reading ahead
        QVERIFY(file->readExactly(mebibyte, block));
        QVERIFY(isInMemory(mebibyte));
        QVERIFY(!isInMemory(3 * mebibyte));
        QVERIFY(verifyFile(*file, {}, &goOn));
        QVERIFY(isInMemory(mebibyte));
        QVERIFY(!isInMemory(3 * mebibyte));
    }
};

QTEST_GUILESS_MAIN(VerificationTest)
#include "tst_Verification.moc"
