#include "core/engine/ImageWatch.h"
#include "tests/support/OldFile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::engine;
using Pinned = WatchFinding::Pinned;

class ImageWatchTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_path;

    [[nodiscard]] WatchTarget target() const {
        auto file = FileDescriptor::openForReading(m_path).value();
        const FileStamp stamp = *file.stamp();
        return {QStringLiteral("id"), m_path, std::make_shared<const FileDescriptor>(std::move(file)), stamp};
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("a.iso")).toStdString();
        QFile file(QString::fromStdString(m_path));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(10'000, 'x')) == 10'000);
        file.close();
        QVERIFY(tests::makeOld(m_path));
    }

    void aFileInItsPlaceIsUnchanged() {
        const WatchTarget watched = target();
        for (const bool reads : {false, true}) {
            const WatchFinding finding = look(watched, reads);
            QVERIFY(finding.pinned == Pinned::Unchanged);
            QVERIFY(finding.found && finding.found->isSameFile(watched.stamp));
            QCOMPARE(finding.isRead, reads);
        }
    }

    void anUnlinkedFileIsReadToBeSure() {
        const WatchTarget watched = target();
        QCOMPARE(::unlink(m_path.c_str()), 0);
        const WatchFinding finding = look(watched, false);
        QVERIFY(!finding.found);
        QVERIFY(finding.pinned == Pinned::Unchanged);
        QVERIFY(finding.isRead);
    }

    void aFileThatWasCutOrWrittenToIsChanged() {
        WatchTarget watched = target();
        QCOMPARE(::truncate(m_path.c_str(), 5), 0);
        QVERIFY(look(watched, false).pinned == Pinned::Changed);
    }

    void aMediumThatIsGoneIsUnreadable() {
        WatchTarget watched = target();
        watched.pinned = std::make_shared<const FileDescriptor>(); // no descriptor answers
        QVERIFY(look(watched, false).pinned == Pinned::Unreadable);
    }

    void aMountThatStillShowsNamesIsSeenThroughByReading() {
        WatchTarget watched = target();
        watched.pinned = std::make_shared<const FileDescriptor>(::open(m_path.c_str(), O_WRONLY | O_CLOEXEC));
        QVERIFY(look(watched, false).pinned == Pinned::Unchanged);
        QVERIFY(look(watched, true).pinned == Pinned::Unreadable);
        watched.isDoubted = true;
        QVERIFY(look(watched, false).pinned == Pinned::Unreadable);
    }

    void withoutAnOpenFileThePathIsLookedAt() {
        WatchTarget watched = target();
        watched.pinned = nullptr;
        QVERIFY(look(watched, true).pinned == Pinned::None);
        QVERIFY(look(watched, true).found);
        QCOMPARE(::unlink(m_path.c_str()), 0);
        QVERIFY(!look(watched, true).found);
    }

    void looksOnceASecondAndTellsInItsThread() {
        int asked = 0;
        std::vector<WatchFinding> told;
        const ImageWatch watch(
            *this,
            [&] {
                ++asked;
                return std::vector{target()};
            },
            [&](const std::vector<WatchFinding>& findings) { told = findings; });
        QTRY_VERIFY_WITH_TIMEOUT(!told.empty(), 10'000);
        QCOMPARE(told.front().imageId, QStringLiteral("id"));
        QVERIFY(asked >= 1);
    }
};

QTEST_GUILESS_MAIN(ImageWatchTest)
#include "tst_ImageWatch.moc"
