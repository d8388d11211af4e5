#include "core/media/LoaderAudit.h"
#include "core/media/PeImage.h"
#include "tests/unit/core/media/IsoFixture.h"
#include "tests/unit/core/media/PeFixture.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::media;
using namespace rackmuster::tests;

namespace {

Bytes bytesOf(const QByteArray& array) {
    return asBytes({array.constData(), static_cast<std::size_t>(array.size())});
}

LoaderFacts audit(const QByteArray& program) {
    return auditLoader(bytesOf(program));
}

const QString debianShim = QStringLiteral("/usr/lib/shim/shimx64.efi.signed");
const QString debianGrub = QStringLiteral("/usr/lib/grub/x86_64-efi-signed/grubnetx64.efi.signed");

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray outputOf(const QString& program, const QStringList& arguments) {
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished() ? process.readAllStandardOutput() : QByteArray();
}

/// The one loader of an image with this one and, unless empty, this grub beside it.
AuditedLoader loaderOf(const QByteArray& first, const QByteArray& grub,
                       const QString& loaderName = QStringLiteral("BOOTX64.EFI"),
                       const QString& grubName = QStringLiteral("grubx64.efi")) {
    IsoFixture fixture;
    fixture.add(QStringLiteral("EFI/BOOT/") + loaderName, first);
    if (!grub.isEmpty())
        fixture.add(QStringLiteral("EFI/BOOT/") + grubName, grub);
    const auto image = IsoImage::open(fixture.build().toStdString());
    const auto loaders = image ? findUefiLoaders(*image) : std::vector<AuditedLoader>();
    return loaders.size() == 1 ? loaders.front() : AuditedLoader();
}

} // namespace

