#include "tests/ui/TestWindow.h"
#include "ui/rack/MachineDrag.h"
#include "ui/rack/RackPicture.h"
#include "ui/rack/RackTray.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QDrag>
#include <QDropEvent>
#include <QLabel>
#include <QMenu>
#include <QProxyStyle>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace rackmuster;
using namespace rackmuster::tests;

namespace {

/// A desktop where nothing moves.
class StillStyle final : public QProxyStyle {
public:
    int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                  QStyleHintReturn* more) const override {
        return hint == SH_Widget_Animation_Duration ? 0 : QProxyStyle::styleHint(hint, option, widget, more);
    }
};

} // namespace

/// The Rack page over the real engine. Machines 1 to 3 stand in slots 1 to 3, machine 4 has none.
class RackPictureTest : public QObject, private TestWindow {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { close(); }
    void beginsADragWithTheMouse();
    void placesByADropAndTakesItBack();
    void swapsByADropOnATakenSlot();
    void takesFromTheTrayAndPutsBack();
    void swapsFromTheTray();
    void undoGivesTheCursorItsSlotAgain();
    void takesASlotThatIsKeptFree();
    void forbidsToMoveWhatIsOnDisk();
    void leavesFilesToTheWindow();
    void goesBySlotsAndOpensByKeys();
    void movesByKeys();
    void goesFromRackToRack();
    void opensTheMenuByKey();
    void putsFromTheTrayByItsMenu();
    void zoomsAndRemembers();
    void blinksOnlyWhileItIsSeen();
    void standsStillWhereNothingMoves();

private:
    [[nodiscard]] static MacAddress mac(int number) { return waitingRow(number).machine.mac; }
    /// The slots of machines 1 to 4; 0: none.
    [[nodiscard]] std::vector<int> standing() const;
    [[nodiscard]] bool dropOn(QAbstractScrollArea& area, MacAddress machine, const QPoint& position) const;
    [[nodiscard]] bool dropOnSlot(MacAddress machine, int slot) const {
        return dropOn(*m_picture, machine, m_picture->slotRect(slot).center());
    }
    [[nodiscard]] bool dropOnTray(MacAddress machine) const { return dropOn(*m_tray, machine, {20, 20}); }
    void undo() { m_workbench->undoStack().undo(); }
    [[nodiscard]] QImage drawn(int slot) const {
        return m_picture->viewport()->grab(m_picture->slotRect(slot)).toImage();
    }

    ui::RackPicture* m_picture = nullptr;
    ui::RackTray* m_tray = nullptr;
};

void RackPictureTest::init() {
    open({1440, 900});
    std::vector<roster::Command> plan;
    for (int number = 1; number <= 4; ++number)
        plan.emplace_back(roster::Plan{mac(number), number < 4 ? std::optional(number) : std::nullopt, {}});
    engine().submitTogether(std::move(plan));
    QTRY_COMPARE(m_workbench->machines().cursor(), 4);
    m_window->showPage(ui::PageName::Rack);
    m_picture = find<ui::RackPicture>("rackPicture");
    m_tray = find<ui::RackTray>("rackTray");
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3, 0}));
    QTRY_VERIFY(m_picture->isVisible() && m_picture->hasFocus());
    QCOMPARE(m_tray->count(), 1);
}

std::vector<int> RackPictureTest::standing() const {
    std::vector<int> slots;
    for (int number = 1; number <= 4; ++number) {
        const engine::MachineRow* const row = m_workbench->machines().find(mac(number));
        slots.push_back(row ? row->machine.slot.value_or(0) : -1);
    }
    return slots;
}

