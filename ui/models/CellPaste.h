#pragma once

#include "ui/models/Choices.h"
#include "ui/models/MachineEdit.h"

#include <QStringList>

#include <cstddef>
#include <functional>
#include <optional>

namespace rackmuster::ui {

/// Cells out of a spreadsheet.
using CellGrid = std::vector<QStringList>;

/// The part of the table that a paste lands on.
struct PasteTarget {
    std::vector<MacAddress> machines;   ///< From the upper left cell down to the end of the table.
    std::vector<MachineColumn> columns; ///< From there to the right, as they are shown.
};

/// What the operator can choose for a machine in a column, as its cell offers it.
using ChoicesOf = std::function<std::vector<Choice>(MachineColumn column, MacAddress mac)>;

struct PastePlan {
    PlannedEdit edit;
    int skipped = 0; ///< Cells that would have to change and cannot.
};

/// How many rows of the paste are more than the table has.
[[nodiscard]] int extraRows(const CellGrid& grid, const PasteTarget& target);
/// Extra rows can become planned machines: their MAC comes along.
[[nodiscard]] bool bringsMachines(const CellGrid& grid, const PasteTarget& target);

/// How many slots extra rows ask for that name slots beyond the rack and nothing else: no machine, and no
/// name or address but what the slot gives anyway. Nothing where they say more, or the rack has those slots.
[[nodiscard]] std::optional<int> slotsBrought(const MachineModel& model, const CellGrid& grid,
                                              const PasteTarget& target);
/// Spreadsheets copy whole columns: empty rows at the end mean nothing beyond the `atLeast` that are there.
void dropEmptyRows(CellGrid& grid, std::size_t atLeast);

/// The grid over the target, all or nothing. Extra rows become planned machines in the next slots where
/// `addsMachines`, and are left out otherwise. Cells that say what is there already change nothing. The
/// failure is one sentence that names row and column.
[[nodiscard]] tl::expected<PastePlan, QString> planPaste(const MachineModel& model, const ChoicesOf& choices,
                                                         const PasteTarget& target, const CellGrid& grid,
                                                         bool addsMachines);

} // namespace rackmuster::ui
