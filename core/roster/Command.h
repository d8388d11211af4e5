#pragma once

#include "core/base/MacAddress.h"
#include "core/roster/Machine.h"
#include "core/roster/RackLayout.h"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace rackmuster::roster {

// What the operator does. Every command names machines by MAC. "Refuses" below means: an Error and no change.

/// Mints a ticket. `token` is made by the caller (32 hex digits) so that applying stays pure. Approving twice
/// changes nothing. `imageId` and `profile` are what it is approved for; empty: what it has chosen, or the
/// default. `menuEntry`: the title of the entry to start instead of installing. Errors: NotAllowed for a
/// finished or refused machine, for a NIC of another one and for what may be one of an installed one,
/// Malformed or Duplicate for the token.
struct Approve {
    MacAddress mac;
    std::string token;
    std::string imageId;
    std::string profile;
    std::string menuEntry;
};
/// Gives an approved machine that has not begun to install a fresh ticket, as the old one may have become
/// known by now (R41), and any of its NICs may take it. Without effect on any other. Errors: Malformed or
/// Duplicate for the token.
struct Renew {
    MacAddress mac;
    std::string token;
};
/// Takes an approval back before the installer has its answer file, or the entry all its files. Error:
/// NotAllowed after that.
struct Withdraw {
    MacAddress mac;
};
/// No answer for this machine from now on; its ticket is void. It keeps its slot.
struct Refuse {
    MacAddress mac;
};
/// Drops the machine with its NICs; its next DISCOVER makes a new row.
struct Forget {
    MacAddress mac;
};
/// Lets a finished or refused machine be installed (once more): it is Waiting again, without a ticket.
struct Rearm {
    MacAddress mac;
};
/// Replaces everything the operator may type. Another choice between menu entries and installation takes an
/// unused approval back: what was approved for one says nothing of the other. Errors: BadName, Duplicate
/// (name or address), Malformed.
struct Assign {
    MacAddress mac;
    Assignment assigned;
};
/// Several at once, all or none: they may change names and addresses among each other. Errors: of Assign,
/// Duplicate when a machine is named twice.
struct AssignMany {
    std::vector<Assign> assigns;
};
/// Moves the machine to a free slot, or out of the rack (nothing). Errors: SlotTaken, Malformed, NotAllowed
/// when it would change a name or address that is on its disk already (of all commands that move machines).
struct Place {
    MacAddress mac;
    std::optional<int> slot;
};
/// Moves several at once, all or none: they may change places among each other. Errors: of Place, Duplicate
/// when a machine is named twice.
struct PlaceMany {
    std::vector<Place> places;
};
/// Two machines change places, and which of them stands first is settled. Errors: of Place.
struct Swap {
    MacAddress mac;
    MacAddress other;
};
/// They stand in the order in which they came.
struct ConfirmOrder {
    MacAddress mac;
    MacAddress other;
};
/// Which of them stands first is uncertain (again). Error: Duplicate when it is the same machine twice.
struct DoubtOrder {
    MacAddress mac;
    MacAddress other;
};
/// It is another NIC of the machine `owner`: it leaves its slot, and its packets count there. Errors:
/// Duplicate for itself, NotAllowed when it is approved, refused or finished, or has NICs, or `owner` is a
/// NIC itself.
struct AttachNic {
    MacAddress mac;
    MacAddress owner;
};
/// It is a machine of its own, no NIC of another: it takes the cursor's slot. Without effect on one that is.
struct OwnMachine {
    MacAddress mac;
};
/// It may be a NIC of `owner` (again): it leaves its slot until AttachNic or OwnMachine tells. Errors: of
/// AttachNic.
struct DoubtNic {
    MacAddress mac;
    MacAddress owner;
};
/// A planned machine (from a plan file): known before it is seen. Updates an existing one, which keeps its
/// slot when the plan names none, and the kernel arguments, boot file, menu entry and DHCP options when the
/// plan has none; of other columns it is to have what the plan says.
/// Errors: of Assign and Place, BadAddress for a MAC that no machine can have.
struct Plan {
    MacAddress mac;
    std::optional<int> slot;
    Assignment assigned;
};
/// Machines keep their places: with several racks before and after the slot within the rack, else the number.
/// Racks and slots that are in use stay. Errors: BadName, Malformed, NotAllowed when a slot in use would be
/// cut off.
struct SetLayout {
    RackLayout layout;
};
/// The next new machine lands in this slot. Errors: SlotTaken, Malformed, NotAllowed for a reserved one.
struct MoveCursor {
    int slot;
};
/// Keeps a free slot free: no new machine lands in it, a person may still place one there. Reserving the
/// cursor's slot is skipping it. Errors: SlotTaken, Malformed.
struct Reserve {
    int slot;
};
/// The slot is like any other again.
struct Release {
    int slot;
};
/// Makes the slot free: its machine moves to the next slot the way the cursor goes, and those behind it as
/// far as the next slot that is free and not reserved. Errors: Malformed, NotAllowed (also when there is no
/// such slot).
struct Insert {
    int slot;
};
/// The machines of these slots stand in the opposite order, gaps included; reserved slots stay as they are.
/// Errors: Malformed, NotAllowed.
struct Reverse {
    int first;
    int last; ///< Not before `first`; it is one of them.
};
/// It is broken: it is refused from now on, and its slot waits, with name and address, for the machine that
/// takes over. No machine comes into that slot by itself. Errors: NotAllowed without a slot.
struct Replace {
    MacAddress mac;
};
/// Takes Replace back: the machine waits for approval again, or is finished if it was. Without effect on any
/// other.
struct Keep {
    MacAddress mac;
};
/// `mac` stands in place of `replaced` from now on and gets all that was assigned to that; which leaves the
/// rack. Errors: NotAllowed unless `replaced` waits for its replacement, and for a machine that is a NIC,
/// refused, or has its name on its disk already; Duplicate for itself.
struct TakeOver {
    MacAddress mac;
    MacAddress replaced;
};
using Command =
    std::variant<Approve, Renew, Withdraw, Refuse, Forget, Rearm, Assign, AssignMany, Place, PlaceMany, Swap,
                 ConfirmOrder, DoubtOrder, AttachNic, OwnMachine, DoubtNic, Plan, SetLayout, MoveCursor,
                 Reserve, Release, Insert, Reverse, Replace, Keep, TakeOver>;

/// The (first) MAC a command is about; nothing for those about the rack.
[[nodiscard]] std::optional<MacAddress> machineOf(const Command& command);

} // namespace rackmuster::roster
