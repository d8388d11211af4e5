#include "tests/ui/TableWindow.h"
#include "ui/widgets/MachineDialog.h"

#include <QAbstractButton>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

using namespace rackmuster;
using namespace rackmuster::tests;
using ui::MachineColumn;

/// Bad input: what is typed is refused where it stands, and a file says what it will do before it does it.
class PlanInputTest : public QObject, private TableWindow {
    Q_OBJECT

private Q_SLOTS:
    void init() { open(windowSize); }
    void cleanup() { close(); }
    void takesAMacInEverySpelling_data();
    void takesAMacInEverySpelling();
    void refusesAnythingElseInPlace_data();
    void refusesAnythingElseInPlace();
    void saysWhatABadFileWouldDo_data();
    void saysWhatABadFileWouldDo();
    void namesTheColumnsThatItDoesNotUse();
    void aPlanThatNoLongerFitsChangesNothing();

private:
    [[nodiscard]] QLineEdit& field(const char* name) const { return *find<QLineEdit>(name); }
    [[nodiscard]] QString summary() const { return find<QLabel>("importSummary")->text(); }
};

void PlanInputTest::takesAMacInEverySpelling_data() {
    QTest::addColumn<QString>("typed");
    QTest::newRow("colons") << "52:54:00:ab:cd:ef";
    QTest::newRow("dashes, capitals") << "52-54-00-AB-CD-EF";
    QTest::newRow("Cisco") << "5254.00ab.cdef";
    QTest::newRow("HP") << "525400-abcdef";
    QTest::newRow("bare") << "525400ABcdef";
    QTest::newRow("with blanks") << "  52:54:00:ab:cd:ef\t";
}

void PlanInputTest::takesAMacInEverySpelling() {
    QFETCH(QString, typed);
    planRack(2);
    press(Qt::Key_N);
    auto* const accept = find<QPushButton>("formAccept");
    QVERIFY(accept && !accept->isEnabled());
    QTRY_VERIFY(field("machineMac").hasFocus());
    QCOMPARE(field("machineSlot").text(), QStringLiteral("3"));
    field("machineMac").setText(typed);
    field("machineName").setText(QStringLiteral("db-1"));
    QVERIFY2(accept->isEnabled(), qPrintable(find<QLabel>("formProblem")->text()));
    QTest::keyClick(&field("machineName"), Qt::Key_Return);
    QTRY_COMPARE(m_workbench->machines().rowCount(), 3);
    QCOMPARE(text(2, MachineColumn::Mac), QStringLiteral("52:54:00:ab:cd:ef"));
    QCOMPARE(text(2, MachineColumn::Name), QStringLiteral("db-1"));
    m_workbench->undoStack().undo();
    QTRY_COMPARE(m_workbench->machines().rowCount(), 2);
    QTRY_COMPARE(m_workbench->machines().cursor(), 3);
}

void PlanInputTest::refusesAnythingElseInPlace_data() {
    QTest::addColumn<QString>("mac");
    QTest::addColumn<QString>("slot");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("word");
    const QString good = QStringLiteral("020000000009");
    QTest::newRow("nothing") << ""
                             << "3"
                             << ""
                             << "12 hex digits";
    QTest::newRow("begun") << "52:54:00"
                           << "3"
                           << ""
                           << "52:54:00";
    QTest::newRow("too long") << "52:54:00:ab:cd:ef:01"
                              << "3"
                              << ""
                              << "ef:01";
    QTest::newRow("not hex") << "52:54:00:ab:cd:eg"
                             << "3"
                             << ""
                             << "eg";
    QTest::newRow("mixed") << "52:54-00:ab:cd:ef"
                           << "3"
                           << ""
                           << "54-00";
    QTest::newRow("multicast") << "01:00:5e:00:00:01"
                               << "3"
                               << ""
                               << "01:00:5e";
    QTest::newRow("all zero") << "00:00:00:00:00:00"
                              << "3"
                              << ""
                              << "00:00";
    QTest::newRow("words") << "the left one"
                           << "3"
                           << ""
                           << "the left one";
    QTest::newRow("here already") << "5254.0000.0101"
                                  << "3"
                                  << ""
                                  << "node-01";
    QTest::newRow("no slot") << good << "x"
                             << ""
                             << "“x”";
    QTest::newRow("taken slot") << good << "2"
                                << ""
                                << "node-02";
    QTest::newRow("no name") << good << "3"
                             << "a_b"
                             << "a_b";
    QTest::newRow("taken name") << good << "3"
                                << "node-01"
                                << "52:54:00:00:01:01";
}

