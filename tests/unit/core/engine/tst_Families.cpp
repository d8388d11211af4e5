#include "core/engine/Engine.h"
#include "tests/support/TestIso.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using engine::Engine;

Q_DECLARE_METATYPE(rackmuster::boot::InstallerFamily)

namespace {

const MacAddress mac = *MacAddress::parse("52:54:00:12:34:56");
const std::string machinePlace = "m/525400123456/";

/// What the catalogue would send, read from the image where it lies there.
QByteArray contentOf(const boot::BootFile& file) {
    if (const auto* rendered = std::get_if<std::shared_ptr<const std::string>>(&file.content))
        return QByteArray::fromStdString(**rendered);
    QByteArray out;
    for (const boot::FileSlice& slice : std::get<std::vector<boot::FileSlice>>(file.content)) {
        std::vector<std::uint8_t> bytes(slice.length);
        if (!slice.file->readExactly(slice.offset, bytes))
            return "unreadable";
        out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    }
    return out;
}

struct Family {
    const char* name;
    QString iso;
    QString image;
    const char* builtIn;
    const char* answerName; ///< below its ticket
    const char* kernelFile;
    const char* hostnameLine;
};

} // namespace

/// Every family goes one way: image and profile of the same, one ticket, one catalogue.
class TestFamilies : public QObject {
    Q_OBJECT

    QTemporaryDir m_files;
    std::vector<Family> m_families;

    std::unique_ptr<Engine> open(const QString& state) {
        auto engine = Engine::create({.stateDirectory = state});
        return engine ? std::move(*engine) : nullptr;
    }

private Q_SLOTS:
    void initTestCase() {
        const QString redHat = tests::makeRedHatIso(m_files.path());
        if (redHat.isEmpty())
            QSKIP("xorriso is not installed");
        m_families = {{"redhat",
                       redHat,
                       {},
                       "minimal-kickstart",
                       "answer",
                       "repo/images/pxeboot/vmlinuz",
                       "--hostname=node-07"},
                      {"ubuntu",
                       tests::makeUbuntuIso(m_files.path()),
                       {},
                       "minimal-autoinstall",
                       "user-data",
                       "repo/casper/vmlinuz",
                       "hostname: \"node-07\""},
                      {"suse",
                       tests::makeSuseIso(m_files.path()),
                       {},
                       "minimal-autoyast",
                       "answer",
                       "repo/boot/x86_64/loader/linux",
                       "<hostname>node-07</hostname>"}};
    }

    void installsEveryFamilyByItsOwnMinimalProfile_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < m_families.size(); ++i)
            QTest::newRow(m_families[i].name) << static_cast<int>(i);
    }
    void installsEveryFamilyByItsOwnMinimalProfile() {
        QFETCH(int, index);
        const Family& family = m_families[static_cast<std::size_t>(index)];
        QTemporaryDir state;
        const auto engine = open(state.path());
        QVERIFY(engine);
        const auto id = engine->importImage(family.iso);
        QVERIFY2(id, id ? "" : message(id.error()).c_str());
        constexpr Ipv4Address address(192, 168, 0, 107);
        roster::Assignment assigned;
        assigned.address = address;
        QVERIFY(engine->execute(roster::Plan{mac, 7, assigned}));
        const auto find = [&engine, address](const std::string& path) {
            return engine->catalog()->find(path, address);
        };
        for (const char* const name : {"vmlinuz", "initrd.img", "image.iso"})
            QVERIFY2(!find(machinePlace + name), name);

        const auto approved = engine->approve(mac);
        QVERIFY2(approved, approved ? "" : message(approved.error()).c_str());
        QCOMPARE(engine->snapshot().machines.front().profileName, QLatin1String(family.builtIn));
        QCOMPARE(contentOf(*find(machinePlace + "vmlinuz")), QByteArray(5000, 'k'));
        QCOMPARE(contentOf(*find(machinePlace + "initrd.img")), QByteArray(7000, 'i'));
        QCOMPARE(contentOf(*find(machinePlace + family.kernelFile)), QByteArray(5000, 'k'));
        QFile iso(family.iso);
        QVERIFY(iso.open(QIODevice::ReadOnly));
        QCOMPARE(contentOf(*find(machinePlace + "image.iso")), iso.readAll());

        const std::string ticket = "t/" + engine->catalog()->machine(mac)->ticket + "/";
        const auto answer = find(ticket + family.answerName);
        QVERIFY(answer);
        QVERIFY(answer->isSecret);
        const QByteArray text = contentOf(*answer);
        for (const std::string& part : {std::string(family.hostnameLine), ticket + "post", ticket + "done"})
            QVERIFY2(text.contains(part.c_str()), text.constData());
        const QByteArray script = contentOf(*find(machinePlace + "boot.ipxe"));
        QVERIFY2(script.contains(("/" + ticket).c_str()), script.constData());
    }

    void neverMixesFamilies() {
        QTemporaryDir state;
        const auto engine = open(state.path());
        QVERIFY(engine->execute(roster::Plan{mac, 7, {}}));
        for (const Family& image : m_families) {
            const auto id = engine->importImage(image.iso);
            QVERIFY(id);
            for (const Family& profile : m_families) {
                roster::Assignment assigned;
                assigned.imageId = id->toStdString();
                assigned.profile = profile.builtIn;
                QVERIFY(engine->execute(roster::Plan{mac, 7, assigned}));
                const auto approved = engine->approve(mac);
                QCOMPARE(approved.has_value(), image.name == profile.name);
                if (!approved)
                    QCOMPARE(approved.error().code, ErrorCode::NothingToInstall);
                else
                    QVERIFY(engine->execute(roster::Rearm{mac}));
            }
        }
    }

    void refusesABrokenProfileInOneSentence_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("YAML") << QStringLiteral("#cloud-config\nautoinstall:\n  a: b: c\n")
                              << QByteArray("The profile is not valid: illegal map value (line 3).");
        QTest::newRow("XML") << QStringLiteral("<!DOCTYPE profile>\n<profile>\n</profil>\n")
                             << QByteArray(
                                    "The profile is not valid: Opening and ending tag mismatch (line 3).");
        QTest::newRow("neither")
            << QStringLiteral("install everything\n")
            << QByteArray("Using p as a profile is not possible: its text is neither a kickstart, a "
                          "preseed file, an autoinstall file nor an AutoYaST profile.");
    }
    void refusesABrokenProfileInOneSentence() {
        QFETCH(QString, text);
        QFETCH(QByteArray, sentence);
        QTemporaryDir state;
        const auto engine = open(state.path());
        const auto set = engine->setProfile(QStringLiteral("p"), text);
        QVERIFY(!set);
        QCOMPARE(QByteArray::fromStdString(message(set.error())), sentence);
        for (const engine::ProfileInfo& profile : engine->snapshot().profiles)
            QVERIFY(profile.isBuiltIn); // nothing half-saved
    }
};

QTEST_GUILESS_MAIN(TestFamilies)
#include "tst_Families.moc"
