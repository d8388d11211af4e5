#pragma once

#include "ui/rack/RackScene.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

class QPagedPaintDevice;

namespace rackmuster::ui {

/// The picture of the rack on white paper, in the light colours whatever the window's are: its name and the
/// time above the slots.
class RackSheet {
public:
    /// `machines` outlives this.
    RackSheet(const MachineModel& machines, const QDateTime& made);

    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QSizeF size() const; ///< As it is on the screen, in pixels.
    /// As large as fits into `area`, at its top.
    void paint(QPainter& painter, const QRectF& area);

private:
    void paintTitle(QPainter& painter, double width) const;

    RackScene m_scene;
    QString m_title;
    QString m_made;
};

/// One page, high or wide as the rack is; false when the device does not take it.
[[nodiscard]] bool printSheet(RackSheet& sheet, QPagedPaintDevice& device);

/// "svg", "pdf" or "png"; empty bytes for any other suffix.
[[nodiscard]] QByteArray sheetBytes(RackSheet& sheet, const QString& suffix);

} // namespace rackmuster::ui
