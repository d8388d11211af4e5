#include "ui/rack/SlotPainter.h"

#include "ui/text/PlainText.h"
#include "ui/text/Words.h"
#include "ui/widgets/RowDelegate.h"
#include "ui/widgets/StateMark.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>

namespace rackmuster::ui {

using roster::MachineState;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(SlotPainter)
};

constexpr double textLeft = 24;
constexpr double detailsWidth = 300; ///< In boxes narrower than this there is room for the name only.

QString nameOf(const engine::MachineRow& row) {
    return row.hostname.isEmpty() ? cell::mac(row) : printable(row.hostname);
}

} // namespace

SlotPainter::SlotPainter(QPainter& painter, const QFont& font, const Tokens& tokens,
                         const MachineModel& machines, SlotSize size)
    : m_painter(painter), m_font(font), m_tokens(tokens), m_machines(machines), m_size(size) {
    m_painter.setRenderHint(QPainter::Antialiasing);
}

QFont SlotPainter::textFont(QFont::Weight weight) const {
    QFont small = m_font;
    small.setPixelSize(m_size == SlotSize::Large ? 12 : 10);
    small.setWeight(weight);
    return small;
}

bool SlotPainter::hasRoomForDetails(const QRectF& box) const {
    return m_size == SlotSize::Large && box.width() >= detailsWidth;
}

void SlotPainter::paintText(const QRectF& area, Qt::Alignment alignment, const QString& text,
                            Qt::TextElideMode elision) const {
    const QFontMetricsF metrics(m_painter.font());
    m_painter.drawText(area, static_cast<int>(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                       metrics.elidedText(text, elision, area.width()));
}

void SlotPainter::paintNumber(const QRectF& area, int slot) const {
    const bool isNext = slot == m_machines.cursor();
    m_painter.setFont(fixedFont(m_size == SlotSize::Large ? 11 : 9));
    m_painter.setPen(isNext ? m_tokens.tone(ToneName::Waiting).ink : m_tokens.muted);
    paintText(area.adjusted(0, 0, -7, 0), Qt::AlignRight,
              QString::number(m_machines.layout().placeOf(slot).slot));
}

void SlotPainter::paintSlot(const QRectF& box, int slot) const {
    if (const engine::MachineRow* const row = m_machines.findBySlot(slot))
        paintMachine(box, *row);
    else
        paintEmptySlot(box, slot);
}

void SlotPainter::paintFrame(const QRectF& box, const QColor& color) const {
    m_painter.setPen(QPen(color, 1.6));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(box, 3, 3);
}

void SlotPainter::paintEmptySlot(const QRectF& box, int slot) const {
    const QString name = QString::fromStdString(m_machines.layout().hostnameOf(slot));
    if (slot == m_machines.cursor()) {
        paintFree(box, MachineState::Next,
                  m_size == SlotSize::Large ? Text::tr("%1 · power on now").arg(name) : name);
        return;
    }
    if (m_machines.reserved().contains(slot)) {
        paintFree(box, MachineState::Reserved, Text::tr("kept free"));
        return;
    }
    m_painter.setPen(QPen(m_tokens.line, 1, Qt::DashLine));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
}

void SlotPainter::paintFree(const QRectF& box, MachineState state, const QString& text) const {
    const Tone& tone = m_tokens.tone(stateTone(state));
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(tone.ground);
    m_painter.drawRoundedRect(box, 3, 3);
    const double mark = std::min(m_size == SlotSize::Large ? 11.0 : 9.0, box.height() - 3);
    paintMark(m_painter, QRectF(box.left() + 9, box.center().y() - mark / 2, mark, mark), state, tone.ink);
    m_painter.setPen(tone.ink);
    m_painter.setFont(textFont(QFont::Normal));
    paintText(box.adjusted(textLeft, 0, -4, 0), Qt::AlignLeft, text);
}

void SlotPainter::paintMachine(const QRectF& box, const engine::MachineRow& row) const {
    const MachineState state = shownState(row, m_machines.cursor());
    const Tone& tone = m_tokens.tone(stateTone(state));
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(tone.ground);
    m_painter.drawRoundedRect(box, 2, 2);
    m_painter.setBrush(tone.ink);
    m_painter.drawRoundedRect(QRectF(box.left(), box.top(), 3, box.height()), 1.5, 1.5);
    const double mark = std::min(m_size == SlotSize::Large ? 11.0 : 8.5, box.height() - 3);
    paintMark(m_painter, QRectF(box.left() + 9, box.center().y() - mark / 2, mark, mark), state, tone.ink,
              roster::progressOf(row.machine));
    m_painter.setFont(textFont(m_size == SlotSize::Large ? QFont::DemiBold : QFont::Normal));
    m_painter.setPen(tone.ink);
    QRectF name = box.adjusted(textLeft, 0, -4, 0);
    if (hasRoomForDetails(box)) {
        name.setRight(box.left() + box.width() * 0.36);
        paintName(name, row);
        paintDetails(box, row);
        return;
    }
    if (!row.machine.orderUncertainWith.empty()) {
        const QString doubt = Text::tr("order?");
        paintText(name, Qt::AlignRight, doubt);
        name.setRight(name.right() - QFontMetricsF(m_painter.font()).horizontalAdvance(doubt) - 4);
    }
    paintName(name, row);
}

/// What tells hardware addresses apart is their end.
void SlotPainter::paintName(const QRectF& area, const engine::MachineRow& row) const {
    paintText(area, Qt::AlignLeft, nameOf(row), row.hostname.isEmpty() ? Qt::ElideLeft : Qt::ElideRight);
}

void SlotPainter::paintDetails(const QRectF& box, const engine::MachineRow& row) const {
    const MachineState state = shownState(row, m_machines.cursor());
    const double addressWidth = 110;
    QRectF words = box.adjusted(box.width() * 0.38, 0, 0, 0);
    words.setRight(box.right() - addressWidth);
    m_painter.setFont(textFont(QFont::Normal));
    paintText(words, Qt::AlignLeft,
              row.machine.orderUncertainWith.empty()
                  ? stateWord(state)
                  : Text::tr("%1 · order uncertain").arg(stateWord(state)));
    m_painter.setFont(fixedFont(11));
    paintText(box.adjusted(box.width() - addressWidth, 0, -8, 0), Qt::AlignRight, cell::address(row));
}

QString slotWords(const MachineModel& machines, int slot) {
    QStringList words{Text::tr("Slot %1").arg(machines.slotLabel(slot))};
    if (const engine::MachineRow* const row = machines.findBySlot(slot))
        words << nameOf(*row) << stateWord(shownState(*row, machines.cursor())) << cell::address(*row);
    else if (slot == machines.cursor())
        words << QString::fromStdString(machines.layout().hostnameOf(slot)) << stateWord(MachineState::Next);
    else
        words << (machines.reserved().contains(slot) ? Text::tr("kept free") : Text::tr("free"));
    words.removeAll(QString());
    return words.join(QStringLiteral(" · "));
}

} // namespace rackmuster::ui
