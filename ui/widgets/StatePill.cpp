#include "ui/widgets/StatePill.h"

#include "ui/text/Words.h"
#include "ui/widgets/StateMark.h"

#include <QFontMetrics>

namespace rackmuster::ui {

namespace {

constexpr int padding = 7;
constexpr int markSize = 10;
constexpr int markGap = 5;

QFont pillFont(QFont font) {
    font.setPixelSize(12);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

PillContent pillOf(roster::MachineState state, int percent) {
    return {stateWord(state), stateTone(state), state, percent};
}

QSize pillSize(const PillContent& content, const QFont& font) {
    const QFontMetrics fontMetrics(pillFont(font));
    const int mark = content.mark ? markSize + markGap : 0;
    return {2 * padding + mark + fontMetrics.horizontalAdvance(content.text), 21};
}

void paintPill(QPainter& painter, const QRect& area, const PillContent& content, const Tokens& tokens,
               const QFont& font) {
    const QSize size = pillSize(content, font).boundedTo(QSize(area.width(), area.height()));
    const QRect pill(QPoint(area.left(), area.top() + (area.height() - size.height()) / 2), size);
    const Tone& tone = tokens.tone(content.tone);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone.ground);
    painter.drawRoundedRect(pill, 5, 5);
    QRect text = pill.adjusted(padding, 0, -padding / 2, 0);
    if (content.mark) {
        const QRectF box(text.left(), pill.center().y() - markSize / 2.0 + 0.5, markSize, markSize);
        paintMark(painter, box, *content.mark, tone.ink, content.percent);
        text.setLeft(text.left() + markSize + markGap);
    }
    painter.setFont(pillFont(font));
    painter.setPen(tone.ink);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, content.text);
    painter.restore();
}

StatePill::StatePill(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StatePill::setContent(const PillContent& content) {
    m_content = content;
    setAccessibleName(content.text);
    updateGeometry();
    update();
}

QSize StatePill::sizeHint() const {
    return pillSize(m_content, font());
}

void StatePill::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintPill(painter, rect(), m_content, m_theme.tokens(), font());
}

} // namespace rackmuster::ui
