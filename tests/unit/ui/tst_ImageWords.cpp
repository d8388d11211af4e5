#include "tests/unit/ui/LibraryImages.h"
#include "tests/unit/ui/MachineRows.h"
#include "ui/Tokens.h"
#include "ui/models/ImageUse.h"
#include "ui/text/ImageWords.h"
#include "ui/text/Quantities.h"

#include <QTest>
#include <QTranslator>

#include <set>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::BadgeMark;
using ui::ImageAct;
using ui::ImageEntry;
using ui::ImagePlace;

namespace {

ImageEntry entryOf(const engine::ImageInfo& image) {
    return {ImageEntry::State::Ready, image, image.problem};
}

BadgeMark secureBootMark(const engine::ImageInfo& image) {
    return ui::bootBadges(image).at(2).mark;
}

/// A machine that is approved for this image.
engine::MachineRow approvedFor(int slot, const engine::ImageInfo& image) {
    engine::MachineRow row = installingRow(slot, roster::Stage::Kernel);
    row.machine.assigned.imageId = image.id.toStdString();
    return row;
}

} // namespace

/// What the cards of the library say, in both languages.
class ImageWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysHowAnImageIsDoing_data();
    void saysHowAnImageIsDoing();
    void countsTheMachinesThatWait_data();
    void countsTheMachinesThatWait();
    void saysWhereTheFileShouldComeBack();
    void tellsWhatIsWrongWithTheChecksum();
    void keepsTheJobInViewWhileItsFileIsGone();
    void listsWhatAnImageHolds_data();
    void listsWhatAnImageHolds();
    void tellsTheTimeLeft();
    void badgesSayWhatBootsAndWhatIsRefused();
    void showsRemoteTextAsItIs();
    void givesADistributionOneTint();
    void offersOnlyWhatMakesSense();
    void countsOnlyMachinesThatStillNeedTheImage();

private:
    void speak(const QString& language);

    QTranslator m_translator;
};

void ImageWordsTest::init() {
    QLocale::setDefault(QLocale(QStringLiteral("en")));
    speak(QStringLiteral("en"));
}

void ImageWordsTest::cleanup() {
    QCoreApplication::removeTranslator(&m_translator);
}

void ImageWordsTest::speak(const QString& language) {
    QCoreApplication::removeTranslator(&m_translator);
    QVERIFY(m_translator.load(QStringLiteral(":/i18n/rackmuster_%1.qm").arg(language)));
    QVERIFY(QCoreApplication::installTranslator(&m_translator));
}

void ImageWordsTest::saysHowAnImageIsDoing_data() {
    QTest::addColumn<ImageEntry>("entry");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("chinese");
    const auto row = [](const char* name, const ImageEntry& entry, const char* english, const char* chinese) {
        QTest::newRow(name) << entry << QString::fromUtf8(english) << QString::fromUtf8(chinese);
    };
    row("ready", entryOf(verifiedImage()), "Ready in 0.6 s · served from the file",
        "0.6 秒就绪 · 直接从文件提供");
    row("loaders out of RPMs", entryOf(refusedImage()), "Ready in 0.4 s · loaders taken out of RPMs",
        "0.4 秒就绪 · 引导程序取自 RPM");
    engine::ImageInfo boot = verifiedImage();
    boot.loaderSource = QStringLiteral("efiboot");
    boot.importSeconds = 0; // known since an earlier start
    row("loaders out of the EFI boot image", entryOf(boot), "Ready · loaders out of its EFI boot image",
        "就绪 · 引导程序取自其 EFI 引导映像");
    boot.isOwnCopy = true;
    row("own copy", entryOf(boot), "Ready · served from the library's copy", "就绪 · 从镜像库副本提供");
    row("verifying", entryOf(verifyingImage()), "Verifying SHA-256 · 110 MB/s · 2 s left",
        "正在校验 SHA-256 · 110 MB/s · 剩余 2 秒");
    row("copying", entryOf(copyingImage()), "Copying into the library · 38 MB/s · 42 s left",
        "正在复制到镜像库 · 38 MB/s · 剩余 42 秒");
    engine::ImageInfo begun = copyingImage();
    begun.job->bytesPerSecond = 0;
    row("just begun", entryOf(begun), "Copying into the library", "正在复制到镜像库");
    begun.job->isWaiting = true;
    row("copy without its file", entryOf(begun), "The copy waits at 33 %: the file is gone",
        "复制停在 33 %：文件不见了");
    row("gone", entryOf(goneImage()), "The file is gone", "文件不见了");
    row("mismatch", entryOf(mismatchedImage()), "Checksum mismatch", "校验和不符");
    row("reading", {ImageEntry::State::Importing, {}, {}}, "Reading…", "正在读取…");
    row("failed", {ImageEntry::State::Failed, {}, {}}, "Not imported", "未导入");
}

