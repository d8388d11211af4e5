#include "core/engine/Engine.h"
#include "tests/support/OldFile.h"
#include "tests/support/TestIso.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace rackmuster;
using engine::Engine;
using engine::ImageInfo;
using engine::ImageJob;
using Verdict = engine::ImageCheck::Verdict;

namespace {

const MacAddress mac = *MacAddress::parse("52:54:00:12:34:56");
constexpr int patience = 20'000; // milliseconds

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString sha256Of(const QString& path) {
    return QString::fromLatin1(QCryptographicHash::hash(contentOf(path), QCryptographicHash::Sha256).toHex());
}

bool overwrite(const QString& path, qint64 position, const QByteArray& bytes) {
    QFile file(path);
    return file.open(QIODevice::ReadWrite) && file.seek(position) && file.write(bytes) == bytes.size();
}

} // namespace

/// Verifying, copying and watching, as the window sees them.
class ImageKeeperTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_isos; ///< made once
    QString m_template;
    QString m_other;
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_iso;
    QString m_state;
    std::unique_ptr<Engine> m_engine;

    void open(Engine::Options options = {}) {
        m_engine.reset();
        options.stateDirectory = m_state;
        m_engine = Engine::create(std::move(options)).value_or(nullptr);
        QVERIFY(m_engine);
    }
    [[nodiscard]] ImageInfo info() const {
        const auto images = m_engine->snapshot().images;
        return images.size() == 1 ? images.front() : ImageInfo();
    }
    [[nodiscard]] std::optional<boot::BootFile> served() const {
        return m_engine->catalog()->find("i/" + info().id.toStdString() + "/images/install.img", {});
    }
    [[nodiscard]] QString flag() const {
        const roster::Machine* const machine = m_engine->roster().find(mac);
        return machine != nullptr && machine->problem ? QString::fromStdString(message(*machine->problem))
                                                      : QString();
    }
    void approveMachine() {
        QVERIFY(m_engine->execute(roster::Plan{mac, 1, {}}));
        const auto approved = m_engine->approve(mac);
        QVERIFY2(approved, approved ? "" : message(approved.error()).c_str());
    }
    /// The same file, not the same path: as `cp` makes it.
    static bool copyFile(const QString& from, const QString& to) {
        return QFile::copy(from, to) && QFile::setPermissions(to, QFile::ReadOwner | QFile::WriteOwner) &&
               tests::makeOld(to.toStdString());
    }

