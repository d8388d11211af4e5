#include "core/media/MediaInspector.h"
#include "core/media/RpmArchive.h"
#include "core/media/RpmLoaders.h"
#include "tests/unit/core/media/IsoFixture.h"
#include "tests/unit/core/media/PeFixture.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::media;
using rackmuster::tests::IsoFixture;

namespace {

const QString rpmbuild = QStringLiteral("rpmbuild");

/// Makes a package as distributions do; its path, empty when that failed. `files` are absolute.
QString makeRpm(const QTemporaryDir& directory, const QString& name, const QMap<QString, QByteArray>& files,
                const char* payload = "w6.xzdio") {
    const QString tree = directory.filePath(name + QStringLiteral(".tree"));
    QString list;
    for (auto file = files.begin(); file != files.end(); ++file) {
        QFile out(tree + file.key());
        QDir().mkpath(QFileInfo(out.fileName()).path());
        if (!out.open(QIODevice::WriteOnly) || out.write(file.value()) != file.value().size())
            return {};
        list += file.key() + QLatin1Char('\n');
    }
    QFile spec(directory.filePath(name + QStringLiteral(".spec")));
    if (!spec.open(QIODevice::WriteOnly))
        return {};
    spec.write(
        QStringLiteral("Name: %1\nVersion: 15\nRelease: 1\nSummary: Test\nLicense: MIT\n"
                       "%global debug_package %{nil}\n%define __os_install_post %{nil}\nAutoReqProv: no\n"
                       "%description\nTest\n%install\ncp -a %2/. %{buildroot}/\n%files\n%3")
            .arg(name, tree, list)
            .toUtf8());
    spec.close();
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(rpmbuild, {QStringLiteral("-bb"), QStringLiteral("--define"),
                             QStringLiteral("_topdir ") + directory.filePath(QStringLiteral("rpm")),
                             QStringLiteral("--define"),
                             QStringLiteral("_binary_payload ") + QString::fromLatin1(payload),
                             QStringLiteral("--target"), QStringLiteral("x86_64"), spec.fileName()});
    if (!process.waitForFinished(60000) || process.exitCode() != 0)
        qWarning("rpmbuild: %s", process.readAll().constData());
    const QString made = directory.filePath(QStringLiteral("rpm/RPMS/x86_64/%1-15-1.x86_64.rpm").arg(name));
    return QFile::exists(made) ? made : QString();
}

std::vector<boot::FileSlice> sliceOf(const QString& path) {
    auto file = FileDescriptor::openForReading(path.toStdString());
    if (!file)
        return {};
    const auto size = file->size().value_or(0);
    return {{std::make_shared<const FileDescriptor>(std::move(*file)), 0, size}};
}

bool everything(std::string_view /*path*/) {
    return true;
}

} // namespace