void ImageWordsTest::saysHowAnImageIsDoing() {
    QFETCH(ImageEntry, entry);
    QFETCH(QString, english);
    QFETCH(QString, chinese);
    QCOMPARE(ui::statusOf(entry, {}).line, english);
    speak(QStringLiteral("zh_CN"));
    QCOMPARE(ui::statusOf(entry, {}).line, chinese);
}

void ImageWordsTest::countsTheMachinesThatWait_data() {
    QTest::addColumn<int>("machines");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("chinese");
    QTest::newRow("one") << 1
                         << QStringLiteral(
                                "1 machine waits for it. Plug the stick in again: it goes on by itself.")
                         << QStringLiteral("1 台机器在等它。重新插上 U 盘即可自动继续。");
    QTest::newRow("several")
        << 12 << QStringLiteral("12 machines wait for it. Plug the stick in again: they go on by themselves.")
        << QStringLiteral("12 台机器在等它。重新插上 U 盘即可自动继续。");
}

void ImageWordsTest::countsTheMachinesThatWait() { // R44
    QFETCH(int, machines);
    QFETCH(QString, english);
    QFETCH(QString, chinese);
    const ImagePlace stick{.isRemovable = true, .waiting = machines};
    QCOMPARE(ui::statusOf(entryOf(goneImage()), stick).problem, english);
    speak(QStringLiteral("zh_CN"));
    QCOMPARE(ui::statusOf(entryOf(goneImage()), stick).problem, chinese);
}

void ImageWordsTest::saysWhereTheFileShouldComeBack() {
    const ui::ImageStatus stick = ui::statusOf(entryOf(goneImage()), {.isRemovable = true});
    QCOMPARE(stick.line, QStringLiteral("The file is gone: the stick was pulled out"));
    QVERIFY(stick.problem.isEmpty()); // nobody waits
    QCOMPARE(stick.advice, QStringLiteral("Plug the stick in again: it goes on by itself."));
    QCOMPARE(ui::statusOf(entryOf(goneImage()), {}).advice,
             QStringLiteral("Put the file back: it goes on by itself."));
    engine::ImageInfo changed = goneImage();
    changed.problem = Error{ErrorCode::FileChanged, "a.iso", {}};
    const ui::ImageStatus status = ui::statusOf(entryOf(changed), {});
    QCOMPARE(status.line, QStringLiteral("The file is not the one imported"));
    QVERIFY(status.problem.contains(QLatin1String("a.iso")));
}

void ImageWordsTest::tellsWhatIsWrongWithTheChecksum() {
    const ui::ImageStatus status = ui::statusOf(entryOf(mismatchedImage()), {});
    QVERIFY(status.isProblem);
    QVERIFY(status.problem.contains(QLatin1String("SHA256SUMS")));
    engine::ImageInfo again = mismatchedImage(); // checked once more: the verdict still counts
    again.job = verifyingImage().job;
    QVERIFY(!ui::statusOf(entryOf(again), {}).problem.isEmpty());
    QVERIFY(ui::statusOf(entryOf(again), {}).permille.has_value());
}

