#pragma once

#include "core/roster/Machine.h"

#include <QColor>
#include <QPainter>
#include <QRectF>

namespace rackmuster::ui {

/// Draws the mark of `state` into the square `box`, legible from 10 pixels on. `percent` fills the mark of
/// Installing. Drawn, not typed: fonts differ in these signs.
void paintMark(QPainter& painter, const QRectF& box, roster::MachineState state, const QColor& color,
               int percent = 50);

} // namespace rackmuster::ui
