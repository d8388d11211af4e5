#include "core/net/HelperProtocol.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::net;

class HelperProtocolTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requestComesBackAsItWas();
    void replyComesBackAsItWas();
    void errorComesBackAsItWas_data();
    void errorComesBackAsItWas();
    void refusesEveryOtherSizeOfRequest();
    void refusesForbiddenPorts_data();
    void refusesForbiddenPorts();
    void refusesHostileInterfaceNames_data();
    void refusesHostileInterfaceNames();
    void refusesUnknownVerbAndVersion();
    void foreignErrorCodeIsSentAsHelperFailed();
    void longTextsAreCut();
};

namespace {

const HelperRequest good{"enp3s0", 8080, true};

/// `good` with some bytes overwritten.
std::vector<std::uint8_t> changed(std::size_t position, const std::vector<std::uint8_t>& bytes) {
    auto message = encodeHelperRequest(good);
    std::copy(bytes.begin(), bytes.end(), message.begin() + static_cast<std::ptrdiff_t>(position));
    return message;
}

constexpr std::size_t interfaceOffset = 10;

} // namespace

void HelperProtocolTest::requestComesBackAsItWas() {
    for (const HelperRequest& request : {good, HelperRequest{"fifteenletters1", 80, false}}) {
        const auto message = encodeHelperRequest(request);
        QCOMPARE(message.size(), HelperRequest::size);
        const auto decoded = decodeHelperRequest(message);
        QVERIFY(decoded.has_value());
        QVERIFY(*decoded == request);
    }
}

void HelperProtocolTest::replyComesBackAsItWas() {
    const HelperReply reply{std::nullopt, 42, true, true};
    const auto message = encodeHelperReply(reply);
    QCOMPARE(message.size(), HelperReply::size);
    const auto decoded = decodeHelperReply(message);
    QVERIFY(decoded.has_value());
    QVERIFY(*decoded == reply);
}

void HelperProtocolTest::errorComesBackAsItWas_data() {
    QTest::addColumn<int>("code");
    QTest::newRow("helper") << int(ErrorCode::HelperFailed);
    QTest::newRow("interface") << int(ErrorCode::NoSuchInterface);
    QTest::newRow("address") << int(ErrorCode::NoAddress);
    QTest::newRow("port") << int(ErrorCode::PortInUse);
    QTest::newRow("privilege") << int(ErrorCode::NoPrivilege);
}

void HelperProtocolTest::errorComesBackAsItWas() {
    QFETCH(int, code);
    const Error error{static_cast<ErrorCode>(code), "67", "dnsmasq (process 812)"};
    const auto decoded = decodeHelperReply(encodeHelperReply({error, 0, false}));
    QVERIFY(decoded.has_value());
    QVERIFY(decoded->error == error);
}

void HelperProtocolTest::refusesEveryOtherSizeOfRequest() {
    auto message = encodeHelperRequest(good);
    for (std::size_t size = 0; size < message.size(); ++size)
        QVERIFY(!decodeHelperRequest(Bytes(message).first(size)));
    message.push_back(0);
    QVERIFY(!decodeHelperRequest(message));
}

void HelperProtocolTest::refusesForbiddenPorts_data() {
    QTest::addColumn<int>("port");
    QTest::addColumn<bool>("isForHttp");
    QTest::addColumn<bool>("isForSyslog");
    for (const int port : {22, 67, 79, 81, 443, 1023})
        QTest::addRow("%d", port) << port << false << false;
    for (const int port : {1024, 8080, 65535})
        QTest::addRow("%d", port) << port << true << true;
    QTest::newRow("80") << 80 << true << false;
    QTest::newRow("514") << 514 << false << true;
    QTest::newRow("none") << 0 << false << true;
}

void HelperProtocolTest::refusesForbiddenPorts() {
    QFETCH(int, port);
    QFETCH(bool, isForHttp);
    QFETCH(bool, isForSyslog);
    HelperRequest request = good;
    request.httpPort = static_cast<std::uint16_t>(port);
    QCOMPARE(decodeHelperRequest(encodeHelperRequest(request)).has_value(), isForHttp);
    request = good;
    request.syslogPort = static_cast<std::uint16_t>(port);
    QCOMPARE(decodeHelperRequest(encodeHelperRequest(request)).has_value(), isForSyslog);
}

void HelperProtocolTest::refusesHostileInterfaceNames_data() {
    QTest::addColumn<QByteArray>("field");
    QTest::newRow("empty") << QByteArray(16, '\0');
    QTest::newRow("no NUL") << QByteArray(16, 'x');
    QTest::newRow("bytes after the NUL") << QByteArray("eth0\0x\0\0\0\0\0\0\0\0\0\0", 16);
    QTest::newRow("control character") << QByteArray("eth\n0\0\0\0\0\0\0\0\0\0\0\0", 16);
    QTest::newRow("escape") << QByteArray("\x1b[0m\0\0\0\0\0\0\0\0\0\0\0\0", 16);
}

void HelperProtocolTest::refusesHostileInterfaceNames() {
    QFETCH(QByteArray, field);
    QCOMPARE(field.size(), 16);
    QVERIFY(!decodeHelperRequest(changed(interfaceOffset, {field.begin(), field.end()})));
}

void HelperProtocolTest::refusesUnknownVerbAndVersion() {
    QVERIFY(decodeHelperRequest(changed(0, {'R', 'M', 'H', '2'})));
    QVERIFY(!decodeHelperRequest(changed(0, {'R', 'M', 'H', '1'})));
    QVERIFY(!decodeHelperRequest(changed(4, {2})));
    QVERIFY(!decodeHelperRequest(changed(5, {2})));
}

void HelperProtocolTest::foreignErrorCodeIsSentAsHelperFailed() {
    const auto decoded =
        decodeHelperReply(encodeHelperReply({Error{ErrorCode::System, "pipe2", "x"}, 0, false}));
    QVERIFY(decoded.has_value() && decoded->error);
    QVERIFY(decoded->error->code == ErrorCode::HelperFailed);
    QCOMPARE(decoded->error->subject, std::string("pipe2"));
}

void HelperProtocolTest::longTextsAreCut() {
    const Error error{ErrorCode::HelperFailed, std::string(500, 's'), std::string(500, 'd')};
    const auto message = encodeHelperReply({error, 0, false});
    QCOMPARE(message.size(), HelperReply::size);
    const auto decoded = decodeHelperReply(message);
    QVERIFY(decoded.has_value() && decoded->error);
    QCOMPARE(decoded->error->subject, std::string(63, 's'));
    QCOMPARE(decoded->error->detail, std::string(191, 'd'));
}

QTEST_APPLESS_MAIN(HelperProtocolTest)
#include "tst_HelperProtocol.moc"