void ImageWordsTest::keepsTheJobInViewWhileItsFileIsGone() {
    engine::ImageInfo image = copyingImage();
    image.job->isWaiting = true;
    image.problem = goneImage().problem;
    const ui::ImageStatus status = ui::statusOf(entryOf(image), {.isRemovable = true, .waiting = 3});
    QCOMPARE(status.line, QStringLiteral("The copy waits at 33 %: the file is gone"));
    QCOMPARE(status.permille, std::optional(338));
    QVERIFY(!status.isWorking);
    QVERIFY(status.problem.startsWith(QLatin1String("3 machines wait for it.")));
}

void ImageWordsTest::listsWhatAnImageHolds_data() {
    QTest::addColumn<int>("entries");
    QTest::addColumn<QString>("english");
    QTest::addColumn<QString>("chinese");
    QTest::newRow("one") << 1
                         << QStringLiteral(
                                "Checksum verified (CHECKSUM) · BaseOS, AppStream · 1 own menu entry")
                         << QStringLiteral("校验和已核对（CHECKSUM） · BaseOS, AppStream · 自带 1 个菜单项");
    QTest::newRow("three")
        << 3 << QStringLiteral("Checksum verified (CHECKSUM) · BaseOS, AppStream · 3 own menu entries")
        << QStringLiteral("校验和已核对（CHECKSUM） · BaseOS, AppStream · 自带 3 个菜单项");
}

void ImageWordsTest::listsWhatAnImageHolds() {
    QFETCH(int, entries);
    QFETCH(QString, english);
    QFETCH(QString, chinese);
    engine::ImageInfo image = verifiedImage();
    image.entries = image.entries.first(entries);
    QCOMPARE(ui::statusOf(entryOf(image), {}).facts, english);
    speak(QStringLiteral("zh_CN"));
    QCOMPARE(ui::statusOf(entryOf(image), {}).facts, chinese);
    image.repositories = {QStringLiteral(".")}; // its root: nothing to tell
    image.entries.clear();
    image.check.source = QStringLiteral("pasted");
    speak(QStringLiteral("en"));
    QCOMPARE(ui::statusOf(entryOf(image), {}).facts, QStringLiteral("Checksum verified (pasted sum)"));
}

void ImageWordsTest::tellsTheTimeLeft() {
    QCOMPARE(ui::timeLeftText(1000, 0), QString());
    QCOMPARE(ui::timeLeftText(1000, 1000), QStringLiteral("1 s left"));
    QCOMPARE(ui::timeLeftText(1001, 1000), QStringLiteral("2 s left"));
    QCOMPARE(ui::timeLeftText(0, 1000), QStringLiteral("0 s left"));
    QCOMPARE(ui::timeLeftText(600'000'000, 1e6), QStringLiteral("10 min left"));
    QVERIFY(!ui::timeLeftText(~quint64(0), 1e-9).isEmpty());
}

void ImageWordsTest::badgesSayWhatBootsAndWhatIsRefused() {
    QCOMPARE(secureBootMark(verifiedImage()), BadgeMark::Yes);
    QCOMPARE(secureBootMark(refusedImage()), BadgeMark::Some);
    QVERIFY(ui::bootBadges(refusedImage()).at(2).hint.contains(QLatin1String("grub,1 < grub,3")));
    engine::ImageInfo image = verifiedImage();
    image.hasSecureBoot = false;
    QCOMPARE(secureBootMark(image), BadgeMark::None);
    image.notes = {{ErrorCode::LoaderUnsigned, "a.iso", "EFI/BOOT/BOOTX64.EFI"}};
    QCOMPARE(secureBootMark(image), BadgeMark::Never);
    QCOMPARE(ui::bootBadges(copyingImage()).at(0).mark, BadgeMark::None);
    QCOMPARE(ui::bootBadges(copyingImage()).at(1).mark, BadgeMark::Yes);
}

void ImageWordsTest::showsRemoteTextAsItIs() {
    engine::ImageInfo image = verifiedImage();
    image.arch = QStringLiteral("x86\x1b[31m");
    image.check.source = QStringLiteral("sum\u202etxt");
    QVERIFY(ui::imageFacts(image).startsWith(QLatin1String("x86\\x1b[31m")));
    QVERIFY(ui::statusOf(entryOf(image), {}).facts.contains(QLatin1String("sum\\u202etxt")));
    QCOMPARE(ui::distributionWord(QStringLiteral("\x1b<b>Rocky</b>")), QStringLiteral("b"));
}

