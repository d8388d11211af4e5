#include "core/boot/PxeClient.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;
using wire::DhcpMessage;
using wire::DhcpOption;
using wire::DhcpType;

class TestPxeClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryArchitecture_data();
    void readsEveryArchitecture();
    void takesTheFirstKnownArchitecture();
    void readsTheVendorClassOfOldRoms();
    void needsTheVendorClassToBeACandidate();
    void tellsHttpBootFromPxe();
    void knowsIpxeByAnyOfItsMarks_data();
    void knowsIpxeByAnyOfItsMarks();
    void wordsAreUniqueAndReadBack();
};

void TestPxeClient::readsEveryArchitecture_data() {
    QTest::addColumn<int>("arch");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](int arch, const char* word) {
        QTest::addRow("%d", arch) << arch << QByteArray(word);
    };
    row(0, "bios");
    row(6, "uefi-ia32");
    row(7, "uefi-x64");
    row(9, "uefi-x64"); // RFC 4578 erratum
    row(11, "uefi-arm64");
    row(15, "uefi-ia32");
    row(16, "uefi-x64");
    row(17, "uefi-x64");
    row(19, "uefi-arm64");
    row(10, "unknown");
    row(25, "unknown");
    row(0x0700, "unknown");
}

// P21
void TestPxeClient::readsEveryArchitecture() {
    QFETCH(int, arch);
    QFETCH(QByteArray, word);
    const PxeClient client =
        classify(pxeMessage(DhcpType::Discover, mac(1), static_cast<std::uint16_t>(arch)));
    QCOMPARE(client.kind, ClientKind::PxeFirmware);
    QCOMPARE(toWord(client.firmware), std::string_view(word.constData()));
}

// P17
void TestPxeClient::takesTheFirstKnownArchitecture() {
    DhcpMessage message = pxeMessage(DhcpType::Discover, mac(1));
    message.set(DhcpOption::ClientArch, Bytes(std::array<std::uint8_t, 6>{0, 1, 0, 7, 0, 0}));
    QCOMPARE(classify(message).firmware, Firmware::UefiX64);
    message.set(DhcpOption::ClientArch, Bytes(std::array<std::uint8_t, 3>{0, 1, 0}));
    QCOMPARE(classify(message).firmware, Firmware::Unknown);
    message.set(DhcpOption::ClientArch, Bytes());
    QCOMPARE(classify(message).firmware, Firmware::Unknown);
}

void TestPxeClient::readsTheVendorClassOfOldRoms() {
    DhcpMessage message = plainMessage(DhcpType::Discover, mac(1));
    message.set(DhcpOption::VendorClass, std::string_view("PXEClient:Arch:00007:UNDI:003016"));
    QCOMPARE(classify(message).firmware, Firmware::UefiX64);
    for (const char* const text : {"PXEClient", "PXEClient:Arch:", "PXEClient:Arch:0000",
                                   "PXEClient:Arch:xxxxx", "PXEClient:Arch:99999"}) {
        message.set(DhcpOption::VendorClass, std::string_view(text));
        QCOMPARE(classify(message), (PxeClient{ClientKind::PxeFirmware, Firmware::Unknown}));
    }
}

// P20
void TestPxeClient::needsTheVendorClassToBeACandidate() {
    QCOMPARE(classify(plainMessage(DhcpType::Discover, mac(1))), PxeClient());
    DhcpMessage message = ipxeMessage(DhcpType::Discover, mac(1));
    for (const char* const text : {"", "PXEClien", "pxeclient", "android-dhcp-14", "MSFT 5.0"}) {
        message.set(DhcpOption::VendorClass, std::string_view(text));
        QCOMPARE(classify(message), PxeClient());
    }
}

// P51
void TestPxeClient::tellsHttpBootFromPxe() {
    QCOMPARE(classify(httpMessage(DhcpType::Discover, mac(1))),
             (PxeClient{ClientKind::HttpFirmware, Firmware::UefiX64}));
    QCOMPARE(classify(pxeMessage(DhcpType::Discover, mac(1), 7)),
             (PxeClient{ClientKind::PxeFirmware, Firmware::UefiX64}));
}

void TestPxeClient::knowsIpxeByAnyOfItsMarks_data() {
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isIpxe");
    QTest::newRow("raw user class") << 77 << QByteArray("iPXE") << true;
    QTest::newRow("RFC 3004 user class") << 77 << QByteArray("\x04iPXE") << true;
    QTest::newRow("second RFC 3004 user class") << 77
                                                << QByteArray("\x03"
                                                              "foo\x04iPXE")
                                                << true;
    QTest::newRow("iPXE option") << 175 << QByteArray("\xB1\x01\x01") << true;
    QTest::newRow("iPXE option asked for") << 55 << QByteArray("\x01\x03\xAF") << true;
    QTest::newRow("other user class") << 77 << QByteArray("gPXE") << false;
    QTest::newRow("broken user class") << 77 << QByteArray("\xFFiPXE") << false;
    QTest::newRow("empty user class") << 77 << QByteArray() << false;
    QTest::newRow("parameters without it") << 55 << QByteArray("\x01\x03\x06") << false;
}

// P16, P40
void TestPxeClient::knowsIpxeByAnyOfItsMarks() {
    QFETCH(int, code);
    QFETCH(QByteArray, value);
    QFETCH(bool, isIpxe);
    DhcpMessage message = pxeMessage(DhcpType::Discover, mac(1));
    message.set(static_cast<DhcpOption>(code),
                std::string_view(value.constData(), static_cast<std::size_t>(value.size())));
    QCOMPARE(classify(message).kind == ClientKind::Ipxe, isIpxe);
    QCOMPARE(classify(message).firmware, Firmware::Bios);
}

void TestPxeClient::wordsAreUniqueAndReadBack() {
    for (const Firmware firmware :
         {Firmware::Unknown, Firmware::Bios, Firmware::UefiIa32, Firmware::UefiX64, Firmware::UefiArm64})
        QCOMPARE(*firmwareFromWord(toWord(firmware)), firmware);
    QVERIFY(!firmwareFromWord("BIOS").has_value());
    QVERIFY(!firmwareFromWord("").has_value());
}

QTEST_APPLESS_MAIN(TestPxeClient)
#include "tst_PxeClient.moc"
