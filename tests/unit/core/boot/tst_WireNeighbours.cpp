#include "core/boot/WireNeighbours.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::boot;
using namespace std::chrono_literals;

namespace {

using Certainty = NeighbourSighting::Certainty;

constexpr Instant start{std::chrono::hours(1)};
constexpr WallTime morning{std::chrono::hours(24 * 365 * 56)};

MacAddress macOf(unsigned number) {
    return MacAddress({0x02, 0, 0, static_cast<std::uint8_t>(number >> 16U),
                       static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)});
}

NeighbourSighting client(unsigned number) {
    NeighbourSighting sighting;
    sighting.mac = macOf(number);
    sighting.time = morning;
    return sighting;
}

NeighbourSighting switchAt(unsigned number, const char* port, bool isLldp = true) {
    NeighbourSighting sighting = client(number);
    sighting.kind = NeighbourKind::Switch;
    sighting.certainty = Certainty::Announced;
    sighting.name = "core-sw1";
    sighting.port = {isLldp, "core-sw1", port, std::uint16_t(20), 120s};
    return sighting;
}

NeighbourSighting tree(unsigned number) {
    NeighbourSighting sighting = client(number);
    sighting.kind = NeighbourKind::Switch;
    sighting.certainty = Certainty::Known;
    sighting.tree = {{SpanningTree::Protocol::Rstp, macOf(7), macOf(8), 15s}, 20s};
    return sighting;
}

/// What it tells a moment later, when nothing holds it back.
WirePicture pictureOf(WireNeighbours& neighbours, Instant now) {
    const auto picture = neighbours.takeChange(now);
    return picture.value_or(WirePicture{});
}

} // namespace

