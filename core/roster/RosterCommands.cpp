// What the operator decides about one machine: commands of Roster, each checked before anything changes.

#include "core/base/Hex.h"
#include "core/roster/BootProgress.h"
#include "core/roster/DhcpOptions.h"
#include "core/roster/Roster.h"
#include "core/roster/SecondNic.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace rackmuster::roster {

namespace {

constexpr std::size_t tokenDigits = 32;

bool isOneLine(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// Its approval cannot be taken back any more: the installer has its answer file, or the entry runs.
bool isUnderWay(const Machine& machine) {
    const bool isInstalling = machine.ticket && machine.ticket->isFetched && !machine.ticket->isForEntry();
    return machine.isDone || isInstalling;
}

} // namespace

Result<Changes> Roster::carryOut(const Approve& approve, WallTime now) {
    const auto found = known(approve.mac);
    if (!found)
        return tl::unexpected(found.error());
    Machine& machine = **found;
    const std::string act = "Approving " + calledName(machine);
    if (machine.isDone)
        return fail(ErrorCode::NotAllowed, act, "it is finished; re-arm it first");
    if (machine.approval == Approval::Refused)
        return fail(ErrorCode::NotAllowed, act, "it is refused; re-arm it first");
    if (machine.approval == Approval::Approved)
        return Changes{};
    if (machine.owner)
        return fail(ErrorCode::NotAllowed, act,
                    "it is a NIC of " + calledName(*machineOfNic(machine.mac)) + "; approve that one");
    if (const Machine* twin = installedTwin(machine))
        return fail(ErrorCode::NotAllowed, act,
                    "it may be a second NIC of " + calledName(*twin) +
                        ", which is installed; give it a slot first if it is not");
    if (const auto checked = checkToken(approve.token); !checked)
        return tl::unexpected(checked.error());
    machine.approval = Approval::Approved;
    machine.ticket = Ticket{.token = approve.token,
                            .minted = now,
                            .imageId = approve.imageId,
                            .profile = approve.profile,
                            .menuEntry = approve.menuEntry};
    takeBackSecondNicQuestion(machine);
    forgetOtherNic(machine);
    return Changes::of(machine.mac);
}

Result<Changes> Roster::carryOut(const Renew& renew, WallTime now) {
    const auto found = known(renew.mac);
    if (!found)
        return tl::unexpected(found.error());
    Machine& machine = **found;
    if (machine.approval != Approval::Approved || !machine.ticket || machine.ticket->isFetched ||
        machine.ticket->isSpent)
        return Changes{};
    if (const auto checked = checkToken(renew.token); !checked)
        return tl::unexpected(checked.error());
    machine.ticket->token = renew.token;
    machine.ticket->minted = now;
    machine.ticket->nic.reset();
    return Changes::of(machine.mac);
}

Result<Changes> Roster::carryOut(const Withdraw& withdraw, WallTime /*now*/) {
    const auto found = known(withdraw.mac);
    if (!found)
        return tl::unexpected(found.error());
    Machine& machine = **found;
    if (machine.approval != Approval::Approved)
        return Changes{};
    if (isUnderWay(machine)) {
        return fail(ErrorCode::NotAllowed, "Withdrawing the approval of " + calledName(machine),
                    machine.ticket && machine.ticket->isForEntry()
                        ? "it has started the menu entry"
                        : "its installer already has the answer file");
    }
    machine.approval = Approval::Waiting;
    machine.ticket.reset();
    return Changes::of(machine.mac);
}

Result<Changes> Roster::carryOut(const Refuse& refuse, WallTime /*now*/) {
    const auto found = known(refuse.mac);
    if (!found)
        return tl::unexpected(found.error());
    Machine& machine = **found;
    if (machine.approval == Approval::Refused)
        return Changes{};
    machine.approval = Approval::Refused;
    machine.ticket.reset();
    return Changes::of(machine.mac);
}

Result<Changes> Roster::carryOut(const Forget& forget, WallTime /*now*/) {
    const auto found = known(forget.mac);
    if (!found)
        return tl::unexpected(found.error());
    Changes changes;
    std::vector<MacAddress> dropped{forget.mac};
    const auto [nic, end] = m_nics.equal_range(forget.mac);
    std::transform(nic, end, std::back_inserter(dropped), [](const auto& entry) { return entry.second; });
    for (const MacAddress mac : dropped) {
        Machine& machine = m_machines.at(mac);
        settlePlace(machine, changes);
        unpin(machine, changes);
        unseat(machine);
    }
    m_nics.erase(forget.mac);
    if ((*found)->owner)
        detach(**found, changes);
    for (const MacAddress mac : dropped) {
        m_heard.erase(mac);
        m_machines.erase(mac);
    }
    changes.removed = dropped;
    return changes;
}

Result<Changes> Roster::carryOut(const Rearm& rearm, WallTime /*now*/) {
    const auto found = known(rearm.mac);
    if (!found)
        return tl::unexpected(found.error());
    Machine& machine = **found;
    if (machine.approval == Approval::Waiting && !machine.isDone)
        return Changes{};
    machine.approval = Approval::Waiting;
    machine.isDone = false;
    machine.isToBeReplaced = false;
    machine.ticket.reset();
    forgetOtherNic(machine);
    return Changes::of(machine.mac);
}

Result<Changes> Roster::carryOut(const Assign& assign, WallTime /*now*/) {
    const auto found = known(assign.mac);
    if (!found)
        return tl::unexpected(found.error());
    Machine& machine = **found;
    if (const auto checked = checkAssignment(machine.mac, assign.assigned); !checked)
        return tl::unexpected(checked.error());
    if (machine.assigned == assign.assigned)
        return Changes{};
    Changes changes = Changes::of(machine.mac);
    chooseAgain(machine, assign.assigned);
    pin(machine, assign.assigned, changes);
    return changes;
}

/// All let go of their names and addresses before any takes another one, so what is checked is how it ends.
Result<Changes> Roster::carryOut(const AssignMany& many, WallTime /*now*/) {
    Roster trial = *this;
    Changes changes;
    std::vector<const Assign*> changed;
    std::set<MacAddress> named;
    for (const Assign& assign : many.assigns) {
        const auto found = trial.known(assign.mac);
        if (!found)
            return tl::unexpected(found.error());
        Machine& machine = **found;
        if (!named.insert(assign.mac).second)
            return fail(ErrorCode::Duplicate, calledName(machine), assign.mac.toString());
        if (const auto checked = checkTexts(assign.assigned); !checked)
            return tl::unexpected(checked.error());
        if (machine.assigned == assign.assigned)
            continue;
        changed.push_back(&assign);
        chooseAgain(machine, assign.assigned);
        Assignment unpinned = machine.assigned;
        unpinned.hostname.clear();
        unpinned.address.reset();
        trial.pin(machine, std::move(unpinned), changes);
    }
    for (const Assign* const assign : changed) {
        changes.updated.push_back(assign->mac);
        trial.pin(trial.m_machines.at(assign->mac), assign->assigned, changes);
    }
    for (const Assign* const assign : changed) {
        if (const auto checked = trial.checkPins(assign->mac, assign->assigned); !checked)
            return tl::unexpected(checked.error());
    }
    *this = std::move(trial);
    std::sort(changes.updated.begin(), changes.updated.end());
    changes.updated.erase(std::unique(changes.updated.begin(), changes.updated.end()), changes.updated.end());
    return changes;
}

Result<Changes> Roster::carryOut(const Plan& plan, WallTime /*now*/) {
    if (!plan.mac.isUsable())
        return fail(ErrorCode::BadAddress, "MAC address of a machine", plan.mac.toString());
    if (plan.slot) {
        if (const auto checked = checkPlan(plan.mac, *plan.slot); !checked)
            return tl::unexpected(checked.error());
    }
    if (const auto checked = checkAssignment(plan.mac, plan.assigned); !checked)
        return tl::unexpected(checked.error());

    const auto [place, isNew] = m_machines.try_emplace(plan.mac, plan.mac);
    Machine& machine = place->second;
    Assignment assigned = plan.assigned;
    if (assigned.kernelArguments.empty())
        assigned.kernelArguments = machine.assigned.kernelArguments;
    if (assigned.bootFile.empty())
        assigned.bootFile = machine.assigned.bootFile;
    if (assigned.menuEntry.empty())
        assigned.menuEntry = machine.assigned.menuEntry;
    if (assigned.dhcpOptions.empty())
        assigned.dhcpOptions = machine.assigned.dhcpOptions;
    const bool isMoved = plan.slot && machine.slot != plan.slot;
    if (!isNew && !isMoved && machine.assigned == assigned)
        return Changes{};

    Changes changes;
    (isNew ? changes.added : changes.updated).push_back(machine.mac);
    chooseAgain(machine, assigned);
    pin(machine, std::move(assigned), changes);
    if (isMoved) {
        settlePlace(machine, changes);
        seat(machine, plan.slot, changes);
    }
    return changes;
}

// --- checks ---

Result<Machine*> Roster::known(MacAddress mac) {
    const auto found = m_machines.find(mac);
    if (found == m_machines.end())
        return fail(ErrorCode::UnknownMachine, mac.toString());
    return &found->second;
}

Result<void> Roster::checkToken(std::string_view token) const {
    const bool isHex =
        std::all_of(token.begin(), token.end(), [](char c) { return hexValue(c).has_value(); });
    if (token.size() != tokenDigits || !isHex)
        return fail(ErrorCode::Malformed, "The ticket", "it must have 32 hexadecimal digits");
    if (const Machine* other = findByTicket(token))
        return fail(ErrorCode::Duplicate, calledName(*other), "This ticket");
    return {};
}

Result<void> Roster::checkAssignment(MacAddress mac, const Assignment& assigned) const {
    if (auto checked = checkTexts(assigned); !checked)
        return checked;
    return checkPins(mac, assigned);
}

Result<void> Roster::checkTexts(const Assignment& assigned) {
    if (!assigned.hostname.empty() && !isHostname(assigned.hostname))
        return fail(ErrorCode::BadName, {}, assigned.hostname);
    // They end up inside a boot loader's configuration, where a second line would be a command of its own.
    if (!isOneLine(assigned.kernelArguments))
        return fail(ErrorCode::Malformed, "The kernel arguments", "they must be one line");
    if (!isOneLine(assigned.menuEntry))
        return fail(ErrorCode::Malformed, "The menu entry", "it must be one line");
    if (!isBootFile(assigned.bootFile))
        return fail(ErrorCode::Malformed, "The boot file", assigned.bootFile + " is not one that is served");
    if (const auto options = parseDhcpOptions(assigned.dhcpOptions); !options)
        return tl::unexpected(options.error());
    return {};
}

Result<void> Roster::checkPins(MacAddress mac, const Assignment& assigned) const {
    const std::string name = foldedName(assigned.hostname);
    if (const auto holder = m_pinnedNames.find(name); holder != m_pinnedNames.end() && holder->second != mac)
        return fail(ErrorCode::Duplicate, calledName(m_machines.at(holder->second)), assigned.hostname);
    if (assigned.address) {
        const auto holder = m_pinnedAddresses.find(*assigned.address);
        if (holder != m_pinnedAddresses.end() && holder->second != mac)
            return fail(ErrorCode::Duplicate, calledName(m_machines.at(holder->second)),
                        assigned.address->toString());
    }
    for (const auto& [slot, otherMac] : m_slots) { // others get nothing that is not pinned
        const Machine& other = m_machines.at(otherMac);
        if (otherMac == mac)
            continue;
        if (!name.empty() && foldedName(hostnameOf(other)) == name)
            return fail(ErrorCode::Duplicate, calledName(other), assigned.hostname);
        if (assigned.address && addressOf(other) == assigned.address)
            return fail(ErrorCode::Duplicate, calledName(other), assigned.address->toString());
    }
    return {};
}

} // namespace rackmuster::roster
