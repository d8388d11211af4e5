#include "ui/rack/RackGrid.h"

#include <algorithm>
#include <cmath>

namespace rackmuster::ui {

namespace {

constexpr double slotHeight = 17;
constexpr double rackWidth = 480;
constexpr double narrowestColumn = 130;

} // namespace

RackGrid::RackGrid(const roster::RackLayout& layout, int highest)
    : m_slotCount(std::max(layout.slotCount, highest)),
      m_columns(layout.direction == roster::Direction::ByColumn ? layout.columns : 1) {}

int RackGrid::rows() const {
    return (m_slotCount + m_columns - 1) / m_columns;
}

double RackGrid::columnWidth() const {
    return std::max(rackWidth / m_columns, narrowestColumn);
}

QRectF RackGrid::slotRect(int slot) const {
    const int column = (slot - 1) % m_columns;
    const int row = (slot - 1) / m_columns;
    return {column * columnWidth(), (rows() - 1 - row) * slotHeight, columnWidth(), slotHeight};
}

std::optional<int> RackGrid::slotAt(const QPointF& position) const {
    if (!bounds().contains(position))
        return std::nullopt;
    const int column = std::min(static_cast<int>(position.x() / columnWidth()), m_columns - 1);
    const int row = rows() - 1 - std::min(static_cast<int>(position.y() / slotHeight), rows() - 1);
    const int slot = row * m_columns + column + 1;
    return slot <= m_slotCount ? std::optional(slot) : std::nullopt;
}

std::optional<int> RackGrid::neighbour(int slot, int right, int up) const {
    const QRectF here = slotRect(slot);
    return slotAt(here.center() + QPointF(right * here.width(), -up * here.height()));
}

QRectF RackGrid::bounds() const {
    return {0, 0, m_columns * columnWidth(), rows() * slotHeight};
}

} // namespace rackmuster::ui
