#include "core/media/ChecksumFile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::media;

namespace {

const std::string md5(32, 'a');
const std::string sha1(40, 'b');
const std::string sha256(64, 'c');
const std::string other(64, 'd');
const std::string sha512(128, 'e');

} // namespace

class ChecksumFileTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] std::string image() const {
        return m_folder->filePath(QStringLiteral("x-dvd.iso")).toStdString();
    }
    void write(const QString& name, const std::string& text) const {
        QFile file(m_folder->filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text.c_str()) < 0)
            qFatal("A test file cannot be written.");
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void readsEveryFormat_data() {
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char* name, const std::string& text) {
            QTest::newRow(name) << QByteArray::fromStdString(text);
        };
        row("sha256sum", sha256 + "  x-dvd.iso\n");
        row("binary mark", sha256 + " *x-dvd.iso\n");
        row("tagged", "SHA256 (x-dvd.iso) = " + sha256 + "\n");
        row("no end of line", "SHA256 (x-dvd.iso) = " + sha256);
        row("windows", sha256 + "  x-dvd.iso\r\n");
        row("upper case", std::string(64, 'C') + "  x-dvd.iso\n");
        row("with a path", sha256 + "  ./isos/x-dvd.iso\n");
        row("in a signed message",
            "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n# x-dvd.iso: 5 bytes\nSHA256 "
            "(x-dvd.iso) = " +
                sha256 + "\n-----BEGIN PGP SIGNATURE-----\n\n" + std::string(64, 'A') +
                "\n-----END PGP SIGNATURE-----\n");
        row("dash-escaped", "- " + sha256 + "  x-dvd.iso\n");
    }
    void readsEveryFormat() {
        QFETCH(const QByteArray, text);
        const auto lines = parseChecksums(text.toStdString());
        QCOMPARE(lines.size(), std::size_t{1});
        QVERIFY((lines.front() == ChecksumLine{DigestKind::Sha256, sha256, "x-dvd.iso"}));
    }

    void theLengthTellsTheKind() {
        const auto lines = parseChecksums(md5 + "\n" + sha1 + "\n" + sha256 + "\n" + sha512 + "\n" +
                                          std::string(63, 'a') + "\n" + std::string(64, 'g') + "\n");
        QCOMPARE(lines.size(), std::size_t{4});
        QVERIFY(lines[0].kind == DigestKind::Md5);
        QVERIFY(lines[1].kind == DigestKind::Sha1);
        QVERIFY(lines[2].kind == DigestKind::Sha256);
        QVERIFY(lines[3].kind == DigestKind::Sha512);
    }

    void aNameMayHaveBracketsAndBlanks() {
        const auto lines =
            parseChecksums("SHA256 (a (1) = b.iso) = " + sha256 + "\n" + sha256 + "  two words.iso\n");
        QCOMPARE(lines.size(), std::size_t{2});
        QCOMPARE(lines[0].file, std::string("a (1) = b.iso"));
        QCOMPARE(lines[1].file, std::string("two words.iso"));
    }

    void proseIsPassedOver() {
        QVERIFY(parseChecksums("").empty());
        QVERIFY(parseChecksums("Checksums of the images\n\n# " + sha256 + "\nabc (x) = y\n").empty());
    }

    void takesTheLineThatNamesTheImage() {
        write(QStringLiteral("SHA256SUMS"), other + "  x-boot.iso\n" + sha256 + "  x-dvd.iso\n");
        write(QStringLiteral("Some-9-CHECKSUM"), "SHA512 (x-dvd.iso) = " + sha512 + "\n");
        write(QStringLiteral("MD5SUMS"), md5 + "  another.iso\n");
        const auto sums = findPublishedSums(image());
        QCOMPARE(sums.size(), std::size_t{2});
        QVERIFY((sums[0] == PublishedSum{DigestKind::Sha256, sha256, "SHA256SUMS"}));
        QVERIFY((sums[1] == PublishedSum{DigestKind::Sha512, sha512, "Some-9-CHECKSUM"}));
    }

    void aFileAboutOneImageNeedNotNameIt() {
        write(QStringLiteral("x-dvd.iso.sha256"), sha256 + "\n");
        write(QStringLiteral("x-dvd.iso.md5"), md5 + "  renamed-since.iso\n");
        const auto sums = findPublishedSums(image());
        QCOMPARE(sums.size(), std::size_t{2});
        QCOMPARE(sums[0].hex, sha256);
        QCOMPARE(sums[1].hex, md5);
    }

    void aFileAboutManyMustNameIt() {
        write(QStringLiteral("SHA256SUMS"), sha256 + "\n");
        write(QStringLiteral("x-dvd.iso.sha256"), sha256 + "  a.iso\n" + other + "  b.iso\n");
        QVERIFY(findPublishedSums(image()).empty());
    }

    void aHugeFileIsPassedOver() {
        write(QStringLiteral("SHA256SUMS"), sha256 + "  x-dvd.iso\n" + std::string(1U << 20U, '\n'));
        QVERIFY(findPublishedSums(image()).empty());
    }

    void pastedTextMayBeABareSum() {
        for (const std::string& text :
             {sha256, "  " + sha256 + " \n", sha256 + "  x-dvd.iso", "SHA256 (x-dvd.iso) = " + sha256,
              other + "  y.iso\n" + sha256 + "  x-dvd.iso"}) {
            const auto sums = parsePastedSum(text, image());
            QVERIFY2(sums, text.c_str());
            QCOMPARE(sums->size(), std::size_t{1});
            QVERIFY((sums->front() == PublishedSum{DigestKind::Sha256, sha256, "pasted"}));
        }
    }

    void pastedTextWithoutASumIsRefused() {
        for (const std::string& text : {std::string(), std::string("hello"), std::string(62, 'a'),
                                        other + "  y.iso\n" + sha256 + "  z.iso"}) {
            const auto sums = parsePastedSum(text, image());
            QVERIFY2(!sums, text.c_str());
            QCOMPARE(sums.error().code, ErrorCode::Malformed);
        }
    }
};

QTEST_GUILESS_MAIN(ChecksumFileTest)
#include "tst_ChecksumFile.moc"