/// As Qt does it: what is not accepted on its way in is not dropped.
bool RackPictureTest::dropOn(QAbstractScrollArea& area, MacAddress machine, const QPoint& position) const {
    const std::unique_ptr<QMimeData> data(ui::machineMime(machine));
    QDragEnterEvent enter(position, Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(area.viewport(), &enter);
    QDragMoveEvent move(position, Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    if (enter.isAccepted())
        QCoreApplication::sendEvent(area.viewport(), &move);
    if (!enter.isAccepted() || !move.isAccepted()) {
        QDragLeaveEvent leave;
        QCoreApplication::sendEvent(area.viewport(), &leave);
        return false;
    }
    QDropEvent drop(position, Qt::MoveAction, data.get(), Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(area.viewport(), &drop);
    return drop.isAccepted();
}

void RackPictureTest::beginsADragWithTheMouse() {
    QWidget* const area = m_picture->viewport();
    const QPoint from = m_picture->slotRect(2).center();
    const QPoint to = m_picture->slotRect(4).center();
    QTest::mousePress(area, Qt::LeftButton, Qt::NoModifier, from);
    QMouseEvent move(QEvent::MouseMove, to, area->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                     Qt::NoModifier);
    QCoreApplication::sendEvent(area, &move);
    const auto* const drag = m_picture->findChild<QDrag*>(); // without a screen it ends at once
    QVERIFY(drag);
    QCOMPARE(ui::draggedMachine(*drag->mimeData()), mac(2));
    QCOMPARE(standing(), (std::vector<int>{1, 2, 3, 0}));
}

void RackPictureTest::placesByADropAndTakesItBack() {
    QVERIFY(dropOnSlot(mac(2), 20));
    QTRY_COMPARE(standing(), (std::vector<int>{1, 20, 3, 0}));
    QCOMPARE(m_picture->currentSlot(), 20);
    QCOMPARE(m_workbench->machines().find(mac(2))->hostname, QStringLiteral("node-20"));
    undo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3, 0}));
    m_workbench->undoStack().redo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 20, 3, 0}));
    QCOMPARE(m_workbench->undoStack().count(), 1);
}

void RackPictureTest::swapsByADropOnATakenSlot() {
    QVERIFY(dropOnSlot(mac(1), 3));
    QTRY_COMPARE(standing(), (std::vector<int>{3, 2, 1, 0}));
    undo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3, 0}));
    QVERIFY(dropOnSlot(mac(1), 1)); // where it stands
    QCOMPARE(m_workbench->undoStack().count(), 1);
}

void RackPictureTest::takesFromTheTrayAndPutsBack() {
    const std::unique_ptr<QMimeData> dragged(m_tray->model()->mimeData({m_tray->model()->index(0, 0)}));
    QCOMPARE(ui::draggedMachine(*dragged), mac(4));
    QVERIFY(dropOnSlot(mac(4), 7));
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3, 7}));
    QCOMPARE(m_tray->count(), 0);
    QVERIFY(dropOnTray(mac(2)));
    QTRY_COMPARE(standing(), (std::vector<int>{1, 0, 3, 7}));
    QCOMPARE(m_tray->count(), 1);
    QVERIFY(!dropOnTray(mac(2))); // it lies there
    undo();
    undo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3, 0}));
}

void RackPictureTest::swapsFromTheTray() {
    QVERIFY(dropOnSlot(mac(4), 2));
    QTRY_COMPARE(standing(), (std::vector<int>{1, 0, 3, 2}));
    undo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3, 0}));
}

void RackPictureTest::undoGivesTheCursorItsSlotAgain() {
    QVERIFY(dropOnSlot(mac(4), 4));
    QTRY_COMPARE(m_workbench->machines().cursor(), 5);
    undo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3, 0}));
    QTRY_COMPARE(m_workbench->machines().cursor(), 4);
}

void RackPictureTest::takesASlotThatIsKeptFree() {
    m_workbench->keepFree(9);
    QTRY_VERIFY(m_workbench->machines().reserved().contains(9));
    QVERIFY(dropOnSlot(mac(4), 9));
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3, 9}));
}

