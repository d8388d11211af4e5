#include "core/boot/TftpAdmission.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace std::chrono_literals;

namespace {

const Instant start{std::chrono::hours(1)};
constexpr std::size_t requestBytes = 40;
constexpr std::size_t blockBytes = 2064;
constexpr Ipv4Address machine(10, 0, 0, 1);

Ipv4Address address(std::uint32_t number) {
    return Ipv4Address(0x0A000000U + number);
}

} // namespace

class TestTftpAdmission : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoNeverSpeaksIsHeldBack();
    void whoSpeaksNeverIs();
    void blocksThatNobodyTookAreFewerThanWhatCame();
    void calmTimesBringTheCreditBack();
    void remembersABoundedNumberOfAddresses();
};

// R33 (part): 20 a second
void TestTftpAdmission::whoNeverSpeaksIsHeldBack() {
    TftpAdmission admission(start);
    int admitted = 0;
    for (int i = 0; i < 1000; ++i)
        admitted += admission.admit(machine, requestBytes, 0, start) ? 1 : 0;
    QCOMPARE(admitted, 20);
    QVERIFY(admission.admit(address(2), requestBytes, 0, start)); // nobody else suffers
    QVERIFY(!admission.admit(machine, requestBytes, 0, start + 49ms));
    QVERIFY(admission.admit(machine, requestBytes, 0, start + 50ms));
    QVERIFY(!admission.admit(machine, requestBytes, 0, start + 50ms));
    admitted = 0;
    for (int i = 0; i < 10'000; ++i)
        admitted += admission.admit(machine, requestBytes, 0, start + 50ms + i * 1ms) ? 1 : 0;
    QCOMPARE(admitted, 199);
}

void TestTftpAdmission::whoSpeaksNeverIs() {
    TftpAdmission admission(start);
    for (int i = 0; i < 1000; ++i) {
        QVERIFY(admission.admit(machine, requestBytes, blockBytes, start));
        admission.onHeard(machine, blockBytes);
    }
}

// R33 (part)
void TestTftpAdmission::blocksThatNobodyTookAreFewerThanWhatCame() {
    TftpAdmission admission(start);
    std::size_t in = 0;
    std::size_t out = 0;
    for (std::uint32_t i = 0; i < 10'000; ++i) {
        const std::size_t bytes = requestBytes + 28;
        in += bytes;
        out += admission.admit(address(i % 2000), bytes, blockBytes, start + i * 100us) ? blockBytes : 0;
    }
    QVERIFY(out > 0);
    QVERIFY(out <= 3 * in);
}

void TestTftpAdmission::calmTimesBringTheCreditBack() {
    TftpAdmission admission(start);
    std::uint32_t number = 0;
    while (admission.admit(address(++number), 0, blockBytes, start)) {
    }
    QVERIFY(number > 100); // as many machines at once have no options and are new here
    QVERIFY(admission.admit(address(1'000), requestBytes, 0, start)); // an OACK needs no credit
    QVERIFY(!admission.admit(address(1'001), 0, blockBytes, start + 100ms));
    QVERIFY(admission.admit(address(1'002), 0, blockBytes, start + 2s));
}

void TestTftpAdmission::remembersABoundedNumberOfAddresses() {
    TftpAdmission admission(start);
    for (std::uint32_t i = 0; i < TftpAdmission::mostAddresses; ++i)
        QVERIFY(admission.admit(address(i), requestBytes, 0, start));
    QVERIFY(!admission.admit(address(100'000), requestBytes, 0, start));
    QVERIFY(admission.admit(address(1), requestBytes, 0, start)); // who is known already
    QVERIFY(admission.admit(address(100'000), requestBytes, 0, start + 1s));
}

QTEST_APPLESS_MAIN(TestTftpAdmission)
#include "tst_TftpAdmission.moc"
