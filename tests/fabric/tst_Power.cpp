#include "core/power/PowerControl.h"
#include "tests/fabric/IpmiSimulator.h"
#include "tests/fabric/RedfishService.h"

#include <QFile>
#include <QTcpServer>
#include <QTest>
#include <QUdpSocket>

using namespace rackmuster;
using namespace rackmuster::power;
using rackmuster::tests::IpmiSimulator;
using rackmuster::tests::RedfishService;

namespace {

std::string textOf(const Result<PowerState>& result) {
    return result ? (*result == PowerState::On ? "on" : "off") : message(result.error());
}

/// "on", "off" or the sentence of the error.
std::string outcomeOf(PowerControl& control, PowerAct act) {
    std::optional<std::string> outcome;
    int answers = 0;
    control.perform(act, [&](const Result<PowerState>& result) {
        outcome = textOf(result);
        ++answers;
    });
    if (outcome || !QTest::qWaitFor([&] { return outcome.has_value(); }, 45'000) || answers != 1)
        return "no answer, or not later, or several";
    return *outcome;
}

} // namespace

/// Machines are switched by BMCs that speak the real protocols.
class TestPower : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aMachineIsSwitchedOnByIpmi();
    void ipmiTellsAWrongPasswordFromSilence();
    void aMachineIsSwitchedOnByRedfish();
    void anUnknownCertificateGetsNoPassword();
    void aWrongPasswordIsRefusedByRedfish();
    void whatRedfishDoesNotAllowIsTold();
    void aRedirectIsNotFollowed();
    void anEndlessDocumentIsCut();
    void aBmcThatIsNotThereIsSilent();
    void anActIsGivenUp();

private:
    static Bmc redfish(const RedfishService& service) {
        return {1, "127.0.0.1", service.port(), "", "root", "calvin", BmcKind::Redfish};
    }
    static std::unique_ptr<PowerControl> trusted(const RedfishService& service) {
        return makePowerControl(redfish(service), {{RedfishService::fingerprint().toStdString()}, false});
    }
};

void TestPower::aMachineIsSwitchedOnByIpmi() {
    if (!QFile::exists(QString::fromLatin1(IpmiSimulator::program)))
        QSKIP("ipmi_sim of the package openipmi is not installed");
    IpmiSimulator bmc;
    QVERIFY(bmc.start());
    const auto control =
        makePowerControl({1, "127.0.0.1", bmc.port(), "", "operator", "secret-1", BmcKind::Ipmi}, {});
    QCOMPARE(outcomeOf(*control, PowerAct::Status), std::string("off"));
    QVERIFY(outcomeOf(*control, PowerAct::BootFromNetworkOnce).find("BMC") == std::string::npos);
    QCOMPARE(bmc.chassis(QStringLiteral("boot")), QByteArray("pxe"));
    QCOMPARE(bmc.chassis(QStringLiteral("power")), QByteArray("0"));
    QCOMPARE(outcomeOf(*control, PowerAct::PowerOn), std::string("on"));
    QCOMPARE(bmc.chassis(QStringLiteral("power")), QByteArray("1"));
    QCOMPARE(outcomeOf(*control, PowerAct::Status), std::string("on"));
}

void TestPower::ipmiTellsAWrongPasswordFromSilence() {
    if (!QFile::exists(QString::fromLatin1(IpmiSimulator::program)))
        QSKIP("ipmi_sim of the package openipmi is not installed");
    IpmiSimulator bmc;
    QVERIFY(bmc.start());
    Bmc access{1, "127.0.0.1", bmc.port(), "", "operator", "secret-1", BmcKind::Ipmi};
    QCOMPARE(outcomeOf(*makePowerControl(access, {}), PowerAct::Status), std::string("off"));
    access.password = "mistyped";
    const std::string refused = message({ErrorCode::BmcRefused, "127.0.0.1", {}});
    QCOMPARE(outcomeOf(*makePowerControl(access, {}), PowerAct::Status), refused);
    access.user = "nobody";
    QCOMPARE(outcomeOf(*makePowerControl(access, {}), PowerAct::Status), refused);
    QUdpSocket deaf;
    QVERIFY(deaf.bind(QHostAddress::LocalHost, 0));
    access.port = deaf.localPort();
    QCOMPARE(outcomeOf(*makePowerControl(access, {}), PowerAct::Status),
             message({ErrorCode::BmcSilent, "127.0.0.1", "IPMI"}));
}

void TestPower::aMachineIsSwitchedOnByRedfish() {
    RedfishService service;
    QVERIFY(service.start());
    const auto control = trusted(service);
    QCOMPARE(outcomeOf(*control, PowerAct::Status), std::string("off"));
    QCOMPARE(outcomeOf(*control, PowerAct::BootFromNetworkOnce), std::string("on"));
    QCOMPARE(service.bootTarget, QByteArray("Pxe"));
    QCOMPARE(service.bootEnabled, QByteArray("Once"));
    QVERIFY(!service.isOn);
    QCOMPARE(outcomeOf(*control, PowerAct::PowerOn), std::string("on"));
    QVERIFY(service.isOn);
    const qsizetype before = service.requests.size();
    QCOMPARE(outcomeOf(*control, PowerAct::PowerOn), std::string("on")); // on already: nothing is posted
    QCOMPARE(service.requests.size(), before + 1);
    service.isOn = false;
    service.allowedResets = R"(["PushPowerButton"])";
    QCOMPARE(outcomeOf(*control, PowerAct::PowerOn), std::string("on"));
    QVERIFY(service.requests.last().contains(QStringLiteral("PushPowerButton")));
}

void TestPower::anUnknownCertificateGetsNoPassword() {
    RedfishService service;
    QVERIFY(service.start());
    const auto control = makePowerControl(redfish(service), {{"AA:BB"}, false});
    QCOMPARE(outcomeOf(*control, PowerAct::PowerOn),
             message({ErrorCode::BmcUntrusted, "127.0.0.1", RedfishService::fingerprint().toStdString()}));
    QVERIFY(service.requests.isEmpty());
    const auto toldSo = makePowerControl(redfish(service), {{}, true});
    QCOMPARE(outcomeOf(*toldSo, PowerAct::Status), std::string("off"));
}

void TestPower::aWrongPasswordIsRefusedByRedfish() {
    RedfishService service;
    QVERIFY(service.start());
    Bmc bmc = redfish(service);
    bmc.password = "mistyped";
    const auto control = makePowerControl(bmc, {{}, true});
    QCOMPARE(outcomeOf(*control, PowerAct::PowerOn), message({ErrorCode::BmcRefused, "127.0.0.1", {}}));
}

void TestPower::whatRedfishDoesNotAllowIsTold() {
    RedfishService service;
    QVERIFY(service.start());
    service.allowedResets = R"(["ForceOff"])";
    QCOMPARE(outcomeOf(*trusted(service), PowerAct::PowerOn),
             message({ErrorCode::BmcFailed, "127.0.0.1", "it takes no command that switches on"}));
    Bmc other = redfish(service);
    other.system = "Other";
    QCOMPARE(outcomeOf(*makePowerControl(other, {{}, true}), PowerAct::PowerOn),
             message({ErrorCode::BmcFailed, "127.0.0.1", "it has no system Other"}));
}

void TestPower::aRedirectIsNotFollowed() {
    RedfishService service;
    RedfishService elsewhere;
    QVERIFY(service.start() && elsewhere.start());
    service.redirectTo = "https://127.0.0.1:" + QByteArray::number(elsewhere.port()) + "/redfish/v1/Systems";
    QCOMPARE(outcomeOf(*trusted(service), PowerAct::Status),
             message({ErrorCode::BmcFailed, "127.0.0.1", "HTTP status 302"}));
    QVERIFY(elsewhere.requests.isEmpty());
}

void TestPower::anEndlessDocumentIsCut() {
    RedfishService service;
    QVERIFY(service.start());
    service.sendsForEver = true;
    QCOMPARE(outcomeOf(*trusted(service), PowerAct::Status),
             message({ErrorCode::BmcFailed, "127.0.0.1", "its answer is too long"}));
}

void TestPower::aBmcThatIsNotThereIsSilent() {
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const quint16 port = closed.serverPort();
    closed.close();
    const auto control = makePowerControl({1, "127.0.0.1", port, "", "root", "x", BmcKind::Redfish}, {});
    QCOMPARE(outcomeOf(*control, PowerAct::Status), message({ErrorCode::BmcSilent, "127.0.0.1", "Redfish"}));
}

void TestPower::anActIsGivenUp() {
    RedfishService service;
    QVERIFY(service.start());
    service.isMute = true;
    QUdpSocket deaf;
    QVERIFY(deaf.bind(QHostAddress::LocalHost, 0));
    int answers = 0;
    const auto count = [&answers](const Result<PowerState>&) {
        ++answers;
    };
    auto overRedfish = trusted(service);
    auto overIpmi =
        makePowerControl({1, "127.0.0.1", deaf.localPort(), "", "operator", "x", BmcKind::Ipmi}, {});
    overRedfish->perform(PowerAct::PowerOn, count);
    overIpmi->perform(PowerAct::PowerOn, count);
    QVERIFY(QTest::qWaitFor([&deaf] { return deaf.hasPendingDatagrams(); }, 20'000)); // it is under way
    overRedfish.reset();
    overIpmi.reset();
    QCOMPARE(answers, 0);
}

QTEST_GUILESS_MAIN(TestPower)
#include "tst_Power.moc"