void RackPictureTest::forbidsToMoveWhatIsOnDisk() {
    engine::MachineRow installed = installingRow(2, roster::Stage::Packages);
    Q_EMIT engine().machinesChanged(
        {.changed = {installed}, .removed = {}, .layout = m_workbench->machines().layout(), .cursor = 4});
    QTRY_VERIFY(m_workbench->machines().find(mac(2))->machine.ticket.has_value());
    QSignalSpy refused(m_workbench.get(), &ui::Workbench::refused);
    QVERIFY(!dropOnSlot(mac(2), 9));
    QVERIFY(!dropOnSlot(mac(1), 2));
    QVERIFY(!dropOnTray(mac(2)));
    QCOMPARE(refused.count(), 0); // the pointer says it
    m_picture->setCurrentSlot(2);
    QTest::keyClick(m_picture, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(refused.count(), 1);
    QVERIFY(refused.at(0).at(0).toString().contains(QLatin1String("being installed under this name")));
    QCOMPARE(m_workbench->undoStack().count(), 0);
    QCOMPARE(m_picture->currentSlot(), 2);
}

void RackPictureTest::leavesFilesToTheWindow() {
    QMimeData files;
    files.setUrls({QUrl::fromLocalFile(makeFile(QStringLiteral("a.ks")))});
    for (QAbstractScrollArea* const area :
         {static_cast<QAbstractScrollArea*>(m_picture), static_cast<QAbstractScrollArea*>(m_tray)}) {
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &files, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(area->viewport(), &enter);
        QVERIFY(find<QWidget>("dropVeil")->isVisible()); // it came to the window
        QDragLeaveEvent leave;
        QCoreApplication::sendEvent(m_window.get(), &leave);
    }
}

void RackPictureTest::goesBySlotsAndOpensByKeys() {
    QCOMPARE(m_picture->currentSlot(), 4); // where it goes on
    QTest::keyClick(m_picture, Qt::Key_Down);
    QTest::keyClick(m_picture, Qt::Key_Down);
    QCOMPARE(m_picture->currentSlot(), 2);
    QVERIFY(m_picture->accessibleDescription().contains(QLatin1String("node-02")));
    QTest::keyClick(m_picture, Qt::Key_Down);
    QTest::keyClick(m_picture, Qt::Key_Down);
    QCOMPARE(m_picture->currentSlot(), 1); // it ends there
    std::vector<MacAddress> chosen;
    connect(m_picture, &ui::RackPicture::machineChosen, this,
            [&chosen](const MacAddress& machine) { chosen.push_back(machine); });
    QTest::keyClick(m_picture, Qt::Key_Return);
    QCOMPARE(chosen, std::vector{mac(1)});
    QCOMPARE(m_window->page(), ui::PageName::Machines);
}

void RackPictureTest::goesFromRackToRack() {
    roster::RackLayout layout;
    layout.rackCount = 2;
    layout.slotCount = 10;
    layout.namePattern = "{rack}-n{slot:02}";
    m_workbench->setLayout(layout);
    QTRY_COMPARE(m_workbench->machines().layout(), layout);
    m_picture->setCurrentSlot(2);
    QTest::keyClick(m_picture, Qt::Key_Right);
    QCOMPARE(m_picture->currentSlot(), 12); // at the same height
    QVERIFY(m_picture->accessibleDescription().contains(QLatin1String("R2-02")));
    QTest::keyClick(m_picture, Qt::Key_Right);
    QCOMPARE(m_picture->currentSlot(), 12); // it ends there
    QTest::keyClick(m_picture, Qt::Key_Left);
    QTest::keyClick(m_picture, Qt::Key_Right, Qt::AltModifier);
    QTRY_COMPARE(standing(), (std::vector<int>{1, 12, 3, 0}));
    QTRY_COMPARE(m_workbench->machines().find(mac(2))->hostname, QStringLiteral("R2-n02"));
    QVERIFY(dropOnSlot(mac(1), 20));
    QTRY_COMPARE(standing(), (std::vector<int>{20, 12, 3, 0}));
    const QPoint between = (m_picture->slotRect(3).center() + m_picture->slotRect(13).center()) / 2;
    const int aisle = (m_picture->slotRect(3).right() + m_picture->slotRect(13).left()) / 2;
    QVERIFY(!dropOn(*m_picture, mac(1), {aisle, between.y()}));
    undo();
    undo();
    undo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3, 0}));
    QCOMPARE(m_workbench->machines().layout().rackCount, 1);
}