class TestLoaderAudit : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsSectionsAndSignatures() {
        const QByteArray program = makePe({{".text", "code"}, {".sbat", "shim,4\n"}}, {"one", "seconds"});
        const auto pe = parsePe(bytesOf(program));
        QVERIFY(pe);
        QCOMPARE(pe->machine, std::uint16_t{0x8664});
        QCOMPARE(pe->sections.size(), std::size_t{2});
        QVERIFY(pe->section(".data") == nullptr);
        QCOMPARE(asText(pe->section(".sbat")->bytes), std::string_view("shim,4\n"));
        QCOMPARE(pe->signatures.size(), std::size_t{2});
        QCOMPARE(asText(pe->signatures[0]), std::string_view("one"));
        QCOMPARE(asText(pe->signatures[1]), std::string_view("seconds"));
    }

    void aCutProgramSaysLessAndNothingWrong() {
        const QByteArray whole = makeShim();
        for (qsizetype size = 0; size < whole.size(); ++size) {
            const LoaderFacts facts = audit(whole.left(size));
            QVERIFY(facts.signers.empty()); // the signature is the last part
            QVERIFY(facts.components.empty() || facts.generationOf("shim") == "shim,4");
        }
        QCOMPARE(audit(whole).signers.size(), std::size_t{1});
        QVERIFY(!parsePe(bytesOf("no program")));
        QVERIFY(!parsePe({}));
    }

    void aChangedSignatureIsNoSigner() {
        QByteArray signature = makeSignature("A", "B");
        QVERIFY((signersOf(bytesOf(signature)) == std::vector<Signer>{{"A", "B"}}));
        for (qsizetype i = 0; i < signature.size(); ++i) { // none may crash; few are still readable
            QByteArray changed = signature;
            changed[i] = static_cast<char>(changed[i] ^ 0x80);
            QVERIFY(signersOf(bytesOf(changed)).size() <= 1);
            QVERIFY(signersOf(bytesOf(signature.left(i))).empty());
        }
    }

    void tellsShimFromGrub_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isShim");
        QTest::newRow("sbat") << makeShim(15) << true;
        QTest::newRow("old shim") << QByteArray("x\\\0g\0r\0u\0b\0x\0006\0004\0", 14) << true;
        QTest::newRow("grub") << makeGrub() << false;
        QTest::newRow("old grub") << QByteArray("GRUB shim_lock verifier\n") << false;
        QTest::newRow("empty") << QByteArray() << false;
    }
    void tellsShimFromGrub() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isShim);
        QCOMPARE(audit(bytes).isShim, isShim);
    }

    void readsSbat() {
        const auto components =
            parseSbat(std::string_view("sbat,1,SBAT Version\nshim,4,UEFI shim\r\nshim.rh,3,Red Hat\n,1\n"
                                       "nothing\nx,y\n\0grub,9\n",
                                       84));
        QVERIFY((components == std::vector<SbatComponent>{{"shim", 4}, {"shim.rh", 3}}));
        QVERIFY(parseSbat("").empty());
    }

    void namesTheFirstRevocationThatRefuses_data() {
        QTest::addColumn<QByteArray>("sbat");
        QTest::addColumn<QByteArray>("refused");
        QTest::newRow("current") << QByteArray("shim,4\ngrub,5\ngrub.debian,5\n") << QByteArray();
        QTest::newRow("grub 1") << QByteArray("shim,4\ngrub,1\n") << QByteArray("grub,2 2022-05-24");
        QTest::newRow("grub 4") << QByteArray("shim,4\ngrub,4\n") << QByteArray("grub,5 2025-02-18");
        QTest::newRow("shim 3") << QByteArray("shim,3\ngrub,5\n") << QByteArray("shim,4 2024-01-09");
        QTest::newRow("a vendor") << QByteArray("grub,5\ngrub.debian,3\n")
                                  << QByteArray("grub.debian,4 2023-01-29");
    }
    void namesTheFirstRevocationThatRefuses() {
        QFETCH(QByteArray, sbat);
        QFETCH(QByteArray, refused);
        const auto revocation = revocationOf(parseSbat(sbat.toStdString()));
        const std::string got =
            revocation ? revocation->lowest.toString() + " " + std::string(revocation->date) : std::string();
        QCOMPARE(got, refused.toStdString());
    }

    void saysWhatRefusesALoader_data() {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("grub");
        QTest::addColumn<int>("code"); // -1: nothing refuses it
        QTest::addColumn<QByteArray>("detail");
        const QByteArray unsignedShim = makePe({{".sbat", "shim,4\n"}});
        const QByteArray ownShim = makePe({{".sbat", "shim,4\n"}}, {makeSignature("Signer", "Own CA")});
        const QByteArray oldShim =
            makePe({{".text", "shim says"}}, {makeSignature("P", "Microsoft Corporation UEFI CA 2011")});
        QTest::newRow("nothing") << makeShim() << makeGrub() << -1 << QByteArray();
        QTest::newRow("newer authority")
            << makePe({{".sbat", "shim,4\n"}}, {makeSignature("P", "Microsoft UEFI CA 2023")}) << makeGrub()
            << -1 << QByteArray();
        QTest::newRow("unsigned") << unsignedShim << makeGrub() << int(ErrorCode::LoaderUnsigned)
                                  << QByteArray("EFI/BOOT/BOOTX64.EFI");
        QTest::newRow("grub alone, unsigned")
            << makePe({{"mods", "x"}}) << QByteArray() << int(ErrorCode::LoaderUnsigned)
            << QByteArray("EFI/BOOT/BOOTX64.EFI");
        QTest::newRow("own key") << ownShim << makeGrub() << int(ErrorCode::LoaderOwnKey)
                                 << QByteArray("Own CA");
        QTest::newRow("revoked shim") << makeShim(1) << makeGrub() << int(ErrorCode::LoaderRevoked)
                                      << QByteArray("shim,1 < shim,2 (2022-11-15)");
        QTest::newRow("shim of 2020") << oldShim << makeGrub() << int(ErrorCode::LoaderRevoked)
                                      << QByteArray("shim,0 < shim,2 (2022-11-15)");
        QTest::newRow("revoked grub") << makeShim() << makeGrub(2) << int(ErrorCode::LoaderRevoked)
                                      << QByteArray("grub,2 < grub,3 (2022-11-15)");
        QTest::newRow("no grub") << makeShim() << QByteArray() << int(ErrorCode::NoGrub)
                                 << QByteArray("EFI/BOOT/BOOTX64.EFI");
    }
    void saysWhatRefusesALoader() {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, grub);
        QFETCH(int, code);
        QFETCH(QByteArray, detail);
        const AuditedLoader audited = loaderOf(first, grub);
        QCOMPARE(audited.loader.path, std::string("EFI/BOOT/BOOTX64.EFI"));
        QCOMPARE(audited.objection ? int(audited.objection->code) : -1, code);
        if (audited.objection)
            QCOMPARE(audited.objection->detail, detail.toStdString());
    }

    void reportsSignerGenerationsAndCommand() {
        const Loader loader = loaderOf(makeShim(), makeGrub()).loader;
        QCOMPARE(loader.signer, std::string("Microsoft Windows UEFI Driver Publisher"));
        QCOMPARE(loader.sbat, std::string("shim,4"));
        QCOMPARE(loader.grubSbat, std::string("grub,5"));
        QCOMPARE(loader.linuxCommand, std::string("linuxefi"));
        QVERIFY(loader.isSecureBoot);
        const Loader plain = loaderOf(makeShim(), makePe({{"mods", QByteArray("\0linux\0", 7)}})).loader;
        QCOMPARE(plain.linuxCommand, std::string("linux"));
        QVERIFY(plain.grubSbat.empty());
    }

    void auditsArm64() {
        const AuditedLoader audited =
            loaderOf(makeShim(), makeGrub(3), QStringLiteral("BOOTAA64.EFI"), QStringLiteral("grubaa64.efi"));
        QCOMPARE(audited.loader.firmware, std::string("uefi-arm64"));
        QCOMPARE(audited.loader.grubPath, std::string("EFI/BOOT/grubaa64.efi"));
        QCOMPARE(audited.loader.grubSbat, std::string("grub,3"));
        QVERIFY(audited.objection);
    }

    void findsTheGrubOfSusesShim() {
        const Loader loader =
            loaderOf(makeShim(), makeGrub(), QStringLiteral("bootx64.efi"), QStringLiteral("grub.efi"))
                .loader;
        QCOMPARE(loader.grubPath, std::string("EFI/BOOT/grub.efi"));
        QCOMPARE(loader.grubSbat, std::string("grub,5"));
        QVERIFY(loader.isSecureBoot);
    }

    // What sbverify and objdump say of the programs that Debian ships.
    void agreesWithSbverifyOnRealLoaders_data() {
        QTest::addColumn<QString>("path");
        QTest::newRow("shim") << debianShim;
        QTest::newRow("grub") << debianGrub;
    }
    void agreesWithSbverifyOnRealLoaders() {
        QFETCH(QString, path);
        const QByteArray program = contentOf(path);
        const QByteArray listing = outputOf(QStringLiteral("sbverify"), {QStringLiteral("--list"), path});
        if (program.isEmpty() || listing.isEmpty())
            QSKIP("shim-signed, grub-efi-amd64-signed or sbsigntool is not installed");
        const LoaderFacts facts = audit(program);
        QStringList issuers;
        QStringList names;
        static const QRegularExpression signature(QStringLiteral(
            "image signature issuers:\\n - [^\\n]*CN=([^\\n]*)\\nimage signature certificates:\\n"
            " - subject: [^\\n]*CN=([^\\n]*)\\n"));
        for (auto match = signature.globalMatch(QString::fromUtf8(listing)); match.hasNext();) {
            const auto one = match.next();
            issuers.append(one.captured(1));
            names.append(one.captured(2));
        }
        QVERIFY(!issuers.isEmpty());
        QCOMPARE(facts.signers.size(), static_cast<std::size_t>(issuers.size()));
        for (std::size_t i = 0; i < facts.signers.size(); ++i) {
            QCOMPARE(QString::fromStdString(facts.signers[i].issuer), issuers[static_cast<qsizetype>(i)]);
            QCOMPARE(QString::fromStdString(facts.signers[i].name), names[static_cast<qsizetype>(i)]);
        }
        const QByteArray sbat = outputOf(
            QStringLiteral("objcopy"), {QStringLiteral("-O"), QStringLiteral("binary"), QStringLiteral("-j"),
                                        QStringLiteral(".sbat"), path, QStringLiteral("/dev/stdout")});
        if (!sbat.isEmpty())
            QVERIFY(facts.components == parseSbat(sbat.toStdString()));
    }

    void understandsDebiansLoaders() {
        if (!QFile::exists(debianShim) || !QFile::exists(debianGrub))
            QSKIP("shim-signed or grub-efi-amd64-signed is not installed");
        const AuditedLoader audited = loaderOf(contentOf(debianShim), contentOf(debianGrub));
        QVERIFY(audited.loader.isSecureBoot);
        QCOMPARE(audited.loader.signer, std::string("Microsoft Windows UEFI Driver Publisher"));
        QVERIFY(audited.loader.sbat.starts_with("shim,"));
        QVERIFY(audited.loader.grubSbat.starts_with("grub,"));
        QCOMPARE(audited.loader.linuxCommand, std::string("linuxefi"));
        const LoaderFacts grub = audit(contentOf(debianGrub));
        QVERIFY(grub.isGrub && !grub.isShim);
        QCOMPARE(grub.signers.front().issuer, std::string("Debian Secure Boot CA"));
    }

    // A shim writes the revocations that it brings into the machine: our table has to know them.
    void knowsWhatTheInstalledShimRevokes() {
        const QString program = QString::fromLatin1(contentOf(debianShim));
        if (program.isEmpty())
            QSKIP("shim-signed is not installed");
        static const QRegularExpression list(QStringLiteral("sbat,1,20[0-9]{8}\n((?:[a-z.]+,[0-9]+\n)+)"));
        auto lists = list.globalMatch(program);
        QVERIFY(lists.hasNext());
        const auto& known = sbatRevocations();
        while (lists.hasNext()) {
            for (const QString& line : lists.next().captured(1).split(QLatin1Char('\n'), Qt::SkipEmptyParts))
                QVERIFY2(std::any_of(known.begin(), known.end(),
                                     [&](const SbatRevocation& one) {
                                         return one.lowest.toString() == line.toStdString();
                                     }),
                         qPrintable(line));
        }
    }
};

QTEST_GUILESS_MAIN(TestLoaderAudit)
#include "tst_LoaderAudit.moc"
