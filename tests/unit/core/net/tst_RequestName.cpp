#include "core/net/RequestName.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::net;

class RequestNameTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hidesSecretPaths();
    void loadersProbingIsExpected_data();
    void loadersProbingIsExpected();
    void sentenceNeverHoldsAForbiddenPath();
};

void RequestNameTest::hidesSecretPaths() // R41
{
    boot::BootFile file;
    QCOMPARE(eventPath("//i/x\\vmlinuz", file), std::string("i/x/vmlinuz"));
    file.isSecret = true;
    QCOMPARE(eventPath("/t/0123456789abcdef/answer", file), std::string("(secret)"));
}

void RequestNameTest::loadersProbingIsExpected_data() {
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isExpected");
    for (const char* path : {"m/525400000001/pxelinux.cfg/C0A8", "/t/00112233445566778899aabbccddeeff/answer",
                             "i/debian/x", "grub.cfg-01-52-54-00-00-00-01", "/grub/x86_64-efi/command.lst",
                             "pxelinux.cfg/default", "//grubx64.efi", "revocations_sbat.efi"})
        QTest::newRow(path) << QByteArray(path) << true;
    for (const char* path : {"", "/", "../t/x", "m/../etc/shadow", "etc/passwd", "favicon.ico", "mm/x"})
        QTest::newRow(path) << QByteArray(path) << false;
}

void RequestNameTest::loadersProbingIsExpected() {
    QFETCH(QByteArray, path);
    QFETCH(bool, isExpected);
    QCOMPARE(isExpectedMiss(path.toStdString()), isExpected);
}

void RequestNameTest::sentenceNeverHoldsAForbiddenPath() {
    QVERIFY(unknownFileSentence("favicon.ico").ends_with("favicon.ico"));
    QVERIFY(unknownFileSentence("../t/secretsecret").find("secretsecret") == std::string::npos);
    QVERIFY(unknownFileSentence(std::string(60000, 'a')).size() < 200);
}

QTEST_APPLESS_MAIN(RequestNameTest)
#include "tst_RequestName.moc"