private Q_SLOTS:
    void initTestCase() {
        m_template = tests::makeRedHatIso(m_isos.path());
        m_other = tests::makeRedHatIso(m_isos.path(), QStringLiteral("8.10"));
    }

    void init() {
        if (m_template.isEmpty())
            QSKIP("xorriso is not installed");
        m_engine.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_state = m_folder->filePath(QStringLiteral("state"));
        m_iso = m_folder->filePath(QStringLiteral("test.iso"));
        QVERIFY(copyFile(m_template, m_iso));
        open();
    }
    void cleanup() { m_engine.reset(); }

    // --- verifying -----------------------------------------------------------------------------------------

    void verifiesByItselfAfterAnImport() {
        QVERIFY(overwrite(m_folder->filePath(QStringLiteral("SHA256SUMS")), 0,
                          sha256Of(m_iso).toLatin1() + "  test.iso\n"));
        open({.verifiesImports = true});
        QSignalSpy events(m_engine.get(), &Engine::eventHappened);
        QVERIFY(m_engine->importImage(m_iso));
        QVERIFY(info().job.has_value());
        QTRY_VERIFY_WITH_TIMEOUT(!info().job, patience);
        QVERIFY(info().check.verdict == Verdict::Match);
        QCOMPARE(info().check.sha256, sha256Of(m_iso));
        QCOMPARE(info().check.source, QStringLiteral("SHA256SUMS"));
        QVERIFY(std::any_of(events.begin(), events.end(), [](const QList<QVariant>& arguments) {
            return arguments.front().value<engine::EngineEvent>().name == QLatin1String("verified");
        }));
        open();
        QVERIFY(info().check.verdict == Verdict::Match);
    }

    void withoutAnythingToCompareTheSumIsKnown() {
        QVERIFY(m_engine->importImage(m_iso));
        QVERIFY(info().check.verdict == Verdict::None);
        QVERIFY(m_engine->verifyImage(info().id));
        QTRY_VERIFY_WITH_TIMEOUT(!info().job, patience);
        QVERIFY(info().check.verdict == Verdict::NoCompare);
        QCOMPARE(info().check.sha256, sha256Of(m_iso));
        QVERIFY(!info().problem);
    }

    void aWrongSumRefusesNewApprovalsUntilItIsPutRight() {
        QVERIFY(overwrite(m_iso + QStringLiteral(".sha256"), 0, QByteArray(64, '0')));
        QVERIFY(m_engine->importImage(m_iso));
        approveMachine();
        QVERIFY(m_engine->verifyImage(info().id));
        QTRY_VERIFY_WITH_TIMEOUT(info().check.verdict == Verdict::Mismatch, patience);
        QVERIFY(info().problem && info().problem->code == ErrorCode::ChecksumMismatch);
        QVERIFY(served()); // what is being installed goes on
        QVERIFY(m_engine->catalog()->machine(mac)->disposition == boot::Disposition::Install);

        const MacAddress second = *MacAddress::parse("52:54:00:12:34:57");
        QVERIFY(m_engine->execute(roster::Plan{second, 2, {}}));
        const auto approved = m_engine->approve(second);
        QVERIFY(!approved);
        QCOMPARE(approved.error().code, ErrorCode::ChecksumMismatch);
        QVERIFY(message(approved.error()).find("test.iso.sha256") != std::string::npos);

        QCOMPARE(m_engine->verifyImage(info().id, QStringLiteral("no sum")).error().code,
                 ErrorCode::Malformed);
        QTRY_VERIFY_WITH_TIMEOUT(!info().job, patience);
        QVERIFY(m_engine->verifyImage(info().id, sha256Of(m_iso)));
        QTRY_VERIFY_WITH_TIMEOUT(info().check.verdict == Verdict::Match, patience);
        QCOMPARE(info().check.source, QStringLiteral("pasted"));
        QVERIFY(!info().problem);
        QVERIFY(m_engine->approve(second));
    }

    void workOnAnImageIsOneAtATimeAndCanBeCancelled() {
        QVERIFY(m_engine->importImage(m_iso));
        QCOMPARE(m_engine->cancelImageJob(info().id).error().code, ErrorCode::NotAllowed);
        QVERIFY(m_engine->verifyImage(info().id));
        QCOMPARE(m_engine->verifyImage(info().id).error().code, ErrorCode::NotAllowed);
        QCOMPARE(m_engine->copyImage(info().id).error().code, ErrorCode::NotAllowed);
        QVERIFY(m_engine->cancelImageJob(info().id));
        QVERIFY(!info().job);
        QVERIFY(m_engine->verifyImage(info().id)); // behind the one that is ending
        QTRY_VERIFY_WITH_TIMEOUT(!info().check.sha256.isEmpty(), patience);
        QCOMPARE(m_engine->verifyImage(QStringLiteral("nope")).error().code, ErrorCode::UnknownImage);
    }

    // --- copying -------------------------------------------------------------------------------------------

    void aCopyTakesOverWithTheSameETagsAndGoesWithTheImage() {
        QVERIFY(m_engine->importImage(m_iso));
        approveMachine();
        const std::string etag = served()->etag;
        QVERIFY(m_engine->copyImage(info().id));
        QVERIFY(served()); // meanwhile
        QTRY_VERIFY_WITH_TIMEOUT(info().isOwnCopy, patience);
        QTRY_VERIFY_WITH_TIMEOUT(!info().job, patience);
        const QString copy = info().path;
        QCOMPARE(copy, QDir(m_state).filePath(QStringLiteral("images/Test Linux 9.4.iso")));
        QCOMPARE(sha256Of(copy), sha256Of(m_iso));
        QCOMPARE(info().check.sha256, sha256Of(m_iso));
        QCOMPARE(served()->etag, etag);        // P55: a download goes on
        QVERIFY(m_engine->importImage(m_iso)); // is there already
        QCOMPARE(info().path, copy);
        QVERIFY(QFile::remove(m_iso));
        QVERIFY(!info().problem);
        QCOMPARE(m_engine->copyImage(info().id).error().code, ErrorCode::NotAllowed);

        open();
        QVERIFY(info().isOwnCopy);
        QVERIFY(!info().problem);
        QCOMPARE(served()->etag, etag);
        QCOMPARE(m_engine->catalog()->machine(mac)->disposition, boot::Disposition::Install);

        QSignalSpy events(m_engine.get(), &Engine::eventHappened);
        QVERIFY(m_engine->removeImage(info().id));
        QVERIFY(!QFile::exists(copy));
        const auto event = events.front().front().value<engine::EngineEvent>();
        QCOMPARE(event.name, QStringLiteral("removed"));
        QCOMPARE(event.facts.value(QStringLiteral("file")).toString(), copy);
    }

    void aCopyIsComparedWithWhatWasPublished() {
        QVERIFY(overwrite(m_iso + QStringLiteral(".sha256"), 0, QByteArray(64, '0')));
        QVERIFY(m_engine->importImage(m_iso));
        QVERIFY(m_engine->copyImage(info().id));
        QTRY_VERIFY_WITH_TIMEOUT(info().check.verdict == Verdict::Mismatch, patience);
    }

    void aCancelledCopyIsKeptAndGoesOn() {
        QVERIFY(m_engine->importImage(m_iso));
        QVERIFY(m_engine->copyImage(info().id));
        QVERIFY(m_engine->cancelImageJob(info().id));
        QVERIFY(!info().isOwnCopy);
        open({.resumesCopies = true}); // a cancelled one does not begin by itself
        QVERIFY(!info().job);
        QVERIFY(m_engine->copyImage(info().id));
        QTRY_VERIFY_WITH_TIMEOUT(info().isOwnCopy, patience);
        QCOMPARE(QDir(m_state + QStringLiteral("/images")).entryList(QDir::Files | QDir::Hidden),
                 QStringList{QStringLiteral("Test Linux 9.4.iso")});
    }

    void anInterruptedCopyGoesOnAfterARestart() {
        QVERIFY(m_engine->importImage(m_iso));
        QVERIFY(m_engine->copyImage(info().id));
        open({.resumesCopies = true}); // as the last one ended in the middle
        QTRY_VERIFY_WITH_TIMEOUT(info().isOwnCopy, patience);
        QCOMPARE(sha256Of(info().path), sha256Of(m_iso));
    }

    void whatNobodyOwnsIsRemovedAtTheStart() { // R46
        QVERIFY(m_engine->importImage(m_iso));
        m_engine.reset();
        QVERIFY(QDir().mkpath(m_state + QStringLiteral("/images")));
        const QString orphan = m_state + QStringLiteral("/images/.0123456789abcdef.part");
        const QString kept = m_state + QStringLiteral("/images/somebody-put-it-here.iso");
        QVERIFY(overwrite(orphan, 0, "part") && overwrite(kept, 0, "whole"));
        open();
        QVERIFY(!QFile::exists(orphan));
        QVERIFY(QFile::exists(kept));
    }

    // --- names ---------------------------------------------------------------------------------------------

    void anOwnNameIsKeptAndShownToMachines() {
        QVERIFY(m_engine->importImage(m_iso));
        QVERIFY(m_engine->renameImage(info().id, QStringLiteral("  Our 存储  nodes ")));
        for (int round = 0; round < 2; ++round) {
            QCOMPARE(info().name, QStringLiteral("Our 存储 nodes"));
            QVERIFY(served());
            open();
        }
        QCOMPARE(m_engine->renameImage(info().id, QStringLiteral(" ")).error().code, ErrorCode::Malformed);
        QVERIFY(m_engine->importImage(m_iso)); // read again
        QCOMPARE(info().name, QStringLiteral("Our 存储 nodes"));
    }

    void twoImagesNeverHaveOneName() {
        const QString second = m_folder->filePath(QStringLiteral("second.iso"));
        QVERIFY(copyFile(m_iso, second));
        QVERIFY(
            overwrite(second, QFileInfo(second).size(), QByteArray(2048, 'x'))); // another one of the release
        QVERIFY(m_engine->importImage(m_iso));
        const auto id = m_engine->importImage(second);
        QVERIFY2(id, id ? "" : message(id.error()).c_str());
        const auto images = m_engine->snapshot().images;
        QCOMPARE(images.size(), std::size_t{2});
        QCOMPARE(images[0].name, QStringLiteral("Test Linux 9.4"));
        QCOMPARE(images[1].name, QStringLiteral("Test Linux 9.4 (2)"));
        const auto renamed = m_engine->renameImage(*id, QStringLiteral("test linux 9.4"));
        QVERIFY(!renamed);
        QCOMPARE(renamed.error().code, ErrorCode::Duplicate);
    }

    void theSameImageUnderAnotherPathIsOneSentence() {
        QVERIFY(m_engine->importImage(m_iso));
        const QString second = m_folder->filePath(QStringLiteral("second.iso"));
        QVERIFY(copyFile(m_iso, second));
        const auto again = m_engine->importImage(second);
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::AlreadyImported);
        QCOMPARE(info().path, m_iso);
        QVERIFY(m_engine->importImage(m_iso)); // the same path: read again
    }

    // --- files that come, go and change (R44) --------------------------------------------------------------

    void aFileThatIsGoneAtTheStartComesBackByItself() {
        QVERIFY(m_engine->importImage(m_iso));
        approveMachine();
        m_engine.reset();
        const QString away = m_iso + QStringLiteral(".away");
        QVERIFY(QFile::rename(m_iso, away));
        open();
        QVERIFY(info().problem && info().problem->code == ErrorCode::FileGone);
        QVERIFY(!served());
        QVERIFY2(flag().contains(QStringLiteral("is gone")), qPrintable(flag()));
        QVERIFY(m_engine->catalog()->machine(mac)->disposition == boot::Disposition::Parked);

        QVERIFY(QFile::rename(away, m_iso));
        QTRY_VERIFY_WITH_TIMEOUT(!info().problem, patience);
        QVERIFY(served());
        QVERIFY2(flag().isEmpty(), qPrintable(flag()));
        QCOMPARE(m_engine->catalog()->machine(mac)->disposition, boot::Disposition::Install);
    }

    void workWaitsForAFileThatIsGone() {
        QVERIFY(m_engine->importImage(m_iso));
        m_engine.reset();
        const QString away = m_iso + QStringLiteral(".away");
        QVERIFY(QFile::rename(m_iso, away));
        open();
        QVERIFY(m_engine->copyImage(info().id));
        QVERIFY(info().job && info().job->isWaiting);
        QVERIFY(QFile::rename(away, m_iso));
        QTRY_VERIFY_WITH_TIMEOUT(info().isOwnCopy, patience);
    }

    void aCutFileIsNotServedUntilItIsImportedAgain() {
        QVERIFY(m_engine->importImage(m_iso));
        approveMachine();
        const QByteArray whole = contentOf(m_iso);
        QCOMPARE(::truncate(m_iso.toLocal8Bit().constData(), whole.size() / 2), 0);
        QTRY_VERIFY_WITH_TIMEOUT(info().problem.has_value(), patience);
        QCOMPARE(info().problem->code, ErrorCode::FileChanged);
        QVERIFY(!served());
        QVERIFY2(flag().contains(QStringLiteral("changed after it was imported")), qPrintable(flag()));

        // Whole again, but nothing vouches for what was written: the operator does.
        QVERIFY(overwrite(m_iso, 0, whole));
        QVERIFY(m_engine->importImage(m_iso));
        QVERIFY(!info().problem);
        QVERIFY(served());
        QVERIFY(flag().isEmpty());
    }

    void aFileThatWasWrittenToComesBackWhenItsSumIsKnown() {
        QVERIFY(m_engine->importImage(m_iso));
        QVERIFY(m_engine->verifyImage(info().id));
        QTRY_VERIFY_WITH_TIMEOUT(!info().check.sha256.isEmpty() && !info().job, patience);
        const QByteArray whole = contentOf(m_iso);
        const qint64 middle = whole.size() / 2;
        QVERIFY(overwrite(m_iso, middle, "????"));
        QTRY_VERIFY_WITH_TIMEOUT(info().problem && info().problem->code == ErrorCode::FileChanged, patience);
        QVERIFY(!served());
        QVERIFY(overwrite(m_iso, middle, whole.mid(middle, 4)));
        QTRY_VERIFY_WITH_TIMEOUT(!info().problem, patience);
        QVERIFY(served());
    }

    void aReplacedFileIsServedFromTheOpenOne() {
        QVERIFY(m_engine->importImage(m_iso));
        approveMachine();
        const QString other = m_folder->filePath(QStringLiteral("other.iso"));
        QVERIFY(copyFile(m_other, other));
        QCOMPARE(::rename(other.toLocal8Bit().constData(), m_iso.toLocal8Bit().constData()), 0);
        QTRY_VERIFY_WITH_TIMEOUT(info().problem.has_value(), patience);
        QCOMPARE(info().problem->code, ErrorCode::FileMoved);
        QVERIFY(served());
        QVERIFY(flag().isEmpty());
        QCOMPARE(m_engine->catalog()->machine(mac)->disposition, boot::Disposition::Install);

        open(); // what is open now is another image
        QVERIFY(info().problem && info().problem->code == ErrorCode::FileChanged);
        QVERIFY(!served());
    }

    void aFreshCopyOfTheSameFileIsTakenByItself() {
        QVERIFY(m_engine->importImage(m_iso));
        QVERIFY(QFile::remove(m_iso));
        QTRY_VERIFY_WITH_TIMEOUT(info().problem.has_value(), patience);
        QCOMPARE(info().problem->code, ErrorCode::FileMoved);
        QVERIFY(copyFile(m_template, m_iso));
        QTRY_VERIFY_WITH_TIMEOUT(!info().problem, patience);
        QVERIFY(served());
    }

    void progressIsToldAtMostFourTimesASecond() {
        QVERIFY(m_engine->importImage(m_iso));
        QSignalSpy shown(m_engine.get(), &Engine::imagesChanged);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(m_engine->verifyImage(info().id));
        QTRY_VERIFY_WITH_TIMEOUT(!info().check.sha256.isEmpty() && !info().job, patience);
        // Start, result and end are told at once.
        QVERIFY2(shown.count() <= 4 + timer.elapsed() / 250, qPrintable(QString::number(shown.count())));
    }
};

QTEST_GUILESS_MAIN(ImageKeeperTest)
#include "tst_ImageKeeper.moc"
