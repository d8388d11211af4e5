#include "ui/models/ButtonPresses.h"

#include <QTest>

using namespace rackmuster;
using namespace std::chrono_literals;
using ui::ButtonPresses;

class ButtonPressesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theOldestPressBelongsToTheNextMachine();
    void aMachineWithoutAPressTookNobodyKnowsHowLong();
    void theLastPressCanBeTakenBack();
    void isOverdueWhenItTakesTwiceAsLongAsUsual();

private:
    const Instant m_start = BootClock::now();
};

void ButtonPressesTest::theOldestPressBelongsToTheNextMachine() {
    ButtonPresses presses;
    presses.press(m_start);
    presses.press(m_start + 10s);
    QCOMPARE(presses.waiting(), 2);
    QCOMPARE(*presses.match(m_start + 70s), 70s);
    QCOMPARE(*presses.waited(m_start + 70s), 60s);
    QCOMPARE(*presses.match(m_start + 90s), 80s);
    QCOMPARE(presses.waiting(), 0);
    QCOMPARE(*presses.usual(), 80s);
}

void ButtonPressesTest::aMachineWithoutAPressTookNobodyKnowsHowLong() {
    ButtonPresses presses;
    QVERIFY(!presses.match(m_start));
    QVERIFY(!presses.usual() && !presses.waited(m_start));
}

void ButtonPressesTest::theLastPressCanBeTakenBack() {
    ButtonPresses presses;
    QVERIFY(!presses.takeBack());
    presses.press(m_start);
    presses.press(m_start + 5s);
    QVERIFY(presses.takeBack());
    QCOMPARE(*presses.match(m_start + 30s), 30s);
    QVERIFY(!presses.takeBack());
}

void ButtonPressesTest::isOverdueWhenItTakesTwiceAsLongAsUsual() {
    ButtonPresses presses;
    QVERIFY(!presses.isOverdue(m_start));
    presses.press(m_start);
    QVERIFY(!presses.isOverdue(m_start + 299s));
    QVERIFY(presses.isOverdue(m_start + 301s));
    QVERIFY(presses.match(m_start + 100s));
    presses.press(m_start);
    QVERIFY(!presses.isOverdue(m_start + 199s));
    QVERIFY(presses.isOverdue(m_start + 201s));
}

QTEST_APPLESS_MAIN(ButtonPressesTest)
#include "tst_ButtonPresses.moc"
