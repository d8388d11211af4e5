#include "ui/widgets/DropCard.h"

#include <QPainter>

namespace rackmuster::ui {

DropCard::DropCard(const QString& text, const Theme& theme, QWidget* parent)
    : QPushButton(text, parent), m_theme(theme) {
    setMinimumHeight(sizeHint().height());
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void DropCard::paintEvent(QPaintEvent*) {
    const Tokens& t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool isActive = hasFocus() || underMouse();
    painter.setPen(QPen(isActive ? t.accent() : t.line, 2, Qt::DashLine));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), metrics::cardRadius,
                            metrics::cardRadius);
    painter.setPen(isActive ? t.accent() : t.muted);
    QFont plain = font();
    plain.setWeight(QFont::Normal);
    painter.setFont(plain);
    painter.drawText(rect().adjusted(16, 0, -16, 0), Qt::AlignCenter | Qt::TextWordWrap, text());
}

} // namespace rackmuster::ui
