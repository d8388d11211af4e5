#include "ui/widgets/RackView.h"

#include "ui/rack/SlotPainter.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace rackmuster::ui {

namespace {

constexpr int numberWidth = SlotPainter::numberWidth;
constexpr double smallestUnit = 12.5;
constexpr double largestUnit = 22;

} // namespace

RackView::RackView(MachineModel& machines, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_machines(machines), m_theme(theme) {
    setObjectName(QStringLiteral("rackView"));
    setAccessibleName(tr("Rack"));
    setFocusPolicy(Qt::StrongFocus);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    connect(&machines, &MachineModel::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void RackView::setCurrent(std::optional<MacAddress> machine) {
    const int before = rack();
    m_current = machine;
    update();
    if (rack() != before)
        Q_EMIT rackChanged();
}

int RackView::rack() const {
    const engine::MachineRow* const row = m_current ? m_machines.find(*m_current) : nullptr;
    const int slot = row ? row->machine.slot.value_or(m_machines.cursor()) : m_machines.cursor();
    return m_machines.layout().placeOf(slot).rack;
}

int RackView::slotCount() const {
    const roster::RackLayout& layout = m_machines.layout();
    if (layout.rackCount > 1)
        return layout.slotCount;
    return std::max({layout.slotCount, m_machines.cursor(), m_machines.highestSlot()});
}

int RackView::firstSlot() const {
    return m_machines.layout().slotAt({rack(), 1});
}

int RackView::lastSlot() const {
    return firstSlot() + slotCount() - 1;
}

double RackView::unitHeight() const {
    return std::clamp(static_cast<double>(height()) / slotCount(), smallestUnit, largestUnit);
}

QRectF RackView::slotRect(int slot) const {
    const double unit = unitHeight();
    return {static_cast<double>(numberWidth), (lastSlot() - slot) * unit,
            static_cast<double>(width() - numberWidth - 2), unit};
}

QSize RackView::sizeHint() const {
    return {180, slotCount() * 15};
}

QSize RackView::minimumSizeHint() const {
    return {110, static_cast<int>(slotCount() * smallestUnit)};
}

std::optional<int> RackView::slotAt(const QPointF& position) const {
    const int slot = lastSlot() - static_cast<int>(position.y() / unitHeight());
    return slot >= firstSlot() && slot <= lastSlot() ? std::optional(slot) : std::nullopt;
}

void RackView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF seen = event->rect(); // of a long rack a scroll area shows a part
    for (int slot = firstSlot(); slot <= lastSlot(); ++slot) {
        const QRectF unit = slotRect(slot);
        if (unit.bottom() >= seen.top() && unit.top() <= seen.bottom())
            paintSlot(painter, slot);
    }
}

void RackView::paintSlot(QPainter& painter, int slot) const {
    const QRectF unit = slotRect(slot);
    const Tokens& t = m_theme.tokens();
    const SlotPainter slotPainter(painter, font(), t, m_machines, SlotSize::Small);
    slotPainter.paintNumber(QRectF(0, unit.top(), numberWidth, unit.height()), slot);
    const QRectF box = unit.adjusted(0, 1, 0, -1);
    slotPainter.paintSlot(box, slot);
    const engine::MachineRow* const row = m_machines.findBySlot(slot);
    const bool isNext = slot == m_machines.cursor();
    if (isNext || (row && m_current == row->machine.mac))
        slotPainter.paintFrame(box, isNext ? t.tone(ToneName::Waiting).ink : t.accent());
}

void RackView::mousePressEvent(QMouseEvent* event) {
    if (const std::optional<int> slot = slotAt(event->position()))
        choose(*slot);
}

void RackView::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Up && event->key() != Qt::Key_Down) {
        QWidget::keyPressEvent(event);
        return;
    }
    const engine::MachineRow* const row = m_current ? m_machines.find(*m_current) : nullptr;
    const int step = event->key() == Qt::Key_Up ? 1 : -1;
    for (int slot = (row ? row->machine.slot.value_or(0) : 0) + step;
         slot >= 1 && slot <= m_machines.highestSlot(); slot += step) {
        if (m_machines.findBySlot(slot)) {
            choose(slot);
            return;
        }
    }
}

void RackView::contextMenuEvent(QContextMenuEvent* event) {
    const engine::MachineRow* const row = m_current ? m_machines.find(*m_current) : nullptr;
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const std::optional<int> slot =
        isByKey ? (row ? row->machine.slot : m_machines.cursor()) : slotAt(event->pos());
    if (slot)
        Q_EMIT menuRequested(*slot,
                             isByKey ? mapToGlobal(slotRect(*slot).center().toPoint()) : event->globalPos());
}

void RackView::choose(int slot) {
    const engine::MachineRow* const row = m_machines.findBySlot(slot);
    if (!row) {
        Q_EMIT slotClicked(slot);
        return;
    }
    setCurrent(row->machine.mac);
    Q_EMIT machineClicked(row->machine.mac);
}

bool RackView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* const help = static_cast<QHelpEvent*>(event);
    const std::optional<int> slot = slotAt(help->pos());
    const QString text = slot ? slotWords(m_machines, *slot) : QString();
    QToolTip::showText(help->globalPos(), text.toHtmlEscaped(), this);
    return true;
}

} // namespace rackmuster::ui
