#include "core/media/BootMenu.h"
#include "core/media/DebianInfo.h"
#include "core/media/SuseContent.h"
#include "core/media/TreeInfo.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::media;

namespace {

std::string line(const KernelPair& pair) {
    return pair.kernel + " " + pair.initrd;
}

std::string line(const Distribution& what) {
    return what.name + "|" + what.version + "|" + what.arch + "|" + what.suite;
}

} // namespace

class TestTreeInfo : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTheOldForm() {
        const TreeInfo info =
            parseTreeInfo("[general]\nfamily = Red Hat Enterprise Linux\nversion = 6.10\narch = x86_64\n"
                          "[images-x86_64]\nkernel = images/pxeboot/vmlinuz\n"
                          "initrd = images/pxeboot/initrd.img\n"
                          "[images-xen]\nkernel = xen/vmlinuz\ninitrd = xen/initrd.img\n");
        QCOMPARE(line(info.distribution), std::string("Red Hat Enterprise Linux|6.10|x86_64|"));
        QVERIFY(info.distribution.family == boot::InstallerFamily::RedHat);
        QCOMPARE(line(info.boot), std::string("images/pxeboot/vmlinuz images/pxeboot/initrd.img"));
        QVERIFY(!info.isAddOn);
    }

    void readsProductmdWithCommentsAndWindowsLineEnds() {
        const TreeInfo info =
            parseTreeInfo("[general]\r\n; WARNING.0 = only for compatibility\r\nname = Rocky Linux 9.4\r\n"
                          "[release]\r\nname = Rocky Linux\r\nversion = 9.4\r\n"
                          "[tree]\r\narch = aarch64\r\n[images-aarch64]\r\nkernel = k\r\ninitrd = i\r\n");
        QCOMPARE(line(info.distribution), std::string("Rocky Linux|9.4|aarch64|"));
        QCOMPARE(line(info.boot), std::string("k i"));
    }

    void knowsLayeredProducts() {
        const TreeInfo info = parseTreeInfo("[base_product]\nname = Base\nversion = 8\n"
                                            "[release]\nis_layered = true\nname = Extra\nversion = 1\n");
        QVERIFY(info.isAddOn);
        QCOMPARE(info.baseProduct, std::string("Base 8"));
        QVERIFY(!info.boot.isComplete());
    }

    void doesNotTakeSuseForRedHat() {
        const TreeInfo info = parseTreeInfo("[release]\nname = SUSE Linux Enterprise\nversion = 15\n");
        QVERIFY(info.distribution.family == boot::InstallerFamily::Suse);
        QCOMPARE(info.distribution.title(), std::string("SUSE Linux Enterprise 15"));
    }

    void makesNothingOfGarbage_data() {
        QTest::addColumn<QByteArray>("text");
        for (const char* text :
             {"", "\n\n", "[", "[]", "=\n[a]\n=\n", "[images-]\nkernel=\n", "no ini at all"})
            QTest::addRow("%s", text) << QByteArray(text);
    }
    void makesNothingOfGarbage() {
        QFETCH(QByteArray, text);
        const TreeInfo info = parseTreeInfo(text.toStdString());
        QVERIFY(info.distribution == Distribution());
        QVERIFY(!info.boot.isComplete());
        QVERIFY(!parseDiscInfo(text.toStdString()));
        QVERIFY(!parseDiskInfo(text.toStdString()));
        QVERIFY(!parseSuseContent(text.toStdString()));
        QVERIFY(!parseSuseProducts(text.toStdString()));
        QVERIFY(!parseSuseMedia(text.toStdString()));
        QVERIFY(!parseMediaRepo(text.toStdString()));
        QVERIFY(!parseKylinProduct(text.toStdString()));
    }

    void readsDiscInfo_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("bare version")
            << QByteArray("1525379451.11\n7.5\nx86_64\n") << QByteArray("|7.5|x86_64|");
        QTest::newRow("name and version") << QByteArray("1594058514.6\nCentOS Linux 8\nx86_64\nALL")
                                          << QByteArray("CentOS Linux|8|x86_64|");
        QTest::newRow("a name in another script")
            << QByteArray("201204151234\n《별》 3.0판\ni386\n1\nbase\n") << QByteArray("《별》|3.0|i386|");
    }
    void readsDiscInfo() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto info = parseDiscInfo(text.toStdString());
        QVERIFY(info);
        QCOMPARE(line(*info), expected.toStdString());
    }

    void takesTheMinorVersionFromDiscInfo() {
        const Distribution tree{boot::InstallerFamily::RedHat, "CentOS", "7", "x86_64", ""};
        QCOMPARE(completedBy(tree, {boot::InstallerFamily::RedHat, "", "7.5", "x86_64", ""}).version,
                 std::string("7.5"));
        QCOMPARE(completedBy(tree, {boot::InstallerFamily::RedHat, "", "71", "x86_64", ""}).version,
                 std::string("7"));
    }

    void readsVolumeLabels_data() {
        QTest::addColumn<QByteArray>("label");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("hyphens for dots")
            << QByteArray("RHEL-9-4-0-BaseOS-x86_64") << QByteArray("Red Hat Enterprise Linux|9.4|x86_64|");
        QTest::newRow("blanks") << QByteArray("CentOS 7 x86_64") << QByteArray("CentOS|7|x86_64|");
        QTest::newRow("a version with a hole")
            << QByteArray("RHEL-7.X Server.x86_64") << QByteArray("Red Hat Enterprise Linux|7|x86_64|");
        QTest::newRow("service pack")
            << QByteArray("SLE-15-SP4-Online-x86_64-Build1-Media") << QByteArray("SLE|15.4|x86_64|");
        QTest::newRow("version behind the architecture")
            << QByteArray("Fedora-S-dvd-x86_64-40") << QByteArray("Fedora-S-dvd|40|x86_64|");
        QTest::newRow("no version") << QByteArray("CDROM") << QByteArray("CDROM|||");
    }
    void readsVolumeLabels() {
        QFETCH(QByteArray, label);
        QFETCH(QByteArray, expected);
        QCOMPARE(line(parseVolumeLabel(label.toStdString())), expected.toStdString());
    }

    void readsDiskInfo_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("Debian")
            << QByteArray("Debian GNU/Linux 12.5.0 \"Bookworm\" - Official amd64 NETINST 20240210-11:27")
            << QByteArray("Debian GNU/Linux|12.5.0|amd64|bookworm");
        QTest::newRow("LTS, two words")
            << QByteArray("Ubuntu-Server 18.04.1 LTS \"Bionic Beaver\" - Release arm64 (20180725)\n")
            << QByteArray("Ubuntu-Server|18.04.1|arm64|bionic");
        QTest::newRow("no code name")
            << QByteArray("Something 1.0 i386") << QByteArray("Something|1.0|i386|");
        QTest::newRow("open quote") << QByteArray("Something 1.0 \"Oops i386")
                                    << QByteArray("Something|1.0|i386|");
    }
    void readsDiskInfo() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const auto info = parseDiskInfo(text.toStdString());
        QVERIFY(info);
        QVERIFY(info->family == boot::InstallerFamily::Debian);
        QCOMPARE(line(*info), expected.toStdString());
    }

    void readsTheLabelThatAMenuGivesTheInstaller() {
        QCOMPARE(stage2LabelOf("append initrd=i inst.stage2=hd:LABEL=RHEL-7.X\\x20Server.x86_64 quiet\n"),
                 std::string("RHEL-7.X Server.x86_64"));
        QCOMPARE(stage2LabelOf("append inst.stage2=hd:LABEL=A\\x2"), std::string("A\\x2"));
        QCOMPARE(stage2LabelOf("append quiet"), std::string());
    }

    void readsSuseDescriptions() {
        const auto content = parseSuseContent("CONTENTSTYLE 11\nBASEARCHS  x86_64\n"
                                              "LABEL SUSE Linux Enterprise Server 11 SP3\nVERSION 11.3\n");
        QVERIFY(content);
        QCOMPARE(line(content->distribution), std::string("SUSE Linux Enterprise Server|11.3|x86_64|"));
        const auto products = parseSuseProducts("/ SLES 15.5-0\n");
        QVERIFY(products);
        QCOMPARE(line(*products), std::string("SLES|15.5||"));
    }
};

QTEST_GUILESS_MAIN(TestTreeInfo)
#include "tst_TreeInfo.moc"
