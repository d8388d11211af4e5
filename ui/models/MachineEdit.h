#pragma once

#include "ui/models/MachineModel.h"
#include "ui/models/RackChanges.h"

#include <QString>

#include <tl/expected.hpp>
#include <vector>

/// What the operator types, chooses, fills down or clears in cells of the table, as changes of machines.
namespace rackmuster::ui {

/// What one edit does. Nothing of it happens unless all of it can.
struct PlannedEdit {
    std::vector<MachineChange> changes;
    std::optional<int> lastSlot; ///< The racks reach at least that far afterwards.

    [[nodiscard]] bool isEmpty() const { return changes.empty() && !lastSlot; }
};

/// A text for one cell; in the columns Image and Profile a Choice's value.
struct CellEdit {
    MacAddress mac;
    MachineColumn column;
    QString text;
};

/// Why an edit cannot be.
struct CellRefusal {
    MacAddress mac; ///< Of the cell that is to blame.
    MachineColumn column;
    QString reason; ///< One sentence.
};

/// The cells changed together. `added` are new machines that come with them; their other cells may be among
/// `cells`.
[[nodiscard]] tl::expected<PlannedEdit, CellRefusal> planCells(const MachineModel& model,
                                                               const std::vector<CellEdit>& cells,
                                                               std::vector<MachineChange> added = {});

/// `text`, typed or chosen in `column`, for `machines` in table order. Empty text takes a typed name or
/// address back. For several machines a name is a pattern with {slot} or counts on from its number; addresses
/// and slots count on from the first. The failure is one sentence; nothing is changed then.
[[nodiscard]] tl::expected<PlannedEdit, QString> planEdit(const MachineModel& model,
                                                          const std::vector<MacAddress>& machines,
                                                          MachineColumn column, const QString& text);

/// The address of a machine that may be planned: typed in any usual spelling, and not in the table yet. Else
/// one sentence.
[[nodiscard]] tl::expected<MacAddress, QString> newMacOf(const MachineModel& model, const QString& text);
/// A machine typed by hand; an empty slot or name is none. The failure is one sentence.
[[nodiscard]] tl::expected<PlannedEdit, QString> planMachine(const MachineModel& model, const QString& mac,
                                                             const QString& slot, const QString& name);

/// A column of selected cells, in table order.
struct CellColumn {
    MachineColumn column;
    std::vector<MacAddress> machines;
};

/// The first cell of each column for those below it: images and profiles are repeated, names, addresses and
/// slots are counted on. Columns that cannot be changed are passed over.
[[nodiscard]] tl::expected<PlannedEdit, QString> planFillDown(const MachineModel& model,
                                                              const std::vector<CellColumn>& columns);
/// Takes back what was typed or chosen: names and addresses follow the slot again, images and profiles the
/// default.
[[nodiscard]] tl::expected<PlannedEdit, QString> planClear(const MachineModel& model,
                                                           const std::vector<CellColumn>& columns);

/// "db-09" and 1 give "db-10": the last number of the first label, with its zeros. Empty when there is none,
/// or no room for more.
[[nodiscard]] QString countedOn(const QString& name, int steps);

} // namespace rackmuster::ui
