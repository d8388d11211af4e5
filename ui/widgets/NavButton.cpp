#include "ui/widgets/NavButton.h"

#include <QPainter>

namespace rackmuster::ui {

NavButton::NavButton(const Theme& theme, const QString& iconName, const QString& text, QWidget* parent)
    : QAbstractButton(parent), m_theme(theme), m_iconName(iconName) {
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumHeight(36);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void NavButton::setBadge(int count) {
    m_badge = count;
    setAccessibleDescription(count > 0 ? tr("%n waiting", nullptr, count) : QString());
    update();
}

void NavButton::setNarrow(bool isNarrow) {
    m_isNarrow = isNarrow;
    setToolTip(isNarrow ? text() : QString());
    updateGeometry();
    update();
}

void NavButton::paintEvent(QPaintEvent*) {
    const Tokens& t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? t.selection : t.background);
        painter.drawRoundedRect(rect(), metrics::radius, metrics::radius);
    }
    if (hasFocus()) {
        painter.setPen(QPen(t.accent(), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), metrics::radius, metrics::radius);
    }
    const QColor& ink = isChecked() ? t.accent() : t.muted;
    const int iconX = m_isNarrow ? (width() - 18) / 2 : 10;
    m_theme.icon(m_iconName, ink).paint(&painter, QRect(iconX, (height() - 18) / 2, 18, 18));
    if (!m_isNarrow) {
        QFont word = font();
        word.setWeight(isChecked() ? QFont::DemiBold : QFont::Normal);
        painter.setFont(word);
        painter.setPen(ink);
        painter.drawText(rect().adjusted(38, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, text());
    }
    if (m_badge > 0)
        paintBadge(painter);
}

void NavButton::paintBadge(QPainter& painter) const {
    const Tone& tone = m_theme.tokens().tone(ToneName::Waiting);
    QFont small = font();
    small.setPixelSize(11);
    small.setWeight(QFont::DemiBold);
    painter.setFont(small);
    const QString text = QString::number(m_badge);
    const int badgeWidth = qMax(m_isNarrow ? 16 : 22, QFontMetrics(small).horizontalAdvance(text) + 12);
    const int badgeHeight = m_isNarrow ? 14 : 18;
    const QRectF badge = m_isNarrow ? QRectF(width() - badgeWidth, 1, badgeWidth, badgeHeight)
                                    : QRectF(width() - badgeWidth - 10, (height() - badgeHeight) / 2.0,
                                             badgeWidth, badgeHeight);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone.ground);
    painter.drawRoundedRect(badge, badgeHeight / 2.0, badgeHeight / 2.0);
    painter.setPen(tone.ink);
    painter.drawText(badge, Qt::AlignCenter, text);
}

} // namespace rackmuster::ui
