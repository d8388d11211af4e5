#include "core/roster/Undo.h"

#include "core/roster/ClosePairs.h"

#include <algorithm>
#include <array>

namespace rackmuster::roster {

namespace {

using Commands = std::vector<Command>;

// Each part of the way from `now` back to `then`.

Commands assignments(const Roster& then, const Roster& now) {
    AssignMany many;
    for (const Machine* old : then.machines()) {
        const Machine* const machine = now.find(old->mac);
        if (machine != nullptr && machine->assigned != old->assigned)
            many.assigns.push_back({old->mac, old->assigned});
    }
    return many.assigns.empty() ? Commands{} : Commands{std::move(many)};
}

Commands places(const Roster& then, const Roster& now) {
    PlaceMany many;
    for (const Machine* old : then.machines()) {
        const Machine* const machine = now.find(old->mac);
        if (machine != nullptr && machine->slot != old->slot)
            many.places.push_back({old->mac, old->slot});
    }
    return many.places.empty() ? Commands{} : Commands{std::move(many)};
}

Commands nics(const Roster& then, const Roster& now) {
    Commands out;
    for (const Machine* old : then.machines()) {
        const Machine* const machine = now.find(old->mac);
        if (machine == nullptr || (machine->owner == old->owner && machine->maybeNicOf == old->maybeNicOf))
            continue;
        if (old->owner)
            out.emplace_back(AttachNic{old->mac, *old->owner});
        else if (old->maybeNicOf)
            out.emplace_back(DoubtNic{old->mac, *old->maybeNicOf});
        else
            out.emplace_back(OwnMachine{old->mac});
    }
    return out;
}

Commands replacements(const Roster& then, const Roster& now) {
    Commands out;
    for (const Machine* old : then.machines()) {
        const Machine* const machine = now.find(old->mac);
        if (machine == nullptr || machine->isToBeReplaced == old->isToBeReplaced)
            continue;
        if (old->isToBeReplaced) {
            out.emplace_back(Replace{old->mac});
            continue;
        }
        out.emplace_back(Keep{old->mac});
        if (old->approval == Approval::Refused)
            out.emplace_back(Refuse{old->mac});
    }
    return out;
}

Commands layout(const Roster& then, const Roster& now) {
    return then.layout() == now.layout() ? Commands{} : Commands{SetLayout{then.layout()}};
}

/// The cursor goes on by itself when its slot is taken, and never comes back by itself.
Commands cursor(const Roster& then, const Roster& now) {
    return then.cursor() == now.cursor() ? Commands{} : Commands{MoveCursor{then.cursor()}};
}

/// Of every slot that is reserved in `these`, but not in `those`.
template <typename Act>
Commands reservations(const Roster& these, const Roster& those) {
    Commands out;
    for (const int slot : these.reserved()) {
        if (!those.reserved().contains(slot))
            out.emplace_back(Act{slot});
    }
    return out;
}

/// Of every pair whose order is uncertain in `these`, but not in `those`.
template <typename Act>
Commands pairs(const Roster& these, const Roster& those) {
    Commands out;
    for (const Machine* machine : these.machines()) {
        for (const MacAddress partner : machine->orderUncertainWith) {
            const Machine* const a = those.find(machine->mac);
            const Machine* const b = those.find(partner);
            if (machine->mac < partner && a != nullptr && b != nullptr && !isOrderUncertain(*a, *b))
                out.emplace_back(Act{machine->mac, partner});
        }
    }
    return out;
}

Commands releases(const Roster& then, const Roster& now) {
    return reservations<Release>(now, then);
}

Commands reserves(const Roster& then, const Roster& now) {
    return reservations<Reserve>(then, now);
}

Commands confirmations(const Roster& then, const Roster& now) {
    return pairs<ConfirmOrder>(now, then);
}

Commands doubts(const Roster& then, const Roster& now) {
    return pairs<DoubtOrder>(then, now);
}

// Places settle the order of close pairs, so doubts come after them. A layout gives places their numbers, but
// a rack is not cut off while somebody stands there, so it comes before and after them.
constexpr std::array parts{releases, assignments, nics,          layout, places, replacements,
                           layout,   reserves,    confirmations, doubts, cursor};

/// What an undo has to bring back.
bool isAlike(const Machine& a, const Machine& b) {
    return a.mac == b.mac && a.slot == b.slot && a.assigned == b.assigned && a.approval == b.approval &&
           a.isDone == b.isDone && a.orderUncertainWith == b.orderUncertainWith && a.owner == b.owner &&
           a.maybeNicOf == b.maybeNicOf && a.isToBeReplaced == b.isToBeReplaced;
}

bool isAlike(const RosterState& a, const RosterState& b) {
    return a.layout == b.layout && a.cursor == b.cursor && a.reserved == b.reserved &&
           std::equal(a.machines.begin(), a.machines.end(), b.machines.begin(), b.machines.end(),
                      [](const Machine& x, const Machine& y) { return isAlike(x, y); });
}

} // namespace

std::vector<Command> undoOf(const Command& command, const Roster& before, WallTime now) {
    Roster trial = before;
    const auto changes = trial.apply(command, now);
    if (!changes || changes->isEmpty())
        return {};
    Commands out;
    for (const auto part : parts) {
        for (Command& step : part(before, trial)) {
            const auto done = trial.apply(step, now);
            if (!done)
                return {};
            if (!done->isEmpty())
                out.push_back(std::move(step));
        }
    }
    return isAlike(trial.state(), before.state()) ? out : Commands{};
}

} // namespace rackmuster::roster
