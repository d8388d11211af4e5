#pragma once

#include "core/roster/RackLayout.h"

#include <QRectF>

#include <optional>

namespace rackmuster::ui {

/// Where the slots of the large picture are: the racks side by side; in each slot 1 at the bottom left, above
/// it the next ones; with machines side by side row by row.
class RackGrid {
public:
    RackGrid() = default;
    /// `highest` is shown, too, where it lies beyond the layout.
    RackGrid(roster::RackLayout layout, int highest);

    [[nodiscard]] int rackCount() const { return m_rackCount; }
    /// The last slot of the last rack.
    [[nodiscard]] int lastSlot() const { return m_lastSlot; }
    /// With the column of its number at the left.
    [[nodiscard]] QRectF slotRect(int slot) const;
    /// Where the name of the rack stands, from 1; empty when there is only one.
    [[nodiscard]] QRectF captionRect(int rack) const;
    [[nodiscard]] std::optional<int> slotAt(const QPointF& position) const;
    /// The slot that is `right` columns and `up` rows further, be it in the next rack; nothing where they
    /// end.
    [[nodiscard]] std::optional<int> neighbour(int slot, int right, int up) const;
    [[nodiscard]] QRectF bounds() const;

    bool operator==(const RackGrid&) const = default;

private:
    /// From the left over all racks, and from the bottom; both from 0.
    struct Cell {
        int column = 0;
        int row = 0;
    };
    [[nodiscard]] Cell cellOf(int slot) const;
    [[nodiscard]] std::optional<int> slotIn(Cell cell) const;
    [[nodiscard]] int rows() const;
    [[nodiscard]] double columnWidth() const;
    [[nodiscard]] double rackPitch() const; ///< From the left of one rack to that of the next.
    [[nodiscard]] double captionHeight() const;

    int m_rackCount = 1;
    int m_slotCount = 1; ///< Of each rack.
    int m_lastSlot = 1;
    int m_columns = 1; ///< Machines side by side.
};

} // namespace rackmuster::ui
