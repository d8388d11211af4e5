#include "tests/unit/ui/WireSamples.h"
#include "ui/models/NeighbourModel.h"
#include "ui/text/WireWords.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace rackmuster;
using namespace rackmuster::ui;
using tests::neighbour;
using tests::rackWire;

class WireWordsTest : public QObject {
    Q_OBJECT

    [[nodiscard]] static engine::ServicesInfo running() {
        engine::ServicesInfo services;
        services.isRunning = true;
        return services;
    }
    [[nodiscard]] static QString cell(const NeighbourModel& model, int row, int column) {
        return model.index(row, column).data().toString();
    }

private Q_SLOTS:
    void saysWhichPortThisIsAndWhatItCosts() {
        const QStringList sentences = wireSentences(rackWire(), running());
        QCOMPARE(sentences.size(), 2);
        QCOMPARE(sentences[0], QStringLiteral("This laptop is on switch core-sw1, port Gi1/0/12, VLAN 20."));
        QVERIFY(sentences[1].contains(QStringLiteral("30 s")));
    }

    void saysThatItListens() {
        const QStringList sentences = wireSentences({}, running());
        QCOMPARE(sentences.size(), 1);
        QVERIFY(sentences[0].startsWith(QStringLiteral("Listening")));
    }

    void saysNothingWhereNothingIsHeard() {
        QVERIFY(wireSentences(rackWire(), {}).isEmpty());
        engine::ServicesInfo unplugged = running();
        unplugged.isPaused = true; // what was at the end of the cable is not there any more
        QVERIFY(wireSentences(rackWire(), unplugged).isEmpty());
    }

    void namesEverySwitchThatIsHeard() {
        engine::WireInfo wire = rackWire();
        wire.switchPorts.push_back({wire.neighbours[1].neighbour.mac, "desk", "3", std::nullopt});
        QVERIFY(wireSentences(wire, running())[0].contains(
            QStringLiteral("switch core-sw1, port Gi1/0/12, VLAN 20; switch desk, port 3")));
    }

    void warnsOfTagsAndOfLostFrames() {
        engine::WireInfo wire;
        wire.taggedVlans = {20, 30};
        engine::ServicesInfo services = running();
        services.captureDropped = 7;
        const QStringList sentences = wireSentences(wire, services);
        QCOMPARE(sentences.size(), 3);
        QVERIFY(sentences[1].contains(QStringLiteral("VLAN 20, 30")));
        QVERIFY(sentences[2].contains(QStringLiteral("lost 7 frames")));
    }

    // R57
    void whatOthersChoseIsShownAsItIs() {
        engine::WireInfo wire = rackWire();
        wire.switchPorts[0].switchName = "%2\xE2\x80\xAE<b>";
        wire.neighbours[0].neighbour.name = "<img src=x>";
        QVERIFY(wireSentences(wire, running())[0].contains(QStringLiteral("%2\\u202e<b>, port Gi1/0/12")));
        NeighbourModel model;
        model.setNeighbours(wire.neighbours);
        QCOMPARE(cell(model, 0, 0), QStringLiteral("<img src=x>"));
        QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;img")));
    }

    void showsANeighbourOnALine() {
        NeighbourModel model;
        model.setNeighbours(rackWire().neighbours);
        QCOMPARE(cell(model, 1, 0), QStringLiteral("idrac-7ABC123"));
        QCOMPARE(cell(model, 1, 1), QStringLiteral("BMC"));
        QCOMPARE(cell(model, 1, 3), QStringLiteral("192.168.0.77"));
        QCOMPARE(cell(model, 2, 1), QStringLiteral("DHCP server"));
        QCOMPARE(cell(model, 3, 5), QStringLiteral("100.30"));
        QCOMPARE(cell(model, 0, 5), QString());
    }

    void rowsKeepTheirPlaces() {
        NeighbourModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto neighbours = rackWire().neighbours;
        model.setNeighbours(neighbours);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        neighbours[0].neighbour.name = "renamed";
        neighbours.erase(neighbours.begin() + 1);
        neighbours.push_back(neighbour(9, boot::NeighbourKind::Computer, "new", ""));
        model.setNeighbours(neighbours);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(cell(model, 0, 0), QStringLiteral("renamed"));
        QCOMPARE(cell(model, 1, 2), QStringLiteral("MikroTik"));
        QCOMPARE(cell(model, 3, 0), QStringLiteral("new"));
        std::swap(neighbours[0], neighbours[3]); // somebody left and came back
        model.setNeighbours(neighbours);
        QCOMPARE(resets.count(), 1);
        QCOMPARE(cell(model, 0, 0), QStringLiteral("new"));
        model.setNeighbours({});
        QCOMPARE(model.rowCount(), 0);
    }
};

QTEST_GUILESS_MAIN(WireWordsTest)
#include "tst_WireWords.moc"
