#include "ui/widgets/ServiceDot.h"

#include <QPainter>

namespace rackmuster::ui {

namespace {

constexpr int dotSize = 9;
constexpr int gap = 6;

} // namespace

ServiceDot::ServiceDot(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ServiceDot::setContent(ToneName tone, const QString& text) {
    m_tone = tone;
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize ServiceDot::sizeHint() const {
    return {dotSize + gap + fontMetrics().horizontalAdvance(m_text) + 1, 20};
}

void ServiceDot::paintEvent(QPaintEvent*) {
    const Tokens& t = m_theme.tokens();
    const QColor& ink = t.tone(m_tone).ink;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF dot(0.5, (height() - dotSize) / 2.0, dotSize, dotSize);
    if (m_tone == ToneName::Problem) {
        painter.setPen(QPen(ink, 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(dot.topLeft() + QPointF(1, 1), dot.bottomRight() - QPointF(1, 1));
        painter.drawLine(dot.bottomLeft() + QPointF(1, -1), dot.topRight() + QPointF(-1, 1));
    } else {
        const bool isFull = m_tone != ToneName::Idle;
        painter.setPen(isFull ? Qt::NoPen : QPen(ink, 1.5));
        painter.setBrush(isFull ? QBrush(ink) : QBrush(Qt::NoBrush));
        painter.drawEllipse(dot.adjusted(0.5, 0.5, -0.5, -0.5));
    }
    painter.setPen(m_tone == ToneName::Problem ? ink : t.muted);
    painter.drawText(rect().adjusted(dotSize + gap, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_text);
}

} // namespace rackmuster::ui