void PlanInputTest::refusesAnythingElseInPlace() {
    QFETCH(QString, mac);
    QFETCH(QString, slot);
    QFETCH(QString, name);
    QFETCH(QString, word);
    planRack(2);
    press(Qt::Key_N);
    field("machineMac").setText(mac);
    field("machineSlot").setText(slot);
    field("machineName").setText(name);
    const QString problem = find<QLabel>("formProblem")->text();
    QVERIFY2(problem.contains(word), qPrintable(problem));
    QVERIFY(!find<QPushButton>("formAccept")->isEnabled());
    QTest::keyClick(&field("machineMac"), Qt::Key_Return);
    QVERIFY(find<ui::MachineDialog>("machineDialog")->isVisible());
    QCOMPARE(m_workbench->undoStack().count(), 0);
}

void PlanInputTest::saysWhatABadFileWouldDo_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("refused");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("usable");
    QTest::newRow("no column mac") << QByteArray("slot,hostname\n1,a\n") << 1 << "mac among them" << 0;
    QTest::newRow("no heading") << QByteArray("1,a,02:00:00:00:00:01\n") << 1 << "mac among them" << 0;
    QTest::newRow("no encoding") << QByteArray("mac,note\n020000000001,\xFF\xFF\n020000000002,good\n") << 1
                                 << "not UTF-8" << 1;
    QTest::newRow("duplicate keys") << QByteArray(
                                           "mac,slot\n020000000001,7\n020000000001,8\n020000000002,7\n")
                                    << 2 << "line 2 already" << 1;
    QTest::newRow("slots of others") << QByteArray("mac,slot\n020000000001,1\n020000000002,2\n") << 2
                                     << "node-01" << 0;
    QByteArray large("mac,hostname\n");
    for (int i = 1; i < 100'000; ++i)
        large += QByteArray::number(0x020000000000LL + i, 16).rightJustified(12, '0') + ",h" +
                 QByteArray::number(i) + '\n';
    QTest::newRow("100,000 lines") << large << 0 << "" << 99'999;
    QTest::newRow("more lines") << large + "0200000fffff,last\n0200000ffffe,more\n"
                                << 1 << "at most 100000" << 99'999;
}

void PlanInputTest::saysWhatABadFileWouldDo() {
    QFETCH(QByteArray, content);
    QFETCH(int, refused);
    QFETCH(QString, reason);
    QFETCH(int, usable);
    planRack(2);
    drop({writePlan(content)});
    auto* const preview = find<QTableView>("importTable");
    QTRY_COMPARE_WITH_TIMEOUT(preview->model()->rowCount(), refused + usable, 60'000);
    if (refused > 0) {
        find<QAbstractButton>("fate3")->click();
        QCOMPARE(preview->model()->rowCount(), refused);
        const QString why = preview->model()->index(0, 3).data().toString();
        QVERIFY2(why.contains(reason), qPrintable(why));
    }
    QCOMPARE(find<QPushButton>("importAccept")->isEnabled(), usable > 0);
    find<QDialog>("importDialog")->reject(); // it was only shown
    QCOMPARE(m_workbench->machines().rowCount(), 2);
    QCOMPARE(m_workbench->undoStack().count(), 0);
}

void PlanInputTest::namesTheColumnsThatItDoesNotUse() {
    planRack(1);
    drop({writePlan("mac,Owner,slot,Rack unit\n020000000001,me,7,U7\n")});
    QTRY_VERIFY2(summary().contains(QLatin1String("Owner, Rack unit")), qPrintable(summary()));
    QVERIFY(find<QPushButton>("importAccept")->isEnabled());
}

void PlanInputTest::aPlanThatNoLongerFitsChangesNothing() {
    planRack(2);
    drop({writePlan("mac,slot,hostname\n525400000101,1,db-1\n020000000001,7,new\n020000000002,8,\n")});
    auto* const accept = find<QPushButton>("importAccept");
    QTRY_VERIFY(accept->isEnabled());
    engine().submit(roster::Plan{MacAddress({2, 0, 0, 0, 0, 9}), 8, {}}); // while the preview is looked at
    QTRY_COMPARE(m_workbench->machines().rowCount(), 3);
    const QSignalSpy refused(m_workbench.get(), &ui::Workbench::refused);
    accept->click();
    QTRY_COMPARE(refused.count(), 1);
    QVERIFY2(refused[0][0].toString().contains(QLatin1Char('8')), qPrintable(refused[0][0].toString()));
    QCOMPARE(m_workbench->machines().rowCount(), 3);                   // neither the new ones
    QCOMPARE(text(0, MachineColumn::Name), QStringLiteral("node-01")); // nor the name
}

QTEST_MAIN(PlanInputTest)
#include "tst_PlanInput.moc"
