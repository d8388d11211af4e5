#include "core/power/RedfishDocuments.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::power;

namespace {

QByteArray systems(const QByteArray& paths) {
    QByteArray members;
    for (const QByteArray& path : paths.split(' '))
        members += (members.isEmpty() ? "" : ",") + QByteArray(R"({"@odata.id":")") + path + "\"}";
    return R"({"Members":[)" + members + "]}";
}

QByteArray system(const QByteArray& allowed, const QByteArray& state = "Off") {
    return R"({"PowerState":")" + state +
           R"(","Actions":{"#ComputerSystem.Reset":{"target":"/redfish/v1/Systems/1/Actions/ComputerSystem.Reset")" +
           (allowed.isEmpty() ? "" : R"(,"ResetType@Redfish.AllowableValues":)" + allowed) + "}}}";
}

} // namespace

class TestRedfishDocuments : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theOnlySystemIsFound();
    void oneOfSeveralMustBeNamed();
    void aPathElsewhereIsNotFollowed();
    void theWayToSwitchOnIsChosenFromWhatIsAllowed();
    void aSystemThatCannotStartFromTheNetworkIsTold();
    void otherBytesAreNoDocument();
    void theReasonOfAnErrorIsTold();
};

void TestRedfishDocuments::theOnlySystemIsFound() {
    QCOMPARE(*readSystems(systems("/redfish/v1/Systems/1"), {}, "h"),
             QStringLiteral("/redfish/v1/Systems/1"));
}

void TestRedfishDocuments::oneOfSeveralMustBeNamed() {
    const QByteArray two = systems("/redfish/v1/Systems/A /redfish/v1/Systems/B/");
    QCOMPARE(readSystems(two, {}, "h").error().code, ErrorCode::BmcFailed);
    QCOMPARE(*readSystems(two, QStringLiteral("B"), "h"), QStringLiteral("/redfish/v1/Systems/B/"));
    QCOMPARE(readSystems(two, QStringLiteral("C"), "h").error().detail, std::string("it has no system C"));
}

void TestRedfishDocuments::aPathElsewhereIsNotFollowed() {
    for (const char* const path : {"//evil/redfish/v1", "https://evil/redfish/", "/redfish/../x", "/other"})
        QVERIFY(!readSystems(systems(path), {}, "h"));
    const auto elsewhere = readSystem(
        R"({"PowerState":"Off","Actions":{"#ComputerSystem.Reset":{"target":"//evil/redfish/"}}})", "h");
    QVERIFY(elsewhere && elsewhere->resetType.isEmpty());
}

void TestRedfishDocuments::theWayToSwitchOnIsChosenFromWhatIsAllowed() {
    const auto type = [](const QByteArray& allowed) {
        return readSystem(system(allowed), "h")->resetType;
    };
    QCOMPARE(type(R"(["ForceOff","On"])"), QStringLiteral("On"));
    QCOMPARE(type(R"(["PushPowerButton","ForceOn"])"), QStringLiteral("ForceOn"));
    QCOMPARE(type(R"(["PushPowerButton"])"), QStringLiteral("PushPowerButton"));
    QCOMPARE(type(R"(["ForceOff"])"), QString());
    QCOMPARE(type(QByteArray()), QStringLiteral("On"));
    QVERIFY(readSystem(system(QByteArray(), "PoweringOn"), "h")->state == PowerState::On);
    QVERIFY(!readSystem(system(QByteArray(), "Odd"), "h"));
}

void TestRedfishDocuments::aSystemThatCannotStartFromTheNetworkIsTold() {
    QVERIFY(readSystem(system(QByteArray()), "h")->bootsFromNetwork); // it does not say
    const auto only = [](const char* target) {
        return QByteArray(
                   R"({"PowerState":"Off","Boot":{"BootSourceOverrideTarget@Redfish.AllowableValues":[")") +
               target + R"("]}})";
    };
    QVERIFY(!readSystem(only("Cd"), "h")->bootsFromNetwork);
    QVERIFY(readSystem(only("Pxe"), "h")->bootsFromNetwork);
}

void TestRedfishDocuments::otherBytesAreNoDocument() {
    for (const char* const bytes : {"", "[]", "<html>", "{", "{\"Members\":7}"}) {
        QVERIFY(!readSystems(bytes, {}, "h"));
        QVERIFY(!readSystem(bytes, "h"));
    }
}

void TestRedfishDocuments::theReasonOfAnErrorIsTold() {
    QCOMPARE(
        readRedfishError(
            R"({"error":{"message":"General.","@Message.ExtendedInfo":[{"Message":"No\u0007 licence."}]}})"),
        std::string("No licence"));
    QCOMPARE(readRedfishError(R"({"error":{"message":"General."}})"), std::string("General"));
    QCOMPARE(readRedfishError("x"), std::string());
}

QTEST_APPLESS_MAIN(TestRedfishDocuments)
#include "tst_RedfishDocuments.moc"
