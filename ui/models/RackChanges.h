#pragma once

#include "core/engine/Snapshot.h"
#include "core/roster/Command.h"
#include "ui/models/MachineColumns.h"

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

/// Changes of several machines that are made together, or not at all. All of it is values, for any thread.
namespace rackmuster::ui {

/// What an edit or an import does to one machine.
struct MachineChange {
    MacAddress mac;
    bool isNew = false; ///< A planned machine, known to nobody before.
    std::optional<int> slotBefore;
    std::optional<int> slotAfter;
    roster::Assignment before;
    roster::Assignment after;

    [[nodiscard]] bool isEmpty() const { return !isNew && slotBefore == slotAfter && before == after; }
};

/// A change that leaves everything as it is, to begin with.
[[nodiscard]] MachineChange unchanged(const engine::MachineRow& row);

/// The names and addresses that were typed, and whose they are.
class Pins {
public:
    explicit Pins(const std::vector<engine::MachineRow>& rows);

    [[nodiscard]] bool isNameOfAnother(const std::string& name, MacAddress mac) const;
    [[nodiscard]] bool isAddressOfAnother(Ipv4Address address, MacAddress mac) const;

private:
    std::unordered_map<std::string, MacAddress> m_names; ///< folded
    std::unordered_map<Ipv4Address, MacAddress> m_addresses;
};

/// The machine shall be called so; empty: as its slot says. Nothing is pinned that the slot gives anyway.
/// `row` is null for a new machine. To be called when `slotAfter` is decided.
void wantName(MachineChange& change, const engine::MachineRow* row, const std::string& name,
              const roster::RackLayout& layout, const Pins& pins);
void wantAddress(MachineChange& change, const engine::MachineRow* row, std::optional<Ipv4Address> address,
                 const roster::RackLayout& layout, const Pins& pins);

/// A change that cannot be, because another machine has the name, address or slot.
struct Clash {
    std::size_t change; ///< Which of the changes.
    MachineColumn column;
    QString reason; ///< One sentence.
};

/// Looks at the rack as it will be when all `changes` are made to `rows`. What clashes is left out, so its
/// machine stays as it is, which may make others clash.
[[nodiscard]] std::vector<Clash> findClashes(const std::vector<engine::MachineRow>& rows,
                                             const roster::RackLayout& layout,
                                             const std::vector<MachineChange>& changes);

/// The same changes the other way round. A new machine has no way back here: it has to be forgotten.
[[nodiscard]] std::vector<MachineChange> reversed(const std::vector<MachineChange>& changes);

/// Whole rows of machines can shift by one slot, and names and addresses change places; machines that are new
/// come last.
[[nodiscard]] std::vector<roster::Command> commandsOf(const std::vector<MachineChange>& changes);

} // namespace rackmuster::ui
