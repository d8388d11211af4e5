#include "core/engine/ImageGuard.h"
#include "tests/support/OldFile.h"
#include "tests/support/TestIso.h"

#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

using namespace rackmuster;
using namespace rackmuster::engine;

namespace {

constexpr int patience = 20'000; // milliseconds

} // namespace

/// R44: a medium that is pulled, while its mount goes on to show names. The open file is exchanged for one
/// that cannot be read.
class ImageGuardTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QStringList m_told;
    int m_looks = 0;

    [[nodiscard]] ImageReports reports() {
        return {
            [this] { ++m_looks; }, [] {},
            [this](const char* event, const QJsonObject& /*facts*/) { m_told << QString::fromLatin1(event); },
            [](const Error& /*error*/) {
            }};
    }

private Q_SLOTS:
    void aMediumThatIsPulledIsToldOnceAndComesBackOnce();
};

void ImageGuardTest::aMediumThatIsPulledIsToldOnceAndComesBackOnce() {
    const QString iso = tests::makeRedHatIso(m_folder.path());
    if (iso.isEmpty())
        QSKIP("xorriso is not installed");
    QVERIFY(tests::makeOld(iso.toStdString()));
    auto database = storage::StateDatabase::open(m_folder.filePath(QStringLiteral("state.db")));
    QVERIFY(database);
    ImageShelf shelf(*database, reports());
    auto image = openImage(iso);
    QVERIFY(image);
    KeptImage* const kept = shelf.add(std::move(*image)).value_or(nullptr);
    QVERIFY(kept);
    int wentOn = 0;
    std::vector<Error> givenUp;
    ImageGuard guard(shelf, *this,
                     {[&](KeptImage& /*kept*/) { ++wentOn; },
                      [&](KeptImage& doubted, const Error& error) {
                          doubted.doubt.reset();
                          givenUp.push_back(error);
                      },
                      [](KeptImage& /*kept*/, const LibraryImage& /*candidate*/) {
                      }});

    // Work failed, but the file is there and can be read: then it failed for good.
    kept->doubt = Error{ErrorCode::System, "Reading a file", "odd"};
    QTRY_COMPARE_WITH_TIMEOUT(givenUp.size(), std::size_t{1}, patience);
    QVERIFY(m_told.isEmpty());

    const auto good = std::exchange(
        kept->image.file,
        std::make_shared<const FileDescriptor>(::open(iso.toLocal8Bit().constData(), O_WRONLY | O_CLOEXEC)));
    kept->doubt = Error{ErrorCode::System, "Reading a file", "Input/output error"};
    QTRY_VERIFY_WITH_TIMEOUT(kept->problem.has_value(), patience);
    QCOMPARE(kept->problem->code, ErrorCode::FileGone);
    QVERIFY(!kept->isServed);
    QVERIFY(shelf.library().files().empty());
    QCOMPARE(m_told, QStringList{QStringLiteral("image-problem")});

    // Its name can be seen all the time; that is no reason to believe in it. The file can be read by its path
    // here, so it is taken from there.
    QTRY_VERIFY_WITH_TIMEOUT(!kept->problem, patience);
    QCOMPARE(m_told, (QStringList{QStringLiteral("image-problem"), QStringLiteral("image-back")}));
    QVERIFY(kept->image.file != good);
    QCOMPARE(shelf.library().files().size(), std::size_t{1});
    QCOMPARE(wentOn, 1);
    QCOMPARE(givenUp.size(), std::size_t{1});
}

QTEST_GUILESS_MAIN(ImageGuardTest)
#include "tst_ImageGuard.moc"
