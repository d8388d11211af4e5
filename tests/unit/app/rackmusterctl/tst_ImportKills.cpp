#include "core/engine/Engine.h"
#include "tests/support/TestIso.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>

using namespace rackmuster;
using engine::Engine;
using engine::ImageInfo;

namespace {

constexpr int kills = 200;
constexpr int completions = 10; // imports that are let through, to see that what was left can be gone on with
constexpr qsizetype padding = 12 << 20; // bytes, so that copying takes its share of the time

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// R46: `rackmusterctl import --copy`, killed at any moment. Afterwards the image is absent or complete, what
/// was copied can be gone on with, and nothing is left that nobody owns.
class ImportKillsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_iso;
    QByteArray m_content;
    std::unique_ptr<QTemporaryDir> m_state;
    std::mt19937 m_random{46};
    // What the kills came upon.
    int m_absent = 0;
    int m_imported = 0;
    int m_parts = 0;
    int m_copied = 0;
    bool m_isComplete = false;

    /// Lets the program run for `milliseconds` at most; whether it came to its end.
    [[nodiscard]] bool import(int milliseconds) const {
        QProcess process;
        process.start(QStringLiteral(RACKMUSTERCTL), {QStringLiteral("import"), QStringLiteral("--state"),
                                                      m_state->path(), QStringLiteral("--copy"), m_iso});
        if (process.waitForFinished(milliseconds))
            return process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
        process.kill();
        process.waitForFinished();
        return false;
    }
    [[nodiscard]] QStringList filesInLibrary() const {
        return QDir(m_state->filePath(QStringLiteral("images"))).entryList(QDir::Files | QDir::Hidden);
    }
    void check();
    /// How long an import takes that nobody kills.
    [[nodiscard]] int measure();

private Q_SLOTS:
    void leavesNothingHalfVisible();
};

int ImportKillsTest::measure() {
    qint64 longest = 0;
    for (int round = 0; round < 3; ++round) {
        m_state = std::make_unique<QTemporaryDir>();
        QElapsedTimer timer;
        timer.start();
        if (!import(60'000))
            return 0;
        longest = std::max(longest, timer.elapsed());
    }
    return static_cast<int>(longest);
}

void ImportKillsTest::check() {
    auto engine = Engine::create({.stateDirectory = m_state->path()});
    QVERIFY2(engine, engine ? "" : message(engine.error()).c_str());
    const auto images = (*engine)->snapshot().images;
    m_isComplete = false;
    QStringList files = filesInLibrary();
    if (images.empty()) {
        ++m_absent;
        QVERIFY2(files.isEmpty(), qPrintable(files.join(QLatin1Char(' '))));
        return;
    }
    QCOMPARE(images.size(), std::size_t{1});
    const ImageInfo& image = images.front();
    QVERIFY2(!image.problem, image.problem ? message(*image.problem).c_str() : "");
    const auto served = (*engine)->catalog()->find("i/" + image.id.toStdString() + "/images/install.img", {});
    QVERIFY(served && served->size() == 9000);
    m_isComplete = image.isOwnCopy;
    ++(image.isOwnCopy ? m_copied : m_imported);
    QVERIFY(image.isOwnCopy || image.path == m_iso);
    QVERIFY(contentOf(image.path) == m_content);
    if (image.isOwnCopy)
        QVERIFY(files.removeOne(QFileInfo(image.path).fileName()));
    // What else may lie there is the copy of this image in the making: its part, or, between the two last
    // steps, the whole of it.
    QVERIFY(files.size() <= (image.isOwnCopy ? 0 : 1));
    for (const QString& file : files) {
        ++m_parts;
        const bool isPart = file == QStringLiteral(".%1.part").arg(image.id);
        QVERIFY2(isPart || contentOf(m_state->filePath(QStringLiteral("images/") + file)) == m_content,
                 qPrintable(file));
    }
}

void ImportKillsTest::leavesNothingHalfVisible() {
    m_iso = tests::makeRedHatIso(m_folder.path());
    if (m_iso.isEmpty())
        QSKIP("xorriso is not installed");
    QFile file(m_iso);
    QVERIFY(file.open(QIODevice::Append) && file.write(QByteArray(padding, 'p')) == padding);
    file.close();
    m_content = contentOf(m_iso);
    const int whole = measure();
    QVERIFY(whole > 0);
    m_state = std::make_unique<QTemporaryDir>();
    for (int round = 1; round <= kills; ++round) {
        const bool isLetThrough = round % (kills / completions) == 0;
        const bool isDone = import(isLetThrough ? 60'000 : std::uniform_int_distribution(0, whole)(m_random));
        QVERIFY(isDone || !isLetThrough);
        check();
        if (QTest::currentTestFailed())
            return;
        if (isLetThrough)
            QCOMPARE(filesInLibrary(), QStringList{QStringLiteral("Test Linux 9.4.iso")});
        if (m_isComplete) // nothing is left to kill
            m_state = std::make_unique<QTemporaryDir>();
    }
    qInfo("T = %d ms; after a kill the image was absent %d, imported %d, copied %d times; %d copies could be "
          "gone on with",
          whole, m_absent, m_imported, m_copied, m_parts);
    // Else the kills came too soon or too late to prove anything.
    QVERIFY(m_absent > 0 && m_imported > 0 && m_parts > 0);
}

QTEST_GUILESS_MAIN(ImportKillsTest)
#include "tst_ImportKills.moc"
