#include "ui/widgets/Emblem.h"

#include "ui/text/ImageWords.h"

#include <QPainter>

namespace rackmuster::ui {

Emblem::Emblem(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setFixedSize(44, 44);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Emblem::setName(const QString& name) {
    m_letters = distributionWord(name).left(2);
    m_tint = emblemOf(name);
    update();
}

void Emblem::paintEvent(QPaintEvent*) {
    const Tone& tone = m_theme.tokens().emblems.at(m_tint);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tone.ground);
    painter.drawRoundedRect(rect(), metrics::cardRadius, metrics::cardRadius);
    QFont bold = font();
    bold.setPixelSize(14);
    bold.setWeight(QFont::Bold);
    painter.setFont(bold);
    painter.setPen(tone.ink);
    painter.drawText(rect(), Qt::AlignCenter, m_letters);
}

} // namespace rackmuster::ui
