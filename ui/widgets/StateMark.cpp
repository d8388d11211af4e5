#include "ui/widgets/StateMark.h"

#include <QPainterPath>
#include <QPolygonF>

#include <initializer_list>

namespace rackmuster::ui {

using roster::MachineState;

namespace {

/// Draws in a unit square that is scaled to the mark's box; strokes keep one weight.
class MarkPainter {
public:
    MarkPainter(QPainter& painter, const QRectF& box, const QColor& color) : m_painter(painter), m_box(box) {
        m_painter.save();
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.setPen(
            QPen(color, qMax(1.3, box.width() / 8.0), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        m_painter.setBrush(Qt::NoBrush);
    }
    ~MarkPainter() { m_painter.restore(); }
    MarkPainter(const MarkPainter&) = delete;
    MarkPainter& operator=(const MarkPainter&) = delete;

    void circle(double radius) {
        m_painter.drawEllipse(m_box.center(), radius * m_box.width(), radius * m_box.width());
    }
    void disc(double radius) {
        m_painter.setBrush(m_painter.pen().color());
        m_painter.setPen(Qt::NoPen);
        circle(radius);
    }
    void line(std::initializer_list<QPointF> points) {
        QPolygonF polygon;
        for (const QPointF& point : points)
            polygon << at(point);
        m_painter.drawPolyline(polygon);
    }
    void area(std::initializer_list<QPointF> points) {
        QPolygonF polygon;
        for (const QPointF& point : points)
            polygon << at(point);
        m_painter.setBrush(m_painter.pen().color());
        m_painter.drawPolygon(polygon);
    }
    /// A filled part of the circle, clockwise from the top.
    void slice(double radius, int percent) {
        const double size = 2 * radius * m_box.width();
        const QRectF round(m_box.center() - QPointF(size / 2, size / 2), QSizeF(size, size));
        m_painter.setBrush(m_painter.pen().color());
        m_painter.drawPie(round, 90 * 16, -percent * 16 * 360 / 100);
    }
    void arc(double radius, int startDegrees, int spanDegrees) {
        const double size = 2 * radius * m_box.width();
        m_painter.drawArc(QRectF(m_box.center() - QPointF(size / 2, size / 2), QSizeF(size, size)),
                          startDegrees * 16, spanDegrees * 16);
    }

private:
    [[nodiscard]] QPointF at(const QPointF& point) const {
        return {m_box.x() + point.x() * m_box.width(), m_box.y() + point.y() * m_box.height()};
    }

    QPainter& m_painter;
    QRectF m_box;
};

} // namespace

void paintMark(QPainter& painter, const QRectF& box, MachineState state, const QColor& color, int percent) {
    MarkPainter mark(painter, box, color);
    switch (state) {
    case MachineState::Seen:
        mark.circle(0.38);
        break;
    case MachineState::Reserved:
        mark.line({{0.25, 0.25}, {0.75, 0.25}, {0.75, 0.75}, {0.25, 0.75}, {0.25, 0.25}});
        break;
    case MachineState::Next:
        mark.circle(0.42);
        mark.disc(0.22);
        break;
    case MachineState::Waiting:
        mark.circle(0.42);
        mark.line({{0.5, 0.26}, {0.5, 0.52}, {0.68, 0.62}});
        break;
    case MachineState::Approved:
    case MachineState::Done:
        mark.line({{0.14, 0.54}, {0.4, 0.8}, {0.88, 0.22}});
        break;
    case MachineState::Booting:
        mark.area({{0.26, 0.16}, {0.82, 0.5}, {0.26, 0.84}});
        break;
    case MachineState::Installing:
        mark.circle(0.42);
        mark.slice(0.36, qBound(8, percent, 100));
        break;
    case MachineState::CameBack:
        mark.arc(0.38, 120, 290);
        mark.line({{0.08, 0.12}, {0.3, 0.17}, {0.25, 0.4}});
        break;
    case MachineState::Stalled:
        mark.line({{0.5, 0.12}, {0.5, 0.62}});
        mark.line({{0.5, 0.87}, {0.5, 0.88}});
        break;
    case MachineState::Failed:
        mark.line({{0.2, 0.2}, {0.8, 0.8}});
        mark.line({{0.8, 0.2}, {0.2, 0.8}});
        break;
    case MachineState::Refused:
        mark.circle(0.42);
        mark.line({{0.22, 0.78}, {0.78, 0.22}});
        break;
    }
}

} // namespace rackmuster::ui
