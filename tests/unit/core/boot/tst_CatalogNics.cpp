#include "core/boot/Catalog.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace rackmuster::tests;

namespace {

/// NIC 1 of the approved machine 2, whose address is the lower one.
Catalog::Contents withOtherNic() {
    auto rackContents = rack();
    rackContents.peers = {{host(202), mac(2)}, {host(201), mac(1)}, {host(203), mac(3)}};
    MachineBoot machine = approvedMachine(2);
    machine.address = host(102);
    MachineBoot nic = machine;
    nic.mac = mac(1);
    nic.owner = mac(2);
    nic.answerFile = std::make_shared<const std::string>("of NIC 1");
    MachineBoot finished = approvedMachine(3);
    finished.disposition = Disposition::LocalDisk;
    finished.ticket = "33333333333333333333333333333333";
    add(rackContents, machine);
    add(rackContents, nic);
    add(rackContents, finished);
    return rackContents;
}

} // namespace

/// R18: several NICs are one machine to whatever they ask for.
class TestCatalogNics : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void otherNicsShareTheTicketOfTheirMachine();
    void otherNicsHaveTheirOwnAnswerFile();
    void theNicThatInstallsSpeaksForItsMachine();
    void theAddressIsTheMachines();
};

// R18: whichever NIC boots gets what the machine is approved for, with its own address as BOOTIF.
void TestCatalogNics::otherNicsShareTheTicketOfTheirMachine() {
    const Catalog catalog(withOtherNic());
    const auto config = catalog.find("m/525400000001/grub/grub.cfg", host(201));
    QCOMPARE(config->role, FileRole::InstallConfig);
    const std::string text = textOf(config);
    QVERIFY(text.find("BOOTIF=" + mac(1).toBootif()) != std::string::npos);
    QVERIFY(text.find(mac(2).toHex()) == std::string::npos);
    QVERIFY(text.find("/t/" + ticket) != std::string::npos);
    QCOMPARE(config->machine, std::optional(mac(1))); // the roster knows whose NIC that is
    for (const std::uint8_t last : std::initializer_list<std::uint8_t>{201, 202, 102}) {
        for (const char* const name : {"answer", "post", "done"}) {
            const auto file = catalog.find("t/" + ticket + '/' + name, host(last));
            QVERIFY(file && !file->needsItsCard);
            QCOMPARE(file->machine, std::optional(mac(2)));
        }
    }
    const auto unknown = catalog.find("t/" + ticket + "/answer", host(77));
    QVERIFY(unknown && unknown->needsItsCard);
    QCOMPARE(unknown->otherCards, std::vector{mac(1)});
    QVERIFY(catalog.find("t/" + ticket + "/answer", host(203))->needsItsCard); // another machine's
}

void TestCatalogNics::otherNicsHaveTheirOwnAnswerFile() {
    auto rackContents = withOtherNic();
    QCOMPARE(textOf(Catalog(rackContents).find("t/" + ticket + "/answer", host(201))),
             std::string("of NIC 1"));
    QVERIFY(textOf(Catalog(rackContents).find("t/" + ticket + "/answer", host(202))) != "of NIC 1");
    // R41: when the ticket gives none any more, no NIC does.
    MachineBoot machine = approvedMachine(2);
    machine.answerFile.reset();
    add(rackContents, machine);
    machine.mac = mac(1);
    machine.owner = mac(2);
    add(rackContents, machine);
    QVERIFY(!Catalog(rackContents).find("t/" + ticket + "/answer", host(201)));
}

void TestCatalogNics::theNicThatInstallsSpeaksForItsMachine() {
    auto rackContents = withOtherNic();
    MachineBoot machine = approvedMachine(2); // its own NIC is parked, and the address is at the other one
    machine.disposition = Disposition::Parked;
    machine.answerFile.reset();
    add(rackContents, machine);
    const Catalog catalog(rackContents);
    for (const std::uint8_t last : std::initializer_list<std::uint8_t>{201, 202, 102}) {
        QCOMPARE(textOf(catalog.find("t/" + ticket + "/answer", host(last))), std::string("of NIC 1"));
        for (const char* const report : {"post", "done"})
            QVERIFY(catalog.find("t/" + ticket + '/' + report, host(last)));
    }
    QCOMPARE(catalog.fixedHolder(host(102)), std::optional(mac(2)));
    QVERIFY(textOf(catalog.find("m/525400000002/grub/grub.cfg", host(202))).find("vmlinuz") ==
            std::string::npos);
}

void TestCatalogNics::theAddressIsTheMachines() {
    const Catalog catalog(withOtherNic());
    QCOMPARE(catalog.fixedHolder(host(102)), std::optional(mac(2)));
    QCOMPARE(catalog.machineOfNic(mac(1)), mac(2));
    QCOMPARE(catalog.machineOfNic(mac(2)), mac(2));
    QCOMPARE(catalog.machineOfNic(mac(99)), mac(99));
}

QTEST_APPLESS_MAIN(TestCatalogNics)
#include "tst_CatalogNics.moc"
