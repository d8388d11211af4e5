#pragma once

#include "core/roster/RackLayout.h"

#include <QRectF>

#include <optional>

namespace rackmuster::ui {

/// Where the slots of the large picture are: slot 1 at the bottom left, above it the next ones; with machines
/// side by side row by row.
class RackGrid {
public:
    RackGrid() = default;
    /// `highest` is shown, too, where it lies beyond the layout.
    RackGrid(const roster::RackLayout& layout, int highest);

    [[nodiscard]] int slotCount() const { return m_slotCount; }
    /// With the column of its number at the left.
    [[nodiscard]] QRectF slotRect(int slot) const;
    [[nodiscard]] std::optional<int> slotAt(const QPointF& position) const;
    /// The slot that is `right` columns and `up` rows further; nothing where the rack ends.
    [[nodiscard]] std::optional<int> neighbour(int slot, int right, int up) const;
    [[nodiscard]] QRectF bounds() const;

    bool operator==(const RackGrid&) const = default;

private:
    [[nodiscard]] int rows() const;
    [[nodiscard]] double columnWidth() const;

    int m_slotCount = 1;
    int m_columns = 1; ///< Machines side by side.
};

} // namespace rackmuster::ui
