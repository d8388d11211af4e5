#include "core/engine/Observations.h"

#include <QTest>

using namespace rackmuster;

namespace {

const MacAddress mac = *MacAddress::parse("52:54:00:12:34:56");

net::FileServed served(boot::FileRole role, bool isComplete) {
    return {net::Protocol::Http, "m/525400123456/vmlinuz", Ipv4Address(10, 0, 0, 5), mac, role, 4096,
            isComplete};
}

} // namespace

class ObservationsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aKernelHandedOverWholeIsTheKernelStage() {
        const auto meaning = engine::translate(served(boot::FileRole::Kernel, true), WallTime());
        QCOMPARE(meaning.observations.size(), std::size_t(1));
        QCOMPARE(std::get<roster::Reached>(meaning.observations.front()).stage, roster::Stage::Kernel);
        QCOMPARE(meaning.event->name, QStringLiteral("kernel"));
        QCOMPARE(meaning.event->facts.value(QStringLiteral("bytes")).toInteger(), qint64(4096));
    }

    void theLastFileOfAnEntrySpendsItsTicket() {
        const auto spends = [](const net::FileServed& file) {
            const auto meaning = engine::translate(file, WallTime());
            return std::get<roster::Reached>(meaning.observations.front()).spendsTicket;
        };
        net::FileServed initrd = served(boot::FileRole::Initrd, true);
        QVERIFY(!spends(initrd));
        initrd.spendsTicket = true;
        QVERIFY(spends(initrd));
        initrd.isComplete = false; // what did not arrive starts nothing
        QVERIFY(engine::translate(initrd, WallTime()).observations.empty());
    }

    void aBrokenOffTransferMovesNoMachine() {
        const auto meaning = engine::translate(served(boot::FileRole::Kernel, false), WallTime());
        QVERIFY(meaning.observations.empty());
        QVERIFY(!meaning.event);
    }

    void aParkedConfigurationIsToldOnce() {
        QVERIFY(engine::translate(served(boot::FileRole::ParkedConfig, true), WallTime()).isToldOnce);
    }

    void aDiscoverTellsThePortThatItCameInBy() {
        net::PxeDiscover discover{mac, WallTime(), {}, std::nullopt};
        QVERIFY(!engine::translate(discover, WallTime()).circuitId);
        discover.relayInformation = {1, 3, 'x', 'e', '7'};
        const auto meaning = engine::translate(discover, WallTime());
        QCOMPARE(meaning.circuitId, std::optional<std::string>("xe7"));
        QCOMPARE(meaning.event->facts.value(QStringLiteral("circuit")).toString(), QStringLiteral("xe7"));
        discover.relayInformation = {1, 9, 'x'}; // broken
        QVERIFY(!engine::translate(discover, WallTime()).circuitId);
        QCOMPARE(engine::translate(discover, WallTime()).observations.size(), std::size_t(1));
    }

    void everyReportKindHasItsEventName() {
        const auto name = [](const net::ServerEvent& event) {
            return engine::translate(event, WallTime()).event.value_or(engine::EngineEvent{}).name;
        };
        QCOMPARE(name(net::PxeDiscover{mac, WallTime(), {}, std::nullopt}), QStringLiteral("seen"));
        QCOMPARE(name(net::DhcpOffered{mac, Ipv4Address(1, 2, 3, 4), "x"}), QStringLiteral("offered"));
        QCOMPARE(name(net::DhcpLeased{mac, Ipv4Address(1, 2, 3, 4), {}, 1}), QStringLiteral("leased"));
        QCOMPARE(name(net::ForeignDhcp{Ipv4Address(1, 2, 3, 4), mac}), QStringLiteral("foreign-dhcp"));
        QCOMPARE(name(net::Rejected{"why", "who"}), QStringLiteral("rejected"));
        QCOMPARE(name(net::ServiceFailed{"dhcp", {}}), QStringLiteral("diagnosis"));
        QCOMPARE(name(served(boot::FileRole::DoneReport, true)), QStringLiteral("done"));
        QCOMPARE(name(served(boot::FileRole::LocalConfig, true)), QStringLiteral("localboot"));
    }
};

QTEST_GUILESS_MAIN(ObservationsTest)
#include "tst_Observations.moc"
