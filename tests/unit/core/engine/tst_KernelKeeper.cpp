#include "core/engine/KernelKeeper.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::engine;

class KernelKeeperTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }
    void servesItsFilesInPlace();
    void oneNameIsOneImage();
    void aMissingFileIsAProblem();
    void anEmptyFileIsAProblem();
    void needsANameOfOneLine();
    void noticesFilesThatGoComeAndChange();

private:
    QString write(const char* name, const QByteArray& bytes) const {
        QFile file(m_directory->filePath(QLatin1String(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("A test file cannot be written.");
        return file.fileName();
    }
    [[nodiscard]] KernelChoice choice() const {
        return {QStringLiteral("Tools"),
                write("vmlinuz", "kernel"),
                {write("b.img", "first!"), write("a.img", "second!!")},
                QStringLiteral("quiet")};
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void KernelKeeperTest::servesItsFilesInPlace() {
    const auto image = makeKernelImage(choice());
    QVERIFY(image && !image->info.problem && image->files);
    QCOMPARE(image->info.size, quint64(6 + 6 + 8));
    QCOMPARE(image->files->family, boot::InstallerFamily::None);
    QVERIFY(!image->isInstallable());
    const boot::MenuEntry expected{"Tools", "vmlinuz", {"initrd-1.img", "initrd-2.img"}, "quiet"};
    QVERIFY(image->files->entries == std::vector{expected});
    QCOMPARE(image->files->files.at("initrd-2.img").front().length, std::uint64_t{8}); // in the order given
}

void KernelKeeperTest::oneNameIsOneImage() {
    const auto first = makeKernelImage(choice());
    KernelChoice other = choice();
    other.initrds.clear();
    QCOMPARE(makeKernelImage(other)->info.id, first->info.id);
    QVERIFY(makeKernelImage(other)->files->etagSeed != first->files->etagSeed);
    other.name = QStringLiteral("tools");
    QVERIFY(makeKernelImage(other)->info.id != first->info.id);
}

void KernelKeeperTest::aMissingFileIsAProblem() {
    KernelChoice given = choice();
    given.initrds.append(m_directory->filePath(QStringLiteral("none")));
    const auto image = makeKernelImage(given);
    QVERIFY(image && image->files == nullptr);
    QCOMPARE(image->info.problem->code, ErrorCode::NoSuchFile);
    QVERIFY(image->info.problem->subject.ends_with("none"));
}

void KernelKeeperTest::anEmptyFileIsAProblem() {
    KernelChoice given = choice();
    given.kernel = write("empty", {});
    QVERIFY(makeKernelImage(given)->info.problem);
    given.kernel = m_directory->path();
    QVERIFY(makeKernelImage(given)->info.problem);
}

void KernelKeeperTest::needsANameOfOneLine() {
    for (const QString& name : {QString(), QStringLiteral("  "), QStringLiteral("a\nLABEL evil")}) {
        KernelChoice given = choice();
        given.name = name;
        QCOMPARE(makeKernelImage(given).error().code, ErrorCode::NotAllowed);
    }
}

void KernelKeeperTest::noticesFilesThatGoComeAndChange() {
    const KernelChoice given = choice();
    KernelKeeper keeper;
    keeper.put(QStringLiteral("id"), given);
    QVERIFY(keeper.refresh().empty());
    QVERIFY(QFile::remove(given.kernel));
    auto gone = keeper.refresh();
    QCOMPARE(gone.size(), std::size_t{1});
    QVERIFY(gone.front().info.problem);
    QVERIFY(keeper.refresh().empty());
    write("vmlinuz", "another kernel");
    auto back = keeper.refresh();
    QCOMPARE(back.size(), std::size_t{1});
    QVERIFY(back.front().files);
    keeper.remove(QStringLiteral("id"));
    QVERIFY(keeper.find(QStringLiteral("id")) == nullptr);
}

QTEST_APPLESS_MAIN(KernelKeeperTest)
#include "tst_KernelKeeper.moc"
