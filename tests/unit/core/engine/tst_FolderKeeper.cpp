#include "core/engine/FolderKeeper.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster;
using engine::FolderKeeper;

class FolderKeeperTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesStandInAddresses_data();
    void namesStandInAddresses();
    void refusesWhatIsNoFolder();
    void followsAFolderThatGoesAndComes();
    void tellsAddressesOnlyWhileServing();
};

void FolderKeeperTest::namesStandInAddresses_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isGood");
    for (const char* const good : {"drivers", "a", "9.4_extras-x86"})
        QTest::addRow("%s", good) << QString::fromLatin1(good) << true;
    for (const char* const bad : {"", ".", "..", ".hidden", "a b", "a/b", "a\n", "-a", "a%2f"})
        QTest::addRow("bad %s", bad) << QString::fromLatin1(bad) << false;
    QTest::newRow("Chinese") << QStringLiteral("驱动") << false;
    QTest::newRow("long") << QString(65, QLatin1Char('a')) << false;
}

void FolderKeeperTest::namesStandInAddresses() {
    QFETCH(QString, name);
    QFETCH(bool, isGood);
    QTemporaryDir directory;
    FolderKeeper keeper;
    const auto put = keeper.put(name, directory.path());
    QCOMPARE(put.has_value(), isGood);
    QCOMPARE(keeper.files().size(), std::size_t(isGood ? 1 : 0));
    if (!put)
        QCOMPARE(put.error().code, ErrorCode::Malformed);
}

void FolderKeeperTest::refusesWhatIsNoFolder() {
    QTemporaryDir directory;
    FolderKeeper keeper;
    const auto put = keeper.put(QStringLiteral("x"), directory.filePath(QStringLiteral("none")));
    QCOMPARE(put.error().code, ErrorCode::NoSuchFile);
    QVERIFY(keeper.infos({}).empty());
    QVERIFY(!keeper.remove(QStringLiteral("x")));
}

// A stick that is pulled out and put back.
void FolderKeeperTest::followsAFolderThatGoesAndComes() {
    QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("stick"));
    FolderKeeper keeper;
    keeper.restore(QStringLiteral("x"), path); // it was there in an earlier run
    QVERIFY(keeper.infos({}).front().problem);
    QVERIFY(keeper.files().empty());
    QVERIFY(!keeper.refresh());
    QVERIFY(QDir().mkpath(path));
    QVERIFY(keeper.refresh());
    QVERIFY(!keeper.infos({}).front().problem);
    QCOMPARE(keeper.files().size(), std::size_t{1});
    QVERIFY(!keeper.refresh());
    QVERIFY(QDir().rmdir(path));
    QVERIFY(keeper.refresh());
    QVERIFY(keeper.infos({}).front().problem);
    QVERIFY(keeper.files().empty());
}

void FolderKeeperTest::tellsAddressesOnlyWhileServing() {
    QTemporaryDir directory;
    FolderKeeper keeper;
    QVERIFY(keeper.put(QStringLiteral("x"), directory.path()));
    QCOMPARE(keeper.infos({}).front().url, QString());
    boot::ServerIdentity server;
    server.address = Ipv4Address(10, 0, 0, 1);
    server.httpPort = 8080;
    QCOMPARE(keeper.infos(server).front().url, QStringLiteral("http://10.0.0.1:8080/x/x/"));
}

QTEST_APPLESS_MAIN(FolderKeeperTest)
#include "tst_FolderKeeper.moc"
