#pragma once

#include "core/base/Clock.h"
#include "core/roster/Machine.h"
#include "core/roster/Observation.h"

namespace rackmuster::roster {

/// Takes over what a DISCOVER tells of the machine itself: firmware, UUID, first packet time.
void hear(Machine& machine, const Discovered& discovered);

/// Is this DISCOVER the beginning of a boot, or one more packet of the boot that goes on? A retry, a boot
/// loader that asks for itself, and a report that arrives late are not.
[[nodiscard]] bool beginsBoot(const Machine& machine, const Discovered& discovered);

/// Did the machine come back from something that must not happen twice, with its report lost? While its last
/// scripts ran it is installed, or as good as; with the kernel of a menu entry the entry may have run.
[[nodiscard]] bool mayHaveRun(const Machine& machine);
/// A second time would wipe it, so that takes a second approval.
void mistrustTicket(Machine& machine);
/// Did it come back with a ticket that gives no answer file any more (R41)? Its installer would find none.
[[nodiscard]] bool isUsedUp(const Machine& machine, WallTime now);
/// It needs another approval.
void dropTicket(Machine& machine);
/// Does it boot over another NIC than the one whose installer has the answer file? That is no boot of the
/// installer, which may go on: what seemed one machine may be two (R18).
[[nodiscard]] bool bootsBesideInstaller(const Machine& machine, MacAddress nic);
/// The operator has to say what that means.
void noticeOtherNic(Machine& machine, MacAddress nic);
/// Its ticket is gone, or a new one.
void forgetOtherNic(Machine& machine);
/// Back to Seen. What was decided about the machine stays: approval, ticket (R55), done.
void beginBoot(Machine& machine, WallTime now);

/// Counts what was served and moves the stage forward, never back. True when the stage is new. What waits
/// over another NIC than the one that installs moves nothing. A fetched answer file marks the ticket, a
/// completion report spends it; without an unspent ticket a completion report means nothing. The ticket of a
/// menu entry is marked by the kernel and spent by the last file.
bool reach(Machine& machine, const Reached& reached, WallTime now);

/// Until the installer has its answer file another choice counts; then the ticket keeps what it was given
/// for. A rescue system that was approved must not become an installation, nor one entry another.
void chooseAgain(Machine& machine, const Assignment& assigned);

} // namespace rackmuster::roster
