#include "core/engine/ImageLibrary.h"
#include "tests/unit/core/media/IsoFixture.h"
#include "tests/unit/core/media/PeFixture.h"

#include <QTest>

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::engine;
using rackmuster::tests::IsoFixture;

namespace {

const QByteArray treeInfo =
    "[release]\nname = Rocky Linux\nversion = 9.4\n[tree]\narch = x86_64\n"
    "[images-x86_64]\nkernel = images/pxeboot/vmlinuz\ninitrd = images/pxeboot/initrd.img\n";

} // namespace

class TestImageLibrary : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!IsoFixture::hasTool(QStringLiteral("xorriso")))
            QSKIP("xorriso is not installed");
    }

    void handsOnWhatTheInspectionFound() {
        IsoFixture fixture;
        fixture.add(QStringLiteral(".treeinfo"), treeInfo);
        fixture.add(QStringLiteral("images/pxeboot/vmlinuz"));
        fixture.add(QStringLiteral("images/pxeboot/initrd.img"));
        fixture.add(QStringLiteral("EFI/BOOT/BOOTX64.EFI"), tests::makeShim());
        fixture.add(QStringLiteral("EFI/BOOT/grubx64.efi"), tests::makeGrub(3));
        fixture.add(QStringLiteral("EFI/BOOT/grub.cfg"),
                    "menuentry 'Rescue' {\n linux /images/pxeboot/vmlinuz rescue\n}\n");
        fixture.add(QStringLiteral("BaseOS/repodata/repomd.xml"));
        const QString path = fixture.build();
        const auto read = readImage(path);
        QVERIFY(read);
        const ImageInfo& info = read->info;
        QCOMPARE(info.name, QStringLiteral("Rocky Linux 9.4"));
        QCOMPARE(info.loaderSource, QStringLiteral("image"));
        QVERIFY(info.hasUefi && info.hasSecureBoot);
        QCOMPARE(info.repositories, QStringList{QStringLiteral("BaseOS")});
        QCOMPARE(info.entries, QStringList{QStringLiteral("Rescue")});
        const auto revoked = std::find_if(info.notes.begin(), info.notes.end(), [](const Error& note) {
            return note.code == ErrorCode::LoaderRevoked;
        });
        QVERIFY(revoked != info.notes.end());
        QCOMPARE(revoked->subject, path.toStdString());
        QCOMPARE(revoked->detail, std::string("grub,3 < grub,4 (2024-04-09)"));
        QCOMPARE(read->files->entries.size(), std::size_t{1});
        QCOMPARE(read->files->entries.front().arguments, std::string("rescue"));
    }

    // Bad input: one clear sentence about the file, and nothing half-imported.
    void refusesWithTheOneReason_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<int>("code");
        QTest::newRow("photos") << QStringLiteral("beach.jpg") << QByteArray("x")
                                << int(ErrorCode::UnknownMedium);
        QTest::newRow("no kernel") << QStringLiteral(".disk/info")
                                   << QByteArray("LMDE 6 \"Faye\" - Release amd64 20230926")
                                   << int(ErrorCode::NoKernel);
        QTest::newRow("add-on") << QStringLiteral("media.1/products") << QByteArray("/ Mobility 18.1-0\n")
                                << int(ErrorCode::AddOnMedium);
        QTest::newRow("another processor")
            << QStringLiteral(".treeinfo")
            << QByteArray("[general]\nfamily = Fedora\nversion = 9\narch = ppc\n")
            << int(ErrorCode::OtherProcessor);
    }
    void refusesWithTheOneReason() {
        QFETCH(QString, path);
        QFETCH(QByteArray, content);
        QFETCH(int, code);
        IsoFixture fixture;
        fixture.add(path, content);
        const QString image = fixture.build();
        const auto read = readImage(image);
        QVERIFY(!read);
        QCOMPARE(int(read.error().code), code);
        QCOMPARE(read.error().subject, image.toStdString());
    }

    void importsWhatOnlyStartsByItsMenu() {
        IsoFixture fixture;
        fixture.add(QStringLiteral("boot/memtest"));
        fixture.add(QStringLiteral("isolinux/isolinux.cfg"),
                    "label test\nmenu label ^Memory test\nkernel /boot/memtest\n");
        const auto read = readImage(fixture.build());
        QVERIFY(read);
        QCOMPARE(read->info.name, QStringLiteral("TEST"));
        QCOMPARE(read->info.entries, QStringList{QStringLiteral("Memory test")});
        QVERIFY(read->files->kernelPath.empty());
    }
};

QTEST_GUILESS_MAIN(TestImageLibrary)
#include "tst_ImageLibrary.moc"
