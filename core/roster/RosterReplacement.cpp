// A machine that broke, and the one that takes its place: commands of Roster, each checked before anything
// changes.

#include "core/roster/BootProgress.h"
#include "core/roster/Roster.h"

#include <algorithm>
#include <utility>

namespace rackmuster::roster {

Result<Changes> Roster::carryOut(const Replace& replace, WallTime /*now*/) {
    const auto found = known(replace.mac);
    if (!found)
        return tl::unexpected(found.error());
    Machine& machine = **found;
    if (!machine.slot)
        return fail(ErrorCode::NotAllowed, "Waiting for a replacement of " + calledName(machine),
                    "it has no slot that could wait");
    if (machine.isToBeReplaced)
        return Changes{};
    machine.isToBeReplaced = true;
    machine.approval = Approval::Refused;
    if (!machine.isDone) // of a finished one it tells what it did
        machine.ticket.reset();
    return Changes::of(machine.mac);
}

Result<Changes> Roster::carryOut(const Keep& keep, WallTime /*now*/) {
    const auto found = known(keep.mac);
    if (!found)
        return tl::unexpected(found.error());
    Machine& machine = **found;
    if (!machine.isToBeReplaced)
        return Changes{};
    machine.isToBeReplaced = false;
    machine.approval = machine.isDone ? Approval::Approved : Approval::Waiting;
    return Changes::of(machine.mac);
}

Result<Changes> Roster::carryOut(const TakeOver& takeOver, WallTime /*now*/) {
    const auto pair = knownPair(takeOver.mac, takeOver.replaced);
    if (!pair)
        return tl::unexpected(pair.error());
    const auto [machine, replaced] = *pair;
    if (const auto checked = checkTakeOver(*machine, *replaced); !checked)
        return tl::unexpected(checked.error());
    const int slot = *replaced->slot;
    Assignment assigned = replaced->assigned;
    Changes changes;
    changes.updated = {machine->mac, replaced->mac};
    settlePlace(*replaced, changes);
    pin(*replaced, {}, changes);
    unseat(*replaced);
    replaced->isToBeReplaced = false;
    settlePlace(*machine, changes);
    giveSlotBack(*machine, changes);
    chooseAgain(*machine, assigned);
    pin(*machine, std::move(assigned), changes);
    seat(*machine, slot, changes);
    std::sort(changes.updated.begin(), changes.updated.end());
    changes.updated.erase(std::unique(changes.updated.begin(), changes.updated.end()), changes.updated.end());
    return changes;
}

Result<void> Roster::checkTakeOver(const Machine& machine, const Machine& replaced) const {
    const std::string act = "Putting " + calledName(machine) + " in the place of " + calledName(replaced);
    if (!replaced.isToBeReplaced)
        return fail(ErrorCode::NotAllowed, act, "that does not wait for a replacement");
    if (machine.owner)
        return fail(ErrorCode::NotAllowed, act, "it is a NIC of another machine");
    if (machine.approval == Approval::Refused)
        return fail(ErrorCode::NotAllowed, act, "it is refused; re-arm it first");
    if (hasFixedName(machine))
        return fail(ErrorCode::NotAllowed, act,
                    hasInstalled(machine) ? "it is installed under its own name; re-arm it first"
                                          : "it is being installed under its own name");
    return {};
}

} // namespace rackmuster::roster