void ImageWordsTest::givesADistributionOneTint() {
    QCOMPARE(ui::emblemOf(QStringLiteral("Rocky Linux 8.10")),
             ui::emblemOf(QStringLiteral("Rocky Linux 9.4")));
    QCOMPARE(ui::distributionWord(QStringLiteral("openEuler 22.03")), QStringLiteral("openEuler"));
    QCOMPARE(ui::distributionWord(QStringLiteral("银河麒麟 V10")), QStringLiteral("银河麒麟"));
    QVERIFY(ui::distributionWord(QString()).isEmpty());
    QVERIFY(ui::emblemOf(QString()) < ui::emblemCount);
    std::set<std::size_t> tints;
    for (const char* const name : {"Rocky", "CentOS", "Debian", "Ubuntu", "openEuler", "AlmaLinux"})
        tints.insert(ui::emblemOf(QLatin1String(name)));
    QCOMPARE(tints.size(), std::size_t(6)); // those that lie side by side most often differ
}

void ImageWordsTest::offersOnlyWhatMakesSense() {
    const ImageEntry ready = entryOf(readyImage(QStringLiteral("A 1"), QStringLiteral("a.iso")));
    QVERIFY(ui::isProminent(ImageAct::Verify, ready, {}));
    QVERIFY(ui::isProminent(ImageAct::CopyFile, ready, {.isRemovable = true}));
    QVERIFY(!ui::isProminent(ImageAct::CopyFile, ready, {}));
    QVERIFY(!ui::isOffered(ImageAct::MakeDefault, ready, {.isDefault = true}));
    QVERIFY(!ui::isOffered(ImageAct::Cancel, ready, {}));
    QVERIFY(!ui::isOffered(ImageAct::CopySum, ready, {}));
    const ImageEntry busy = entryOf(copyingImage());
    QVERIFY(ui::isProminent(ImageAct::Cancel, busy, {}));
    QVERIFY(!ui::isOffered(ImageAct::Verify, busy, {}));
    QVERIFY(!ui::isOffered(ImageAct::CopyFile, busy, {}));
    const ImageEntry gone = entryOf(goneImage());
    QVERIFY(!ui::isOffered(ImageAct::Verify, gone, {}));
    QVERIFY(ui::isOffered(ImageAct::Remove, gone, {}));
    engine::ImageInfo copy = readyImage(QStringLiteral("A 1"), QStringLiteral("a.iso"));
    copy.isOwnCopy = true;
    QVERIFY(!ui::isOffered(ImageAct::CopyFile, entryOf(copy), {.isRemovable = true}));
    for (const ImageAct act : ui::allImageActs()) {
        QVERIFY(!ui::isOffered(act, {ImageEntry::State::Importing, {}, {}}, {}));
        QVERIFY(!ui::imageActText(act).isEmpty());
    }
}

void ImageWordsTest::countsOnlyMachinesThatStillNeedTheImage() {
    const engine::ImageInfo image = goneImage();
    ui::MachineModel machines;
    engine::MachineRow done = approvedFor(3, image);
    done.machine.isDone = true;
    engine::MachineRow refused = approvedFor(4, image);
    refused.machine.approval = roster::Approval::Refused;
    engine::MachineRow byDefault = waitingRow(5);
    machines.reset({approvedFor(1, image), approvedFor(2, verifiedImage()), done, refused, byDefault}, {}, 6);
    QCOMPARE(ui::usersOf(machines, image.id, {}).size(), std::size_t(1));
    QCOMPARE(ui::usersOf(machines, image.id, image.id).size(), std::size_t(2));
    QCOMPARE(ui::countWaitingFor(machines, image.id, image.id), 1);
}

QTEST_GUILESS_MAIN(ImageWordsTest)
#include "tst_ImageWords.moc"