class TestRpmLoaders : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!IsoFixture::hasTool(rpmbuild))
            QSKIP("rpm is not installed");
    }

    void unpacksEveryPayload_data() {
        QTest::addColumn<QByteArray>("payload");
        for (const char* const payload : {"w9.gzdio", "w6.xzdio", "w19.zstdio", "w9.bzdio", "w.ufdio"})
            QTest::newRow(payload) << QByteArray(payload);
    }
    void unpacksEveryPayload() {
        QFETCH(QByteArray, payload);
        const QTemporaryDir directory;
        const QByteArray shim = QByteArray(300'000, 's') + "end";
        const QString rpm = makeRpm(
            directory, QStringLiteral("some"),
            {{QStringLiteral("/boot/efi/EFI/BOOT/BOOTX64.EFI"), shim}, {QStringLiteral("/etc/x"), "x"}},
            payload.constData());
        QVERIFY(!rpm.isEmpty());
        const auto members = readRpm(sliceOf(rpm), everything);
        QVERIFY2(members, members ? "" : message(members.error()).c_str());
        QCOMPARE(members->size(), std::size_t{2});
        QCOMPARE(members->front().path, std::string("./boot/efi/EFI/BOOT/BOOTX64.EFI"));
        QCOMPARE(QByteArray::fromStdString(members->front().bytes), shim);
        const auto limited = readRpm(sliceOf(rpm), everything, {.member = 1000});
        QVERIFY(!limited);
        QCOMPARE(limited.error().code, ErrorCode::NotAllowed);
    }

    void refusesWhatIsNoPackage() {
        const QTemporaryDir directory;
        QFile file(directory.filePath(QStringLiteral("no.rpm")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(5000, 'x')) == 5000);
        file.close();
        const auto members = readRpm(sliceOf(file.fileName()), everything);
        QVERIFY(!members);
        QCOMPARE(members.error().code, ErrorCode::BrokenIso);
    }

    // A network tree of CentOS 7 has no EFI directory.
    void aTreeWithoutLoadersHasThemFromItsPackages() {
        const QTemporaryDir directory;
        const QString shim = makeRpm(directory, QStringLiteral("shim-x64"),
                                     {{QStringLiteral("/boot/efi/EFI/centos/shimx64.efi"), tests::makeShim()},
                                      {QStringLiteral("/boot/efi/EFI/centos/mmx64.efi"), "mok"}});
        const QString grub =
            makeRpm(directory, QStringLiteral("grub2-efi-x64"),
                    {{QStringLiteral("/boot/efi/EFI/centos/grubx64.efi"), tests::makeGrub()}});
        QVERIFY(!shim.isEmpty() && !grub.isEmpty());
        IsoFixture fixture;
        fixture.add(QStringLiteral(".treeinfo"), "[general]\nfamily = CentOS\nversion = 7\narch = x86_64\n");
        fixture.add(QStringLiteral("images/pxeboot/vmlinuz"));
        fixture.add(QStringLiteral("images/pxeboot/initrd.img"));
        fixture.add(QStringLiteral("Packages/shim-unsigned-x64-15-1.x86_64.rpm"), "not this one");
        for (const QString& rpm : {shim, grub})
            QVERIFY(QFile::copy(rpm, fixture.treePath() + QStringLiteral("/Packages/") +
                                         QFileInfo(rpm).fileName()));
        const auto image = IsoImage::open(fixture.build().toStdString());
        QVERIFY(image);
        const MediaReport report = inspect(*image, "image.iso", true);
        QCOMPARE(report.loaderFor("uefi-x64")->path, std::string("[rpm]/EFI/BOOT/BOOTX64.EFI"));
        QCOMPARE(report.loaderFor("uefi-x64")->grubPath, std::string("[rpm]/EFI/BOOT/grubx64.efi"));
        QCOMPARE(report.loaders.back().source, std::string("rpm"));
        QVERIFY(report.loaders.back().isSecureBoot);
        QCOMPARE(image->readText(report.loaderFor("uefi-x64")->grubPath).value_or(""),
                 tests::makeGrub().toStdString());
        QVERIFY(report.notes.empty());
    }

    void theImagesOwnPxelinuxGoesBeforeTheHosts() {
        const QTemporaryDir directory;
        const QString rpm = makeRpm(directory, QStringLiteral("syslinux-tftpboot"),
                                    {{QStringLiteral("/tftpboot/pxelinux.0"), "the loader"},
                                     {QStringLiteral("/tftpboot/ldlinux.c32"), "its core"},
                                     {QStringLiteral("/tftpboot/poem.c32"), "not needed"}});
        QVERIFY(!rpm.isEmpty());
        IsoFixture fixture;
        fixture.add(QStringLiteral(".treeinfo"), "[general]\nfamily = CentOS\nversion = 8\narch = x86_64\n");
        fixture.add(QStringLiteral("images/pxeboot/vmlinuz"));
        fixture.add(QStringLiteral("images/pxeboot/initrd.img"));
        QDir().mkpath(fixture.treePath() + QStringLiteral("/BaseOS/Packages"));
        QVERIFY(QFile::copy(rpm, fixture.treePath() + QStringLiteral("/BaseOS/Packages/") +
                                     QFileInfo(rpm).fileName()));
        const auto image = IsoImage::open(fixture.build().toStdString());
        QVERIFY(image);
        const MediaReport report = inspect(*image, "image.iso", true);
        QCOMPARE(report.loaders.front().firmware, std::string("bios"));
        QCOMPARE(report.loaders.front().source, std::string("rpm"));
        QCOMPARE(image->readText(report.loaders.front().path).value_or(""), std::string("the loader"));
        const auto files = toImageFiles(*image, report, "id").biosLoader;
        QCOMPARE(files.size(), std::size_t{2});
        QVERIFY(files.contains("ldlinux.c32"));
        QVERIFY(std::none_of(report.notes.begin(), report.notes.end(),
                             [](const Error& note) { return note.code == ErrorCode::NoBiosLoader; }));
    }

    void aBrokenPackageIsAFactAndNoMore() {
        IsoFixture fixture;
        fixture.add(QStringLiteral("Packages/shim-x64-15-1.x86_64.rpm"), QByteArray(5000, 'x'));
        fixture.add(QStringLiteral("other"));
        const auto image = IsoImage::open(fixture.build().toStdString());
        QVERIFY(image);
        QCOMPARE(image->files().size(), std::size_t{2});
        QCOMPARE(image->skipped().size(), std::size_t{1});
        QVERIFY(image->skipped().front().starts_with("Packages/shim-x64-15-1.x86_64.rpm: "));
    }
};

QTEST_GUILESS_MAIN(TestRpmLoaders)
#include "tst_RpmLoaders.moc"
