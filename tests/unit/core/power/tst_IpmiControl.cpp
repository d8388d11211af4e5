#include "core/power/IpmiControl.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::power;

namespace {

Result<PowerState> status(int exitCode, const char* output, const char* complaint = "") {
    return readIpmitool(PowerAct::Status, exitCode, output, complaint, "10.0.0.1");
}

} // namespace

class TestIpmiControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theStateIsRead();
    void failuresAreToldApart();
};

void TestIpmiControl::theStateIsRead() {
    QVERIFY(*status(0, "Chassis Power is on\n") == PowerState::On);
    QVERIFY(*status(0, "Chassis Power is off\n") == PowerState::Off);
    QCOMPARE(status(0, "\x1b[31m\n").error().detail, std::string("?[31m"));
    QVERIFY(readIpmitool(PowerAct::PowerOn, 0, "Chassis Power Control: Up/On\n", "", "h").has_value());
}

// What ipmitool 1.8.19 printed for a wrong password, a wrong user and no BMC.
void TestIpmiControl::failuresAreToldApart() {
    QCOMPARE(status(1, "", "RAKP 2 HMAC is invalid\nError: Unable to establish IPMI v2 / RMCP+ session\n")
                 .error()
                 .code,
             ErrorCode::BmcRefused);
    QCOMPARE(
        status(1, "",
               "RAKP 2 message indicates an error : unauthorized name\nError: Unable to establish IPMI v2 / "
               "RMCP+ session\n")
            .error()
            .code,
        ErrorCode::BmcRefused);
    QCOMPARE(status(1, "", "Error: Unable to establish IPMI v2 / RMCP+ session\n").error().code,
             ErrorCode::BmcSilent);
    const Error other =
        status(1, "", "Set Chassis Power Control failed: Insufficient privilege level.\n").error();
    QCOMPARE(message(other), std::string("The BMC 10.0.0.1 did not do it: Set Chassis Power Control failed: "
                                         "Insufficient privilege level."));
    QCOMPARE(status(-1, "", "").error().code, ErrorCode::BmcFailed);
}

QTEST_APPLESS_MAIN(TestIpmiControl)
#include "tst_IpmiControl.moc"
