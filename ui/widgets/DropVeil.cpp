#include "ui/widgets/DropVeil.h"

#include <QPainter>

namespace rackmuster::ui {

DropVeil::DropVeil(const Theme& theme, QWidget& host) : QWidget(&host), m_theme(theme) {
    setObjectName(QStringLiteral("dropVeil"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropVeil::cover(int count) {
    m_text = tr("Drop %n file(s) or folder(s): images, kickstart and preseed files", nullptr, count);
    setAccessibleName(m_text);
    setGeometry(parentWidget()->rect());
    raise();
    show();
    update();
}

void DropVeil::paintEvent(QPaintEvent*) {
    const Tokens& t = m_theme.tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = t.background;
    ground.setAlpha(200);
    painter.fillRect(rect(), ground);
    const QRectF border = QRectF(rect()).adjusted(6, 6, -6, -6);
    painter.setPen(QPen(t.accent(), 3, Qt::DashLine));
    painter.drawRoundedRect(border, metrics::cardRadius, metrics::cardRadius);
    QFont large = font();
    large.setPixelSize(18);
    large.setWeight(QFont::Bold);
    painter.setFont(large);
    const QRect words = painter.fontMetrics().boundingRect(rect().adjusted(80, 0, -80, 0),
                                                           Qt::AlignCenter | Qt::TextWordWrap, m_text);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.tone(ToneName::Running).ground);
    painter.drawRoundedRect(words.adjusted(-24, -16, 24, 16), metrics::cardRadius, metrics::cardRadius);
    painter.setPen(t.accent());
    painter.drawText(words, Qt::AlignCenter | Qt::TextWordWrap, m_text);
}

} // namespace rackmuster::ui
