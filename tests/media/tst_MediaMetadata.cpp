#include "core/media/MediaInspector.h"
#include "tests/unit/core/media/IsoFixture.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::media;
using rackmuster::tests::IsoFixture;

namespace {

/// The real media's descriptions, which are not part of this repository.
QString sharedMedia() {
    const QString given = qEnvironmentVariable("RACKMUSTER_SHARED_DATA");
    const QString root = given.isEmpty() ? QStringLiteral(RACKMUSTER_SOURCE_DIR "/../shared/data") : given;
    return root + QStringLiteral("/media-metadata");
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What tells an answer file, of which the data has some, from a medium.
bool isMedium(const QJsonObject& medium) {
    for (const QJsonValue& value : medium.value(QStringLiteral("files")).toArray()) {
        const QString path = value.toObject().value(QStringLiteral("on_medium")).toString();
        const bool isAnswerFile =
            path.endsWith(QStringLiteral("preseed.cfg")) || path.endsWith(QStringLiteral("user-data")) ||
            path.endsWith(QStringLiteral(".xml")) || path.endsWith(QStringLiteral(".ks"));
        if (!isAnswerFile)
            return true;
    }
    return false;
}

/// The facts of one medium; a missing fact and null are the empty string.
class Facts {
public:
    explicit Facts(const QJsonObject& medium) : m_facts(medium.value(QStringLiteral("facts")).toObject()) {}

    [[nodiscard]] std::string text(const char* key) const {
        return m_facts.value(QLatin1String(key)).toString().toStdString();
    }
    [[nodiscard]] std::vector<std::string> list(const char* key) const {
        std::vector<std::string> out;
        for (const QJsonValue& value : m_facts.value(QLatin1String(key)).toArray())
            out.push_back(value.toString().toStdString());
        return out;
    }

private:
    QJsonObject m_facts;
};

/// The folder's files, and small ones in the place of the kernels and repositories that the facts name.
void fill(IsoFixture& fixture, const QString& name, const Facts& facts) {
    const QDir folder(sharedMedia() + QLatin1Char('/') + name);
    QDirIterator files(folder.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString path = files.next();
        fixture.add(folder.relativeFilePath(path), contentOf(path));
    }
    for (const char* key : {"kernel", "initrd", "initrd_gtk", "kernel_live", "initrd_live", "kernel_ppc64"}) {
        if (!facts.text(key).empty())
            fixture.add(QString::fromStdString(facts.text(key)));
    }
    for (const std::string& repository : facts.list("repos"))
        fixture.add(QString::fromStdString(repository + "/repodata/repomd.xml"));
}

std::string familyWord(boot::InstallerFamily family) {
    // Of the distribution: Ubuntu's own installer is one of Debian's family.
    return std::string(
        boot::toWord(family == boot::InstallerFamily::Ubuntu ? boot::InstallerFamily::Debian : family));
}

} // namespace

class TestMediaMetadata : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() {
        if (!IsoFixture::hasTool(QStringLiteral("xorriso")))
            QSKIP("xorriso is not installed");
    }

    void isRecognised_data() {
        QTest::addColumn<QJsonObject>("medium");
        const QJsonDocument facts =
            QJsonDocument::fromJson(contentOf(sharedMedia() + QStringLiteral("/facts.json")));
        for (const QJsonValue& value : facts.object().value(QStringLiteral("media")).toArray()) {
            if (isMedium(value.toObject()))
                QTest::newRow(qPrintable(value.toObject().value(QStringLiteral("name")).toString()))
                    << value.toObject();
        }
        if (facts.isNull())
            QTest::newRow("no data") << QJsonObject();
    }
    // Issue "Shown by 2": family, version and architecture right for every one.
    void isRecognised() {
        QFETCH(QJsonObject, medium);
        if (medium.isEmpty())
            QSKIP("The descriptions of real media are not here; set RACKMUSTER_SHARED_DATA");
        const Facts facts(medium);
        IsoFixture fixture;
        fill(fixture, medium.value(QStringLiteral("name")).toString(), facts);
        const auto image = IsoImage::open(fixture.build().toStdString());
        QVERIFY(image);
        const MediaReport got = inspect(*image, "image.iso", true);
        QCOMPARE(familyWord(got.distribution.family), facts.text("family"));
        QCOMPARE(got.distribution.version, facts.text("version"));
        QCOMPARE(got.distribution.arch, facts.text("arch"));
        QCOMPARE(got.distribution.suite, facts.text("codename"));
        QCOMPARE(got.kernelPath, facts.text("kernel"));
        QCOMPARE(got.initrdPath, facts.text("initrd"));
        QCOMPARE(got.repositories, facts.list("repos"));
        if (facts.text("distro") != "Red Star OS") // its own text has the name in Korean
            QCOMPARE(got.distribution.name, facts.text("distro"));
    }

    void choicesAreThoseOfItsMenu_data() { isRecognised_data(); }
    void choicesAreThoseOfItsMenu() {
        QFETCH(QJsonObject, medium);
        if (medium.isEmpty())
            QSKIP("The descriptions of real media are not here; set RACKMUSTER_SHARED_DATA");
        const Facts facts(medium);
        const QString name = medium.value(QStringLiteral("name")).toString();
        IsoFixture fixture;
        fill(fixture, name, facts);
        const auto image = IsoImage::open(fixture.build().toStdString());
        QVERIFY(image);
        const MediaReport got = inspect(*image, "image.iso", true);
        const auto starts = [&got](const std::string& kernel, const std::string& initrd) {
            return std::any_of(got.entries.begin(), got.entries.end(), [&](const boot::MenuEntry& entry) {
                return entry.kernelPath == kernel && entry.initrdPaths == std::vector<std::string>{initrd};
            });
        };
        if (!facts.text("initrd_gtk").empty())
            QVERIFY(starts(facts.text("kernel"), facts.text("initrd_gtk")));
        if (!facts.text("kernel_live").empty())
            QVERIFY(starts(facts.text("kernel_live"), facts.text("initrd_live")));
        QVERIFY(got.entries.size() <= 64);
        for (const boot::MenuEntry& entry : got.entries) {
            QVERIFY(!entry.title.empty());
            QVERIFY(image->contains(entry.kernelPath));
            QVERIFY2(entry.arguments.find("initrd=") == std::string::npos, entry.arguments.c_str());
        }
    }

    // An add-on or a medium without its installer is never offered as one.
    void onlyWhatHasAnInstallerIsImportable_data() { isRecognised_data(); }
    void onlyWhatHasAnInstallerIsImportable() {
        QFETCH(QJsonObject, medium);
        if (medium.isEmpty())
            QSKIP("The descriptions of real media are not here; set RACKMUSTER_SHARED_DATA");
        const Facts facts(medium);
        IsoFixture fixture;
        fill(fixture, medium.value(QStringLiteral("name")).toString(), facts);
        const auto image = IsoImage::open(fixture.build().toStdString());
        QVERIFY(image);
        const MediaReport got = inspect(*image, "image.iso", true);
        const std::string arch = facts.text("arch");
        const bool isServed = arch.empty() || arch == "x86_64" || arch == "amd64" || arch == "i386";
        QCOMPARE(got.isImportable(), !facts.text("kernel").empty() && isServed);
        if (!got.isImportable()) {
            QVERIFY(!got.notes.empty());
            QVERIFY(message(got.notes.front()).starts_with("image.iso ") ||
                    message(got.notes.front()).find(" from image.iso") != std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(TestMediaMetadata)
#include "tst_MediaMetadata.moc"
