#include "core/net/Netascii.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::net;

class NetasciiTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void translatesLineEnds();
    void keepsRoleAndOwner();
    void refusesLargeFiles();
};

void NetasciiTest::translatesLineEnds() // R32
{
    QCOMPARE(toNetascii("a\nb\n"), std::string("a\r\nb\r\n"));
    QCOMPARE(toNetascii("a\rb"), std::string("a\r\0b", 4));
    QCOMPARE(toNetascii("\r\n"), std::string("\r\0\r\n", 4));
    QCOMPARE(toNetascii(""), std::string());
}

void NetasciiTest::keepsRoleAndOwner() {
    boot::BootFile file;
    file.content = std::make_shared<const std::string>("x\n");
    file.role = boot::FileRole::InstallConfig;
    file.isSecret = true;
    const auto translated = asNetascii(file);
    QVERIFY(translated.has_value());
    QCOMPARE(translated->size(), std::uint64_t(3));
    QVERIFY(translated->role == boot::FileRole::InstallConfig && translated->isSecret);
}

void NetasciiTest::refusesLargeFiles() {
    boot::BootFile file;
    file.content = std::make_shared<const std::string>(largestNetascii + 1, 'x');
    const auto translated = asNetascii(file);
    QVERIFY(!translated && translated.error().code == ErrorCode::NotAllowed);
}

QTEST_APPLESS_MAIN(NetasciiTest)
#include "tst_Netascii.moc"
