#include "ui/rack/RackPicture.h"

#include "ui/models/SlotMove.h"
#include "ui/rack/MachineDrag.h"
#include "ui/rack/RackScene.h"
#include "ui/rack/SlotPainter.h"
#include "ui/widgets/PlaceActs.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QDrag>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStyle>
#include <QWheelEvent>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace rackmuster::ui {

namespace {

constexpr double zoomStep = 1.2;
constexpr double smallestFit = 0.67; ///< Below it names cannot be read: the picture scrolls instead.
constexpr double largestFit = 1.6;
constexpr std::chrono::milliseconds blinkHalf{500};

} // namespace

RackPicture::RackPicture(MachineModel& machines, PlaceActs& acts, const Theme& theme, QWidget* parent)
    : QGraphicsView(parent), m_machines(machines), m_acts(acts),
      m_scene(new RackScene(machines, theme.tokens(), this)) {
    setObjectName(QStringLiteral("rackPicture"));
    setAccessibleName(tr("Rack"));
    setScene(m_scene);
    setFrameShape(QFrame::NoFrame);
    setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    setBackgroundRole(QPalette::Base);
    setRenderHint(QPainter::Antialiasing);
    setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
    setFocusPolicy(Qt::StrongFocus);
    setAcceptDrops(true);
    connect(&theme, &Theme::changed, this, [this, &theme] { m_scene->setTokens(theme.tokens()); });
    connect(m_scene, &RackScene::rearranged, this, &RackPicture::applyZoom);
    connect(&machines, &MachineModel::changed, this, &RackPicture::tellCurrent);
    m_blink.setObjectName(QStringLiteral("blinkClock"));
    connect(&m_blink, &QTimer::timeout, this, &RackPicture::blink);
}

// --- zoom ---

void RackPicture::setZoom(std::optional<double> zoom) {
    m_zoom = zoom;
    if (m_zoom)
        m_zoom = std::clamp(*m_zoom, smallestZoom, largestZoom);
    applyZoom();
}

void RackPicture::zoomIn() {
    setZoom(transform().m11() * zoomStep);
}

void RackPicture::zoomOut() {
    setZoom(transform().m11() / zoomStep);
}

double RackPicture::fittingZoom() const {
    const QSizeF room = maximumViewportSize() - QSize(2, 2); // rounding brings no scroll bars
    return std::clamp(std::min(room.width() / sceneRect().width(), room.height() / sceneRect().height()),
                      smallestFit, largestFit);
}

void RackPicture::applyZoom() {
    const double zoom = m_zoom.value_or(fittingZoom());
    setTransform(QTransform::fromScale(zoom, zoom));
}

void RackPicture::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    if (!m_zoom)
        applyZoom();
}

void RackPicture::wheelEvent(QWheelEvent* event) {
    if (!event->modifiers().testFlag(Qt::ControlModifier)) {
        QGraphicsView::wheelEvent(event);
        return;
    }
    constexpr double notch = 120; // QWheelEvent: most mice turn in steps of it
    setZoom(transform().m11() * std::pow(zoomStep, event->angleDelta().y() / notch));
    event->accept();
}

// --- the next slot blinks ---

void RackPicture::showEvent(QShowEvent* event) {
    QGraphicsView::showEvent(event);
    if (style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, this) > 0)
        m_blink.start(blinkHalf);
}

void RackPicture::hideEvent(QHideEvent* event) {
    QGraphicsView::hideEvent(event);
    m_blink.stop();
    m_scene->setNextBright(true);
}

void RackPicture::blink() {
    m_scene->setNextBright(!m_scene->isNextBright());
}

// --- the current slot ---

std::optional<int> RackPicture::currentSlot() const {
    return m_scene->current();
}

void RackPicture::setCurrentSlot(int slot) {
    m_scene->setCurrent(slot);
    ensureVisible(m_scene->grid().slotRect(slot), 0, metrics::large);
    tellCurrent();
}

void RackPicture::tellCurrent() {
    const std::optional<int> slot = m_scene->current();
    setAccessibleDescription(slot ? slotWords(m_machines, *slot) : QString());
}

QRect RackPicture::slotRect(int slot) const {
    return mapFromScene(m_scene->grid().slotRect(slot)).boundingRect();
}

std::optional<int> RackPicture::slotAt(const QPoint& position) const {
    return m_scene->grid().slotAt(mapToScene(position));
}

const engine::MachineRow* RackPicture::currentMachine() const {
    const std::optional<int> slot = m_scene->current();
    return slot ? m_machines.findBySlot(*slot) : nullptr;
}

