#include "ui/rack/RackGrid.h"

#include <algorithm>
#include <cmath>

namespace rackmuster::ui {

namespace {

constexpr double slotHeight = 17;
constexpr double rackWidth = 480;
constexpr double oneOfManyWidth = 240; ///< Names and states, no addresses.
constexpr double narrowestColumn = 130;
constexpr double aisle = 24;
constexpr double caption = 26;

} // namespace

RackGrid::RackGrid(roster::RackLayout layout, int highest)
    : m_columns(layout.direction == roster::Direction::ByColumn ? layout.columns : 1) {
    layout.growTo(std::clamp(highest, 1, roster::maximumSlot));
    m_rackCount = layout.rackCount;
    m_slotCount = layout.slotCount;
    m_lastSlot = layout.lastSlot();
}

int RackGrid::rows() const {
    return (m_slotCount + m_columns - 1) / m_columns;
}

double RackGrid::columnWidth() const {
    return std::max((m_rackCount == 1 ? rackWidth : oneOfManyWidth) / m_columns, narrowestColumn);
}

double RackGrid::rackPitch() const {
    return m_columns * columnWidth() + aisle;
}

double RackGrid::captionHeight() const {
    return m_rackCount == 1 ? 0 : caption;
}

RackGrid::Cell RackGrid::cellOf(int slot) const {
    const int rack = (slot - 1) / m_slotCount;
    const int inRack = (slot - 1) % m_slotCount;
    return {rack * m_columns + inRack % m_columns, inRack / m_columns};
}

std::optional<int> RackGrid::slotIn(Cell cell) const {
    if (cell.column < 0 || cell.column >= m_rackCount * m_columns || cell.row < 0)
        return std::nullopt;
    const int inRack = cell.row * m_columns + cell.column % m_columns;
    const int slot = cell.column / m_columns * m_slotCount + inRack + 1;
    return inRack < m_slotCount && slot <= m_lastSlot ? std::optional(slot) : std::nullopt;
}

QRectF RackGrid::slotRect(int slot) const {
    const Cell cell = cellOf(slot);
    const double left = cell.column / m_columns * rackPitch() + cell.column % m_columns * columnWidth();
    return {left, captionHeight() + (rows() - 1 - cell.row) * slotHeight, columnWidth(), slotHeight};
}

QRectF RackGrid::captionRect(int rack) const {
    return {(rack - 1) * rackPitch(), 0, rackPitch() - aisle, captionHeight()};
}

std::optional<int> RackGrid::slotAt(const QPointF& position) const {
    const double inRack = std::fmod(position.x(), rackPitch());
    const double fromTop = position.y() - captionHeight();
    if (position.x() < 0 || inRack >= rackPitch() - aisle || fromTop < 0)
        return std::nullopt;
    const int rack = static_cast<int>(position.x() / rackPitch());
    return slotIn({rack * m_columns + static_cast<int>(inRack / columnWidth()),
                   rows() - 1 - static_cast<int>(fromTop / slotHeight)});
}

std::optional<int> RackGrid::neighbour(int slot, int right, int up) const {
    const Cell here = cellOf(slot);
    return slotIn({here.column + right, here.row + up});
}

QRectF RackGrid::bounds() const {
    return {0, 0, m_rackCount * rackPitch() - aisle, captionHeight() + rows() * slotHeight};
}

} // namespace rackmuster::ui
