#pragma once

#include "core/roster/Machine.h"

#include <chrono>

namespace rackmuster::roster {

// A machine tries one of its NICs after the other. Each of them is heard with a hardware address of its own.

/// No firmware gives a NIC up sooner: its first DISCOVER waits four seconds for an answer (PXE 2.1, 2.2.1).
inline constexpr std::chrono::milliseconds leastWait = std::chrono::seconds(3);
/// Nor does any stay longer with one; only for a NIC without a UUID that says anything.
inline constexpr std::chrono::milliseconds mostWait = std::chrono::minutes(3);

/// What the packets say of two hardware addresses.
enum class Kinship : std::uint8_t {
    None,      ///< Two machines.
    Uncertain, ///< Perhaps one; only a person can tell.
    Same,      ///< Two NICs of one machine.
};

/// Whether `newcomer`, which was heard for the first time just now, is another NIC of `machine`, one of whose
/// NICs is `nic` (often itself). The same trustworthy UUID says so, unless the machine is busy with what
/// its other NIC loaded, or was heard a moment ago: then two machines have one UUID. Without a trustworthy
/// UUID (R17) the next hardware address, heard when the machine may have given its NIC up, is suspicious.
[[nodiscard]] Kinship kinshipOf(const Machine& newcomer, const Machine& nic, const Machine& machine);

/// R18: what may be a NIC of another machine takes no slot until the operator answers.
[[nodiscard]] bool asksAboutSecondNic(const Machine& machine);
/// The operator said what it is.
void takeBackSecondNicQuestion(Machine& machine);

} // namespace rackmuster::roster
