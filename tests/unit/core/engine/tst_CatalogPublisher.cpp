#include "core/engine/CatalogPublisher.h"

#include <QTest>

using namespace rackmuster;
using engine::CatalogPublisher;

namespace {

const MacAddress first = *MacAddress::parse("52:54:00:00:00:01");
const MacAddress second = *MacAddress::parse("52:54:00:00:00:02");

std::shared_ptr<const boot::MachineBoot> machine(MacAddress mac, boot::Disposition disposition) {
    auto out = std::make_shared<boot::MachineBoot>(boot::MachineBoot{.mac = mac});
    out->disposition = disposition;
    if (disposition == boot::Disposition::Install) {
        out->isApproved = true;
        out->ticket = std::string(20, 'a') + mac.toHex();
        out->answerFile = std::make_shared<const std::string>("text");
    }
    return out;
}

boot::Disposition dispositionOf(const CatalogPublisher& publisher, MacAddress mac) {
    return publisher.published()->get()->machine(mac)->disposition;
}

} // namespace

class CatalogPublisherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A loader that forgot its directory is known by its address alone; the next holder is another machine.
    void aMachineIsKnownByItsNewestAddressOnly() {
        CatalogPublisher publisher({});
        publisher.setServer({.address = Ipv4Address(10, 0, 0, 1)}, {});
        publisher.setMachine(machine(first, boot::Disposition::LocalDisk));
        publisher.setPeer(Ipv4Address(10, 0, 0, 200), first);
        publisher.publish();
        QVERIFY(publisher.published()->get()->find("grub/grub.cfg", Ipv4Address(10, 0, 0, 200)));
        publisher.setPeer(Ipv4Address(10, 0, 0, 11), first);
        publisher.publish();
        QVERIFY(!publisher.published()->get()->find("grub/grub.cfg", Ipv4Address(10, 0, 0, 200)));
        QVERIFY(publisher.published()->get()->find("grub/grub.cfg", Ipv4Address(10, 0, 0, 11)));
    }

    void withoutADiskInstallationsEndButNoneBegins() {
        CatalogPublisher publisher({});
        publisher.setMachine(machine(first, boot::Disposition::Install));
        publisher.setMachine(machine(second, boot::Disposition::Parked));
        publisher.publish();

        publisher.setMachine(machine(second, boot::Disposition::Install));
        publisher.publishWithoutNewInstallations();
        QCOMPARE(dispositionOf(publisher, first), boot::Disposition::Install); // it goes on
        QCOMPARE(dispositionOf(publisher, second), boot::Disposition::Parked);
        QVERIFY(publisher.published()->get()->machine(second)->ticket.empty());

        publisher.setMachine(machine(first, boot::Disposition::LocalDisk)); // done
        publisher.publishWithoutNewInstallations();
        QCOMPARE(dispositionOf(publisher, first), boot::Disposition::LocalDisk);

        publisher.publish(); // the disk is back
        QCOMPARE(dispositionOf(publisher, second), boot::Disposition::Install);
    }
};

QTEST_GUILESS_MAIN(CatalogPublisherTest)
#include "tst_CatalogPublisher.moc"
