// What Engine::Core does about tickets.

#include "core/engine/EngineCore.h"
#include "core/engine/TicketToken.h"

#include <algorithm>

namespace rackmuster::engine {

using namespace std::chrono_literals;

Result<void> Engine::Core::approve(MacAddress mac) {
    const roster::Machine* machine = roster().find(mac);
    if (machine == nullptr)
        return fail(ErrorCode::UnknownMachine, mac.toString());
    if (machine->approval == roster::Approval::Approved && machine->ticket)
        return {};
    if (auto installable = checkInstallable(*machine, inputs()); !installable)
        return installable;
    const LibraryImage* image = imageOf(*machine, inputs());
    if (image->info.check.verdict == ImageCheck::Verdict::Mismatch) // what is installed already goes on
        return fail(ErrorCode::ChecksumMismatch, image->info.name.toStdString(),
                    image->info.check.source.toStdString());
    const std::string entry = menuEntryOf(*machine, inputs());
    const ProfileInfo* profile = entry.empty() ? profileOf(*machine, inputs()) : nullptr;
    return execute(roster::Approve{mac, makeTicketToken(), image->info.id.toStdString(),
                                   profile != nullptr ? profile->name.toStdString() : "", entry});
}

/// R18: the NIC that took the configuration came to nothing, and another one boots. What the first one was
/// told of is void, so that one of the two installs at most, should they be two machines.
void Engine::Core::passTicketOn(MacAddress nic, const roster::Changes& changes) {
    const roster::Machine* const machine = roster().machineOfNic(nic);
    if (machine == nullptr || !machine->ticket || machine->ticket->isFor(nic))
        return;
    const bool boots = std::any_of(changes.steps.begin(), changes.steps.end(), [machine](const auto& step) {
        return step.mac == machine->mac && step.stage == roster::Stage::Seen;
    });
    if (boots && !machine->ticket->isFetched)
        (void)execute(roster::Renew{machine->mac, makeTicketToken()}); // else this boot waits
}

/// R41: no ticket gives an answer file for longer than its lifetime. One that nothing came of is replaced in
/// time, so that an approval lasts until its machine is switched on; one that an installer holds is shut.
void Engine::Core::renewTickets() {
    constexpr auto inTime = roster::Ticket::lifetime - 1h;
    const auto published = catalog();
    for (const roster::Machine* nic : roster().machines()) {
        const roster::Machine* const machine = roster().machineOfNic(nic->mac);
        if (!machine->ticket || machine->ticket->isSpent || machine->ticket->isForEntry())
            continue;
        const auto age = wallNow() - machine->ticket->minted;
        // A machine on its way to the installer was told of the old one.
        const bool isStarting =
            machine->stage >= roster::Stage::Config && machine->stage < roster::Stage::LocalBoot;
        if (!machine->ticket->isFetched && age >= (isStarting ? roster::Ticket::lifetime : inTime))
            (void)execute(roster::Renew{machine->mac, makeTicketToken()}); // else half a second later
        const boot::MachineBoot* const shown = published->machine(nic->mac);
        if (shown != nullptr && shown->answerFile && !machine->ticket->givesAnswer(wallNow()))
            m_unpublished.insert(nic->mac);
    }
    if (!m_unpublished.empty())
        settle();
}

} // namespace rackmuster::engine