class TestWireNeighbours : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsWhoWasHeardAndHowOften() {
        WireNeighbours neighbours;
        neighbours.hear(client(1), start);
        NeighbourSighting again = client(1);
        again.time = morning + 5s;
        again.address = Ipv4Address(10, 0, 0, 9);
        again.vlan = {std::uint16_t(100), std::uint16_t(20)};
        neighbours.hear(again, start + 5s);
        const WirePicture picture = pictureOf(neighbours, start + 5s);
        QCOMPARE(picture.neighbours.size(), std::size_t(1));
        const Neighbour& one = picture.neighbours.front();
        QCOMPARE(one.count, std::uint64_t(2));
        QVERIFY(one.firstHeard == morning && one.lastHeard == morning + 5s);
        QVERIFY(one.address == Ipv4Address(10, 0, 0, 9));
        QVERIFY(one.vlan == again.vlan);
        QCOMPARE(picture.taggedVlans, std::vector<std::uint16_t>{100});
    }

    void whatIsAnnouncedCountsMoreThanWhatIsGuessed() {
        WireNeighbours neighbours;
        NeighbourSighting guess = client(1);
        guess.kind = NeighbourKind::Computer;
        guess.name = "unknown-host";
        neighbours.hear(guess, start);
        neighbours.hear(switchAt(1, "12"), start);
        neighbours.hear(guess, start);
        neighbours.hear(tree(1), start);
        const Neighbour one = pictureOf(neighbours, start).neighbours.front();
        QVERIFY(one.kind == NeighbourKind::Switch);
        QCOMPARE(one.name, std::string("core-sw1"));
        QCOMPARE(one.count, std::uint64_t(4));
    }

    void whatIsNotSaidAgainIsKept() {
        WireNeighbours neighbours;
        NeighbourSighting first = client(1);
        first.name = "idrac-1";
        first.kind = NeighbourKind::ManagementController;
        first.isDhcpServer = true;
        neighbours.hear(first, start);
        neighbours.hear(client(1), start);
        const Neighbour one = pictureOf(neighbours, start).neighbours.front();
        QCOMPARE(one.name, first.name);
        QVERIFY(one.kind == first.kind && one.isDhcpServer);
    }

    // product.md: what boots from the network is the roster's
    void aMachineOfTheRackIsNoNeighbour() {
        WireNeighbours neighbours;
        neighbours.hear(client(1), start);
        neighbours.noteMachine(macOf(1), start);
        neighbours.hear(client(1), start + 1s); // its installer
        QVERIFY(pictureOf(neighbours, start + 1s).neighbours.empty());
    }

    void groupAddressesAreNobody() {
        WireNeighbours neighbours;
        NeighbourSighting group = client(1);
        group.mac = MacAddress({0x01, 0x80, 0xC2, 0, 0, 0x0E});
        neighbours.hear(group, start);
        QVERIFY(!neighbours.takeChange(start));
        QVERIFY(!neighbours.next());
    }

    void anAddressIsNotedOfWhoIsKnown() {
        WireNeighbours neighbours;
        neighbours.hear(client(1), start);
        neighbours.noteAddress(macOf(1), Ipv4Address(10, 0, 0, 9), start);
        neighbours.noteAddress(macOf(1), Ipv4Address(), start); // a probe says nothing
        neighbours.noteAddress(macOf(2), Ipv4Address(10, 0, 0, 8), start);
        const WirePicture picture = pictureOf(neighbours, start);
        QCOMPARE(picture.neighbours.size(), std::size_t(1));
        QVERIFY(picture.neighbours.front().address == Ipv4Address(10, 0, 0, 9));
    }

    // R59, R07
    void aFloodCannotGrowIt() {
        WireNeighbours neighbours;
        for (unsigned i = 0; i < 100'000; ++i) {
            NeighbourSighting each = switchAt(i, "12");
            each.vlan.outer = static_cast<std::uint16_t>(i % 4094 + 1);
            neighbours.hear(each, start + std::chrono::milliseconds(i));
            neighbours.noteMachine(macOf(1'000'000 + i), start);
        }
        const WirePicture picture = pictureOf(neighbours, start + 100s);
        QCOMPARE(picture.neighbours.size(), WireNeighbours::limit);
        QVERIFY(picture.switchPorts.size() <= WireNeighbours::mostPorts);
        QCOMPARE(picture.taggedVlans.size(), WireNeighbours::mostVlans);
        // 64 in each of ten windows came in, the newest of them are there
        QVERIFY(picture.neighbours.front().mac >= macOf(80'000));
    }

    void aFloodLetsSlowlyIn() {
        WireNeighbours neighbours;
        for (unsigned i = 0; i < 1000; ++i)
            neighbours.hear(client(i), start);
        QCOMPARE(pictureOf(neighbours, start).neighbours.size(), WireNeighbours::mostNewcomers);
        neighbours.hear(client(999), start + WireNeighbours::newcomerWindow);
        QCOMPARE(pictureOf(neighbours, start + WireNeighbours::newcomerWindow).neighbours.size(),
                 WireNeighbours::mostNewcomers + 1);
    }

    void theOneThatWasSilentLongestGoes() {
        WireNeighbours neighbours;
        Instant now = start;
        for (unsigned i = 0; i < WireNeighbours::limit; ++i)
            neighbours.hear(client(i), now += 1s);
        neighbours.hear(client(0), now += 1s);
        neighbours.hear(client(5000), now += 1s);
        const auto picture = pictureOf(neighbours, now);
        const auto has = [&picture](unsigned number) {
            return std::ranges::any_of(picture.neighbours,
                                       [number](const Neighbour& each) { return each.mac == macOf(number); });
        };
        QVERIFY(has(0) && !has(1) && has(2) && has(5000));
    }

    void theSwitchPortIsWhatLldpSays() {
        WireNeighbours neighbours;
        neighbours.hear(switchAt(1, "Gi1/0/12", false), start);
        neighbours.hear(switchAt(1, "12"), start);
        NeighbourSighting cdp = switchAt(1, "Gi1/0/12", false);
        neighbours.hear(cdp, start);
        const auto ports = pictureOf(neighbours, start).switchPorts;
        QCOMPARE(ports, (std::vector<SwitchPort>{{macOf(1), "core-sw1", "12", std::uint16_t(20)}}));
    }

    void aPortThatIsNotAnnouncedAgainIsForgotten() {
        WireNeighbours neighbours;
        neighbours.hear(switchAt(1, "12"), start);
        QVERIFY(neighbours.takeChange(start));
        QVERIFY(neighbours.next() == start + 120s);
        QVERIFY(!neighbours.takeChange(start + 119s));
        const auto later = neighbours.takeChange(start + 120s);
        QVERIFY(later && later->switchPorts.empty());
        QCOMPARE(later->neighbours.size(), std::size_t(1)); // it was there
        QVERIFY(!neighbours.next());
    }

    void aGoodbyeTakesThePortAway() {
        WireNeighbours neighbours;
        neighbours.hear(switchAt(1, "12"), start);
        NeighbourSighting bye = switchAt(1, "12");
        bye.port->timeToLive = 0s;
        neighbours.hear(bye, start + 1s);
        QVERIFY(pictureOf(neighbours, start + 1s).switchPorts.empty());
    }

    void aCableThatIsMovedLeadsToTheOtherPortAtOnce() {
        WireNeighbours neighbours;
        neighbours.hear(switchAt(1, "12"), start);
        neighbours.hear(switchAt(2, "13"), start + 10s);
        const auto ports = pictureOf(neighbours, start + 10s).switchPorts;
        QCOMPARE(ports.size(), std::size_t(1));
        QCOMPARE(ports.front().port, std::string("13"));
    }

    void twoThatSpeakInTurnAreBothThere() {
        WireNeighbours neighbours;
        for (int i = 0; i < 2; ++i) {
            neighbours.hear(switchAt(1, "12"), start + std::chrono::seconds(30 * i));
            neighbours.hear(switchAt(2, "13"), start + std::chrono::seconds(30 * i + 10));
        }
        QCOMPARE(pictureOf(neighbours, start + 40s).switchPorts.size(), std::size_t(2));
    }

    void theSpanningTreeIsForgottenWhenNoBpduComes() {
        WireNeighbours neighbours;
        neighbours.hear(tree(1), start);
        QVERIFY(pictureOf(neighbours, start).spanningTree->forwardDelay == 15s);
        QVERIFY(neighbours.next() == start + 20s);
        QVERIFY(!pictureOf(neighbours, start + 20s).spanningTree);
    }

    void tellsAtMostFourTimesASecond() {
        WireNeighbours neighbours;
        int told = 0;
        for (unsigned i = 0; i < 10'000; ++i) { // ten a millisecond
            const Instant now = start + std::chrono::microseconds(100 * i);
            neighbours.hear(client(i % 50), now);
            told += neighbours.takeChange(now) ? 1 : 0;
        }
        QCOMPARE(told, 4);
        // and what came last is told in the end
        const auto next = neighbours.next();
        QVERIFY(next == start + 4 * WireNeighbours::interval);
        const auto last = neighbours.takeChange(*next);
        QVERIFY(last.has_value());
        std::uint64_t count = 0;
        for (const Neighbour& each : last->neighbours)
            count += each.count;
        QCOMPARE(count, std::uint64_t(10'000));
        QVERIFY(!neighbours.next());
    }
};

QTEST_APPLESS_MAIN(TestWireNeighbours)
#include "tst_WireNeighbours.moc"
