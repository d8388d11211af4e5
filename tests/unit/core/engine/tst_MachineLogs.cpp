#include "core/engine/MachineLogs.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::engine;

namespace {

constexpr MacAddress mac{MacAddress::Octets{0x52, 0x54, 0, 0, 0, 7}};
constexpr Ipv4Address peer{192, 168, 0, 7};

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(none)");
}

} // namespace

class MachineLogsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void keepsAFilePerMachine() {
        const QTemporaryDir state;
        MachineLogs logs(state.path());
        logs.add({peer, mac, 3, "anaconda", "no disk"}, WallTime(std::chrono::milliseconds(1500)));
        logs.add({peer, mac, 6, "", "reboot"}, WallTime(std::chrono::milliseconds(2000)));
        logs.add({peer, std::nullopt, 6, "kernel", "eth0 up"}, WallTime());
        QVERIFY(logs.flush().has_value());
        QCOMPARE(contentOf(state.filePath(QStringLiteral("logs/525400000007.log"))),
                 QByteArray("1970-01-01T00:00:01.500Z error anaconda: no disk\n"
                            "1970-01-01T00:00:02.000Z info reboot\n"));
        QCOMPARE(contentOf(state.filePath(QStringLiteral("logs/192.168.0.7.log"))),
                 QByteArray("1970-01-01T00:00:00.000Z info kernel: eth0 up\n"));
    }

    // R58 (part): a machine that never stops talking does not fill the disk.
    void staysWithinTwoFiles() {
        const QTemporaryDir state;
        MachineLogs logs(state.path());
        const std::string text(1000, 'x');
        for (int i = 0; i < 5000; ++i) {
            logs.add({peer, mac, 6, "app", text}, WallTime());
            QVERIFY(logs.flush().has_value());
        }
        const QFileInfoList files = QDir(logs.folder()).entryInfoList(QDir::Files);
        QCOMPARE(files.size(), 2);
        for (const QFileInfo& file : files) {
            QVERIFY(file.size() <= MachineLogs::fileLimit);
            QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        }
    }

    void saysWhenItCannotWrite() {
        const QTemporaryDir state;
        QFile inTheWay(state.filePath(QStringLiteral("logs")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        MachineLogs logs(state.path());
        logs.add({peer, mac, 6, "app", "text"}, WallTime());
        QVERIFY(!logs.flush().has_value());
        QVERIFY(logs.flush().has_value()); // what was lost is lost
    }
};

QTEST_APPLESS_MAIN(MachineLogsTest)
#include "tst_MachineLogs.moc"
