#include "ui/rack/RackSheet.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <algorithm>

namespace rackmuster::ui {

namespace {

constexpr double titleHeight = 34;
constexpr int pictureScale =
    2; ///< Pixels of a PNG to one on the screen: names are sharp when it is enlarged.
constexpr double pageMargin = 12; ///< mm

QByteArray svgBytes(RackSheet& sheet) {
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setTitle(sheet.title());
    generator.setSize(sheet.size().toSize());
    generator.setViewBox(QRectF(QPointF(), sheet.size()));
    QPainter painter(&generator);
    sheet.paint(painter, QRectF(QPointF(), sheet.size()));
    painter.end();
    return buffer.data();
}

QByteArray pdfBytes(RackSheet& sheet) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setTitle(sheet.title());
    writer.setCreator(QCoreApplication::applicationName());
    writer.setPageSize(QPageSize(QPageSize::A4));
    return printSheet(sheet, writer) ? buffer.data() : QByteArray();
}

QByteArray pngBytes(RackSheet& sheet) {
    QImage image((sheet.size() * pictureScale).toSize(), QImage::Format_RGB32);
    image.fill(lightTokens().surface);
    QPainter painter(&image);
    sheet.paint(painter, QRectF(QPointF(), QSizeF(image.size())));
    painter.end();
    QBuffer buffer;
    return image.save(&buffer, "PNG") ? buffer.data() : QByteArray();
}

} // namespace

RackSheet::RackSheet(const MachineModel& machines, const QDateTime& made)
    : m_scene(machines, lightTokens()), m_title(machines.rackTitle()),
      m_made(QLocale().toString(made, QLocale::ShortFormat)) {}

QSizeF RackSheet::size() const {
    return m_scene.sceneRect().size() + QSizeF(0, titleHeight);
}

void RackSheet::paint(QPainter& painter, const QRectF& area) {
    const double scale = std::min(area.width() / size().width(), area.height() / size().height());
    painter.save();
    painter.translate(area.left() + (area.width() - scale * size().width()) / 2, area.top());
    painter.scale(scale, scale);
    painter.fillRect(QRectF(QPointF(), size()), m_scene.tokens().surface);
    paintTitle(painter, size().width());
    m_scene.render(&painter, QRectF(QPointF(0, titleHeight), m_scene.sceneRect().size()),
                   m_scene.sceneRect());
    painter.restore();
}

void RackSheet::paintTitle(QPainter& painter, double width) const {
    const QRectF line(metrics::tiny, 0, width - 2 * metrics::tiny, titleHeight);
    QFont font = m_scene.font();
    font.setPixelSize(18);
    font.setWeight(QFont::Bold);
    painter.setFont(font);
    painter.setPen(m_scene.tokens().text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_title);
    font.setPixelSize(12);
    font.setWeight(QFont::Normal);
    painter.setFont(font);
    painter.setPen(m_scene.tokens().muted);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_made);
}

bool printSheet(RackSheet& sheet, QPagedPaintDevice& device) {
    const bool isWide = sheet.size().width() > sheet.size().height();
    device.setPageOrientation(isWide ? QPageLayout::Landscape : QPageLayout::Portrait);
    device.setPageMargins(QMarginsF(pageMargin, pageMargin, pageMargin, pageMargin), QPageLayout::Millimeter);
    QPainter painter;
    if (!painter.begin(&device))
        return false;
    sheet.paint(painter, QRectF(0, 0, device.width(), device.height()));
    return painter.end();
}

QByteArray sheetBytes(RackSheet& sheet, const QString& suffix) {
    if (suffix.compare(QLatin1String("svg"), Qt::CaseInsensitive) == 0)
        return svgBytes(sheet);
    if (suffix.compare(QLatin1String("pdf"), Qt::CaseInsensitive) == 0)
        return pdfBytes(sheet);
    return suffix.compare(QLatin1String("png"), Qt::CaseInsensitive) == 0 ? pngBytes(sheet) : QByteArray();
}

} // namespace rackmuster::ui