void RackPictureTest::movesByKeys() {
    m_picture->setCurrentSlot(2);
    QTest::keyClick(m_picture, Qt::Key_Up, Qt::AltModifier);
    QTRY_COMPARE(standing(), (std::vector<int>{1, 3, 2, 0})); // swapped
    QTest::keyClick(m_picture, Qt::Key_Up, Qt::AltModifier);
    QTRY_COMPARE(standing(), (std::vector<int>{1, 4, 2, 0}));
    QCOMPARE(m_picture->currentSlot(), 4);
    QTest::keyClick(m_picture, Qt::Key_Down, Qt::AltModifier);
    QTRY_COMPARE(standing(), (std::vector<int>{1, 3, 2, 0}));
    for (int step = 0; step < 3; ++step)
        undo();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3, 0}));
    QTRY_COMPARE(m_workbench->machines().cursor(), 4);
}

void RackPictureTest::opensTheMenuByKey() {
    m_picture->setCurrentSlot(6);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(m_picture->viewport(), &event);
    auto* const menu = find<QMenu>("slotMenu");
    QVERIFY(menu);
    const QList<QAction*> acts = menu->actions();
    QVERIFY(std::any_of(acts.begin(), acts.end(),
                        [](const QAction* act) { return act->text() == QLatin1String("Keep slot 6 free"); }));
    menu->close();
}

void RackPictureTest::putsFromTheTrayByItsMenu() {
    m_picture->setCurrentSlot(6);
    m_tray->setCurrentIndex(m_tray->model()->index(0, m_tray->modelColumn()));
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QCoreApplication::sendEvent(m_tray->viewport(), &event);
    auto* const menu = find<QMenu>("trayMenu");
    QVERIFY(menu);
    QCOMPARE(menu->actions().front()->text(), QStringLiteral("Put into slot 6"));
    menu->actions().front()->trigger();
    menu->close();
    QTRY_COMPARE(standing(), (std::vector<int>{1, 2, 3, 6}));
}

void RackPictureTest::zoomsAndRemembers() {
    QVERIFY(!m_picture->zoom());
    const double fitting = m_picture->transform().m11();
    QTest::keyClick(m_picture, Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(m_picture->zoom() && *m_picture->zoom() > fitting);
    QWheelEvent wheel({50, 50}, m_picture->mapToGlobal(QPointF(50, 50)), {}, {0, 240}, Qt::NoButton,
                      Qt::ControlModifier, Qt::NoScrollPhase, false);
    const double before = *m_picture->zoom();
    QCoreApplication::sendEvent(m_picture->viewport(), &wheel);
    QVERIFY(*m_picture->zoom() > before);
    QTest::keyClick(m_picture, Qt::Key_Minus, Qt::ControlModifier);
    const double chosen = *m_picture->zoom();
    m_window->close();
    openWindow({1440, 900});
    m_picture = find<ui::RackPicture>("rackPicture");
    QCOMPARE(m_picture->zoom().value_or(0), chosen);
    QTRY_VERIFY(m_picture->isVisible());
    QTest::keyClick(m_picture, Qt::Key_0, Qt::ControlModifier);
    QVERIFY(!m_picture->zoom());
    m_window->close();
    openWindow({1440, 900});
    QVERIFY(!find<ui::RackPicture>("rackPicture")->zoom());
}

void RackPictureTest::blinksOnlyWhileItIsSeen() {
    m_picture->setCurrentSlot(1);
    const QImage before = drawn(4);
    QTRY_VERIFY(drawn(4) != before);
    QTRY_COMPARE(drawn(4), before);
    const auto* const clock = m_picture->findChild<QTimer*>(QStringLiteral("blinkClock"));
    QVERIFY(clock && clock->isActive());
    m_window->showPage(ui::PageName::Log);
    QVERIFY(!clock->isActive());
}

void RackPictureTest::standsStillWhereNothingMoves() {
    StillStyle still;
    m_picture->setStyle(&still);
    m_window->showPage(ui::PageName::Log);
    m_window->showPage(ui::PageName::Rack);
    QTRY_VERIFY(m_picture->isVisible());
    const auto* const clock = m_picture->findChild<QTimer*>(QStringLiteral("blinkClock"));
    QVERIFY(clock && !clock->isActive());
    m_picture->setStyle(nullptr);
}

QTEST_MAIN(RackPictureTest)
#include "tst_RackPicture.moc"
