#include "tests/ui/TestWindow.h"
#include "ui/rack/RackForm.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::tests;

/// The form of the Rack page over the real engine.
class RackFormTest : public QObject, private TestWindow {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { close(); }
    void showsWhatTheSlotsGet();
    void laysOutSeveralRacksAndTakesItBack();
    void refusesAddressesThatOverlap();
    void refusesMoreSlotsThanThereMayBe();
    void keepsWhatIsBeingTypedWhenMachinesCome();

private:
    [[nodiscard]] bool shows(const QString& text) const {
        const auto labels = find<ui::RackForm>("rackForm")->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(),
                           [&text](const QLabel* label) { return label->text().contains(text); });
    }
    void set(const char* box, int value) const { find<QSpinBox>(box)->setValue(value); }
    void type(const char* field, const QString& text) const {
        auto* const line = find<QLineEdit>(field);
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    [[nodiscard]] QPushButton* apply() const { return find<QPushButton>("applyLayout"); }
    [[nodiscard]] const roster::RackLayout& layout() const { return m_workbench->machines().layout(); }
};

void RackFormTest::init() {
    open({1440, 900});
    m_window->showPage(ui::PageName::Rack);
}

void RackFormTest::showsWhatTheSlotsGet() {
    QVERIFY(!apply()->isEnabled());
    QVERIFY(!find<QSpinBox>("rackAddressStep")->isVisible()); // there is no other rack
    type("firstAddress", QStringLiteral("10.0.0.101"));
    set("addressStep", 2);
    QVERIFY(shows(QStringLiteral("02  node-02  10.0.0.103")));
    QVERIFY(shows(QStringLiteral("42  node-42  10.0.0.183")));
    set("rackCount", 2);
    type("namePattern", QStringLiteral("r{rack:02}-n{slot:02}"));
    QVERIFY(shows(QStringLiteral("R2-01  r02-n01  10.0.0.185")));
    QVERIFY(find<QSpinBox>("rackAddressStep")->isVisible());
    set("rackAddressStep", 256);
    QVERIFY(shows(QStringLiteral("R2-01  r02-n01  10.0.1.101")));
    QVERIFY(shows(QStringLiteral("R2-42  r02-n42  10.0.1.183")));
}

void RackFormTest::laysOutSeveralRacksAndTakesItBack() {
    const roster::RackLayout before = layout();
    set("rackCount", 3);
    set("rackSlots", 48);
    apply()->click();
    QTRY_COMPARE(layout().rackCount, 3);
    QCOMPARE(layout().slotCount, 48);
    QVERIFY(!apply()->isEnabled());
    m_workbench->undoStack().undo();
    QTRY_COMPARE(layout(), before);
    QCOMPARE(find<QSpinBox>("rackCount")->value(), 1);
}

void RackFormTest::refusesAddressesThatOverlap() {
    set("rackCount", 2);
    set("rackAddressStep", 41);
    QVERIFY(!apply()->isEnabled());
    QVERIFY(shows(QStringLiteral("A rack needs 42 addresses")));
    set("rackAddressStep", 42);
    QVERIFY(apply()->isEnabled());
}

void RackFormTest::refusesMoreSlotsThanThereMayBe() {
    set("rackCount", 24);
    QVERIFY(apply()->isEnabled());
    set("rackCount", 25);
    QVERIFY(!apply()->isEnabled());
    QVERIFY(shows(QStringLiteral("All racks together have at most 999 slots.")));
}

void RackFormTest::keepsWhatIsBeingTypedWhenMachinesCome() {
    set("rackCount", 5);
    engine().submit(roster::Plan{waitingRow(1).machine.mac, 1, {}});
    QTRY_COMPARE(m_workbench->machines().rowCount(), 1);
    QCOMPARE(find<QSpinBox>("rackCount")->value(), 5);
}

QTEST_MAIN(RackFormTest)
#include "tst_RackForm.moc"