void RackPicture::focusInEvent(QFocusEvent* event) {
    QGraphicsView::focusInEvent(event);
    if (!m_scene->current() && event->reason() != Qt::MouseFocusReason)
        m_scene->setCurrent(std::min(m_machines.cursor(), m_scene->grid().lastSlot()));
    tellCurrent();
}

void RackPicture::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    const int right = (key == Qt::Key_Right ? 1 : 0) - (key == Qt::Key_Left ? 1 : 0);
    const int up = (key == Qt::Key_Up ? 1 : 0) - (key == Qt::Key_Down ? 1 : 0);
    const std::optional<int> slot = m_scene->current();
    if ((right != 0 || up != 0) && event->modifiers().testFlag(Qt::AltModifier))
        carry(right, up);
    else if (right != 0 || up != 0)
        go(right, up);
    else if (slot && (key == Qt::Key_Return || key == Qt::Key_Enter))
        open(*slot);
    else
        QGraphicsView::keyPressEvent(event);
}

void RackPicture::go(int right, int up) {
    const std::optional<int> slot = m_scene->current();
    const auto next = slot ? m_scene->grid().neighbour(*slot, right, up) : m_machines.cursor();
    if (next)
        setCurrentSlot(*next);
}

void RackPicture::carry(int right, int up) {
    const engine::MachineRow* const row = currentMachine();
    const auto next = row ? m_scene->grid().neighbour(*m_scene->current(), right, up) : std::nullopt;
    if (next && m_acts.move(row->machine.mac, *next))
        setCurrentSlot(*next);
}

void RackPicture::open(int slot) {
    if (const engine::MachineRow* const row = m_machines.findBySlot(slot))
        Q_EMIT machineChosen(row->machine.mac);
    else
        Q_EMIT menuRequested(slot, viewport()->mapToGlobal(slotRect(slot).center()));
}

void RackPicture::contextMenuEvent(QContextMenuEvent* event) {
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const std::optional<int> slot = isByKey ? m_scene->current() : slotAt(event->pos());
    if (slot)
        Q_EMIT menuRequested(*slot, isByKey ? viewport()->mapToGlobal(slotRect(*slot).center())
                                            : event->globalPos());
}

void RackPicture::mousePressEvent(QMouseEvent* event) {
    const std::optional<int> slot = slotAt(event->pos());
    if (slot)
        setCurrentSlot(*slot);
    m_pressed = event->pos();
    m_pressedSlot = event->button() == Qt::LeftButton ? slot : std::nullopt;
}

void RackPicture::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const std::optional<int> slot = slotAt(event->pos()))
        open(*slot);
}

// --- drag and drop ---

void RackPicture::mouseMoveEvent(QMouseEvent* event) {
    const bool isFar = (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (m_pressedSlot && isFar && event->buttons().testFlag(Qt::LeftButton))
        drag(*std::exchange(m_pressedSlot, std::nullopt));
}

void RackPicture::drag(int slot) {
    const engine::MachineRow* const row = m_machines.findBySlot(slot);
    if (!row)
        return;
    auto* const drag = new QDrag(this);
    drag->setMimeData(machineMime(row->machine.mac));
    const QRect box = slotRect(slot);
    drag->setPixmap(viewport()->grab(box));
    drag->setHotSpot(m_pressed - box.topLeft());
    drag->exec(Qt::MoveAction);
}

void RackPicture::dragEnterEvent(QDragEnterEvent* event) {
    if (draggedMachine(*event->mimeData()))
        event->acceptProposedAction();
    else
        event->ignore(); // files are for the window
    m_judgedSlot.reset();
}

void RackPicture::dragMoveEvent(QDragMoveEvent* event) {
    const std::optional<int> slot = slotAt(event->position().toPoint());
    const std::optional<MacAddress> machine = draggedMachine(*event->mimeData());
    if (slot != m_judgedSlot) { // not for every pixel
        m_judgedSlot = slot;
        m_isAllowed = slot && machine && planMove(m_machines, *machine, slot).has_value();
        if (slot)
            ensureVisible(m_scene->grid().slotRect(*slot), 0, 2 * metrics::huge);
    }
    m_scene->setTarget(m_isAllowed ? slot : std::nullopt);
    event->setAccepted(m_isAllowed);
}

void RackPicture::dragLeaveEvent(QDragLeaveEvent*) {
    m_scene->setTarget(std::nullopt);
}

void RackPicture::dropEvent(QDropEvent* event) {
    m_scene->setTarget(std::nullopt);
    const std::optional<int> slot = slotAt(event->position().toPoint());
    const std::optional<MacAddress> machine = draggedMachine(*event->mimeData());
    if (!slot || !machine || !m_acts.move(*machine, slot)) {
        event->ignore();
        return;
    }
    event->acceptProposedAction();
    setCurrentSlot(*slot);
}

} // namespace rackmuster::ui
