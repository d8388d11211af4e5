#include "core/media/Digest.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::media;

class DigestTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The test vectors of RFC 1321 and FIPS 180 for "abc".
    void computesThePublishedVectors_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("sum");
        const auto row = [](const char* name, DigestKind kind, const char* sum) {
            QTest::newRow(name) << static_cast<int>(kind) << QString::fromLatin1(sum);
        };
        row("MD5", DigestKind::Md5, "900150983cd24fb0d6963f7d28e17f72");
        row("SHA-1", DigestKind::Sha1, "a9993e364706816aba3e25717850c26c9cd0d89d");
        row("SHA-256", DigestKind::Sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        row("SHA-512", DigestKind::Sha512,
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
            "454d4423643ce80e2a9ac94fa54ca49f");
    }
    void computesThePublishedVectors() {
        QFETCH(const int, kind);
        QFETCH(const QString, sum);
        auto digest = Digest::begin(static_cast<DigestKind>(kind));
        QVERIFY(digest);
        digest->add(asBytes("a"));
        digest->add(asBytes("bc"));
        QCOMPARE(digest->finish(), sum.toStdString());
        QCOMPARE(hexDigitsOf(static_cast<DigestKind>(kind)), static_cast<std::size_t>(sum.size()));
        QCOMPARE(digestKindOf(static_cast<std::size_t>(sum.size())),
                 std::optional(static_cast<DigestKind>(kind)));
    }

    void otherLengthsAreNoSums() {
        for (const std::size_t length : {0U, 1U, 31U, 33U, 56U, 96U, 127U, 129U})
            QVERIFY(!digestKindOf(length));
    }
};

QTEST_GUILESS_MAIN(DigestTest)
#include "tst_Digest.moc"
