#include "core/roster/BootProgress.h"

#include <chrono>

namespace rackmuster::roster {

namespace {

using namespace std::chrono_literals;

// Boot loaders ask for themselves soon after they were fetched, and reports of different servers overtake
// each other. Where a boot has come to its end only the latter can happen.
constexpr auto sameBoot = 10s;
constexpr auto lateReport = 1s;

bool isWithin(WallTime a, WallTime b, std::chrono::milliseconds span) {
    return std::chrono::abs(a - b) <= span;
}

bool isBootOver(Stage stage) {
    return stage == Stage::Done || stage == Stage::LocalBoot;
}

void spendTicket(Machine& machine) {
    machine.ticket->isSpent = true;
    machine.isDone = true;
    machine.problem.reset();
}

bool isBootFile(Stage stage) {
    return stage == Stage::Config || stage == Stage::Kernel || stage == Stage::Initrd;
}

/// Of a NIC that does not install. Reports and packages are of the installer, whichever NIC it uses.
bool isWaitingBeside(const Machine& machine, const Reached& reached) {
    const bool isOfOther = machine.ticket && !machine.isDone && !machine.ticket->isFor(reached.mac);
    return isOfOther && (reached.stage <= Stage::Loader || reached.stage == Stage::Parked ||
                         reached.stage == Stage::LocalBoot);
}

void markTicket(Machine& machine, const Reached& reached) {
    Ticket& ticket = *machine.ticket;
    if (isBootFile(reached.stage) && !ticket.nic)
        ticket.nic = reached.mac;
    if (reached.stage == (ticket.isForEntry() ? Stage::Kernel : Stage::Kickstart))
        ticket.isFetched = true;
    if (reached.stage == Stage::Kickstart && ticket.fetches < Ticket::mostFetches)
        ++ticket.fetches;
    if (reached.spendsTicket && ticket.isForEntry() && !ticket.isSpent)
        spendTicket(machine);
}

bool mayReach(const Machine& machine, Stage stage) {
    switch (stage) {
    case Stage::Done: // what a menu entry does is not known to be an installation
        return machine.ticket && !machine.ticket->isSpent && !machine.ticket->isForEntry();
    case Stage::Offered:
    case Stage::Leased: // A planned machine's installed system may ask for an address; that is no roll call.
        return machine.firstSeen && stage > machine.stage;
    default:
        return stage > machine.stage;
    }
}

} // namespace

void hear(Machine& machine, const Discovered& discovered) {
    if (!discovered.firmware.empty() && (!discovered.isLoader || machine.firmware.empty()))
        machine.firmware = discovered.firmware;
    const bool isBetterUuid = !machine.uuid || !machine.uuid->isTrustworthy();
    if (discovered.uuid && isBetterUuid)
        machine.uuid = discovered.uuid;
    // Capture and DHCP socket report the same packet with slightly different stamps, in either order. An
    // earlier stamp from farther back is a clock that was set back, and must not reorder the rack.
    const bool isEarlier = machine.firstSeen && discovered.time < *machine.firstSeen &&
                           isWithin(discovered.time, *machine.firstSeen, sameBoot);
    if (!machine.firstSeen || isEarlier)
        machine.firstSeen = discovered.time;
}

bool beginsBoot(const Machine& machine, const Discovered& discovered) {
    if (machine.boots == 0)
        return true;
    if (machine.stage < Stage::Loader || !machine.stageSince)
        return false;
    // Before a configuration was fetched this is the iPXE that we served; later it is a machine whose
    // firmware is iPXE.
    if (discovered.isLoader && machine.stage < Stage::Parked)
        return false;
    const auto span = isBootOver(machine.stage) ? lateReport : sameBoot;
    return !isWithin(discovered.time, *machine.stageSince, span);
}

bool mayHaveRun(const Machine& machine) {
    if (machine.isDone || !machine.ticket)
        return false;
    return machine.ticket->isForEntry() ? machine.ticket->isFetched : machine.stage == Stage::Post;
}

bool isUsedUp(const Machine& machine, WallTime now) {
    return !machine.isDone && machine.ticket && !machine.ticket->isForEntry() && machine.ticket->isFetched &&
           !machine.ticket->givesAnswer(now);
}

void dropTicket(Machine& machine) {
    machine.problem = Error{ErrorCode::AnswerUsedUp, {}, {}};
    machine.ticket.reset();
    machine.approval = Approval::Waiting;
}

void mistrustTicket(Machine& machine) {
    machine.problem =
        Error{machine.ticket->isForEntry() ? ErrorCode::EntryMayHaveRun : ErrorCode::EndUnreported, {}, {}};
    machine.ticket.reset();
    machine.approval = Approval::Waiting;
}

bool bootsBesideInstaller(const Machine& machine, MacAddress nic) {
    return machine.ticket && machine.ticket->isFetched && !machine.isDone && !machine.ticket->isFor(nic);
}

void noticeOtherNic(Machine& machine, MacAddress nic) {
    machine.problem =
        Error{ErrorCode::OtherNicBoots, nic.toString(), machine.ticket->nic.value_or(nic).toString()};
}

void forgetOtherNic(Machine& machine) {
    if (machine.problem && machine.problem->code == ErrorCode::OtherNicBoots)
        machine.problem.reset();
}

void beginBoot(Machine& machine, WallTime now) {
    ++machine.boots;
    machine.stage = Stage::Seen;
    machine.stageSince = now;
}

bool reach(Machine& machine, const Reached& reached, WallTime now) {
    machine.bytesServed += reached.bytes;
    if (reached.stage == Stage::Packages)
        ++machine.packagesDone;
    if (machine.ticket)
        markTicket(machine, reached);
    if (isWaitingBeside(machine, reached) || !mayReach(machine, reached.stage))
        return false;
    if (reached.stage == Stage::Kickstart)
        machine.packagesDone = 0; // of an installation that was broken off
    if (reached.stage == Stage::Done)
        spendTicket(machine);
    machine.stage = reached.stage;
    machine.stageSince = now;
    return true;
}

void chooseAgain(Machine& machine, const Assignment& assigned) {
    if (!machine.ticket || machine.ticket->isFetched)
        return;
    const bool isOtherImage = machine.assigned.imageId != assigned.imageId;
    const bool isOtherEntry = machine.assigned.menuEntry != assigned.menuEntry;
    if (isOtherEntry || (isOtherImage && machine.ticket->isForEntry())) {
        machine.ticket.reset();
        machine.approval = Approval::Waiting;
        return;
    }
    if (isOtherImage)
        machine.ticket->imageId.clear();
    if (isOtherImage || machine.assigned.profile != assigned.profile)
        machine.ticket->profile.clear();
}

} // namespace rackmuster::roster
