#include "ui/widgets/RackView.h"

#include "ui/text/PlainText.h"
#include "ui/text/Words.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateMark.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace rackmuster::ui {

using roster::MachineState;

namespace {

constexpr int numberWidth = 26;
constexpr double smallestUnit = 12.5;

} // namespace

RackView::RackView(MachineModel& machines, const Theme& theme, Size size, QWidget* parent)
    : QWidget(parent), m_machines(machines), m_theme(theme), m_size(size) {
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
    m_current = machine;
    update();
}

int RackView::slotCount() const {
    return std::max({m_machines.layout().slotCount, m_machines.cursor(), m_machines.highestSlot()});
}

double RackView::unitHeight() const {
    return std::clamp(static_cast<double>(height()) / slotCount(), smallestUnit,
                      m_size == Size::Large ? 34.0 : 22.0);
}

QRectF RackView::slotRect(int slot) const {
    const double unit = unitHeight();
    return {static_cast<double>(numberWidth), (slotCount() - slot) * unit,
            static_cast<double>(width() - numberWidth - 2), unit};
}

QSize RackView::sizeHint() const {
    return {m_size == Size::Large ? 520 : 180,
            static_cast<int>(slotCount() * (m_size == Size::Large ? 17 : 15))};
}

QSize RackView::minimumSizeHint() const {
    return {110, static_cast<int>(slotCount() * (m_size == Size::Large ? 16.5 : smallestUnit))};
}

std::optional<int> RackView::slotAt(const QPointF& position) const {
    const int slot = slotCount() - static_cast<int>(position.y() / unitHeight());
    return slot >= 1 && slot <= slotCount() ? std::optional(slot) : std::nullopt;
}

void RackView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF seen = event->rect(); // of a long rack a scroll area shows a part
    for (int slot = 1; slot <= slotCount(); ++slot) {
        const QRectF unit = slotRect(slot);
        if (unit.bottom() >= seen.top() && unit.top() <= seen.bottom())
            paintSlot(painter, slot);
    }
}

void RackView::paintSlot(QPainter& painter, int slot) const {
    const QRectF unit = slotRect(slot);
    const Tokens& t = m_theme.tokens();
    const bool isNext = slot == m_machines.cursor();
    painter.setFont(fixedFont(m_size == Size::Large ? 11 : 9));
    painter.setPen(isNext ? t.tone(ToneName::Waiting).ink : t.muted);
    painter.drawText(QRectF(0, unit.top(), numberWidth - 7, unit.height()), Qt::AlignRight | Qt::AlignVCenter,
                     QString::number(slot));
    const QRectF box = unit.adjusted(0, 1, 0, -1);
    const engine::MachineRow* const row = m_machines.findBySlot(slot);
    if (row)
        paintMachine(painter, box, *row);
    else
        paintEmptySlot(painter, box, slot);
    const bool isCurrent = row && m_current == row->machine.mac;
    if (isNext || isCurrent) {
        painter.setPen(QPen(isNext ? t.tone(ToneName::Waiting).ink : t.accent(), 1.6));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(box.adjusted(0, 0, 0, 0), 3, 3);
    }
}

void RackView::paintEmptySlot(QPainter& painter, const QRectF& box, int slot) const {
    const QString name = QString::fromStdString(m_machines.layout().hostnameOf(slot));
    if (slot == m_machines.cursor()) {
        paintFree(painter, box, MachineState::Next,
                  m_size == Size::Large ? tr("%1 · power on now").arg(name) : name);
        return;
    }
    if (m_machines.reserved().contains(slot)) {
        paintFree(painter, box, MachineState::Reserved, tr("kept free"));
        return;
    }
    painter.setPen(QPen(m_theme.tokens().line, 1, Qt::DashLine));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
}

void RackView::paintFree(QPainter& painter, const QRectF& box, MachineState state,
                         const QString& text) const {
    const Tone& tone = m_theme.tokens().tone(stateTone(state));
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone.ground);
    painter.drawRoundedRect(box, 3, 3);
    const double mark = std::min(9.0, box.height() - 3);
    paintMark(painter, QRectF(box.left() + 9, box.center().y() - mark / 2, mark, mark), state, tone.ink);
    painter.setPen(tone.ink);
    QFont small = font();
    small.setPixelSize(m_size == Size::Large ? 12 : 10);
    painter.setFont(small);
    painter.drawText(box.adjusted(24, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
}

void RackView::paintMachine(QPainter& painter, const QRectF& box, const engine::MachineRow& row) const {
    const MachineState state = shownState(row, m_machines.cursor());
    const Tone& tone = m_theme.tokens().tone(stateTone(state));
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone.ground);
    painter.drawRoundedRect(box, 2, 2);
    painter.setBrush(tone.ink);
    painter.drawRoundedRect(QRectF(box.left(), box.top(), 3, box.height()), 1.5, 1.5);
    const double mark = std::min(m_size == Size::Large ? 11.0 : 8.5, box.height() - 3);
    paintMark(painter, QRectF(box.left() + 9, box.center().y() - mark / 2, mark, mark), state, tone.ink,
              roster::progressOf(row.machine));
    QFont small = font();
    small.setPixelSize(m_size == Size::Large ? 12 : 10);
    small.setWeight(m_size == Size::Large ? QFont::DemiBold : QFont::Normal);
    painter.setFont(small);
    painter.setPen(tone.ink);
    const QString name = row.hostname.isEmpty() ? cell::mac(row) : printable(row.hostname);
    painter.drawText(box.adjusted(24, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
    if (!row.machine.orderUncertainWith.empty() && m_size == Size::Small)
        painter.drawText(box.adjusted(24, 0, -6, 0), Qt::AlignRight | Qt::AlignVCenter, tr("order?"));
    if (m_size == Size::Large)
        paintDetails(painter, box, row);
}

void RackView::paintDetails(QPainter& painter, const QRectF& box, const engine::MachineRow& row) const {
    const MachineState state = shownState(row, m_machines.cursor());
    QFont plain = font();
    plain.setPixelSize(12);
    painter.setFont(plain);
    const double third = box.width() / 3;
    painter.drawText(
        QRectF(box.left() + third, box.top(), third, box.height()), Qt::AlignLeft | Qt::AlignVCenter,
        row.machine.orderUncertainWith.empty() ? stateWord(state)
                                               : tr("%1 · order uncertain").arg(stateWord(state)));
    painter.setFont(fixedFont(11));
    painter.drawText(box.adjusted(0, 0, -10, 0), Qt::AlignRight | Qt::AlignVCenter, cell::address(row));
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
    for (int slot = (row ? row->machine.slot.value_or(0) : 0) + step; slot >= 1 && slot <= slotCount();
         slot += step) {
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
    const engine::MachineRow* const row = slot ? m_machines.findBySlot(*slot) : nullptr;
    if (!row) {
        QToolTip::hideText();
        return true;
    }
    const QString text = QStringLiteral("%1 · %2 · %3")
                             .arg(cell::slot(*row), printable(row->hostname),
                                  stateWord(shownState(*row, m_machines.cursor())));
    QToolTip::showText(help->globalPos(), text.toHtmlEscaped(), this);
    return true;
}

} // namespace rackmuster::ui
