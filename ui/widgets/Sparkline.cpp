#include "ui/widgets/Sparkline.h"

#include <QPainter>
#include <QPolygonF>

#include <algorithm>

namespace rackmuster::ui {

Sparkline::Sparkline(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Sparkline::append(double value) {
    m_values.push_back(value);
    if (m_values.size() > length)
        m_values.pop_front();
    update();
}

void Sparkline::paintEvent(QPaintEvent*) {
    if (m_values.size() < 2)
        return;
    const double top = std::max(1.0, *std::max_element(m_values.begin(), m_values.end()));
    const double step = static_cast<double>(width() - 2) / static_cast<double>(length - 1);
    QPolygonF line;
    double x = width() - 1 - step * static_cast<double>(m_values.size() - 1);
    for (const double value : m_values) {
        line << QPointF(x, height() - 2 - (height() - 4) * value / top);
        x += step;
    }
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_theme.tokens().accent(), 1.5));
    painter.drawPolyline(line);
}

} // namespace rackmuster::ui
