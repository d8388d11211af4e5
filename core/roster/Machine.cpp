#include "core/roster/Machine.h"

#include <algorithm>
#include <array>

namespace rackmuster::roster {

namespace {

struct StageFacts {
    Stage stage;
    std::string_view word;
    int percent; ///< Of an installation, when the stage begins.
};

// In the order of the enumeration. The percents follow the time that an installation spends before each
// stage.
constexpr std::array stages{
    StageFacts{Stage::Seen, "seen", 0},
    StageFacts{Stage::Offered, "offered", 2},
    StageFacts{Stage::Leased, "leased", 4},
    StageFacts{Stage::Loader, "loader", 7},
    StageFacts{Stage::Parked, "parked", 9},
    StageFacts{Stage::Config, "config", 11},
    StageFacts{Stage::Kernel, "kernel", 15},
    StageFacts{Stage::Initrd, "initrd", 20},
    StageFacts{Stage::Kickstart, "kickstart", 30},
    StageFacts{Stage::Stage2, "stage2", 40},
    StageFacts{Stage::Metadata, "metadata", 50},
    StageFacts{Stage::Packages, "packages", 50},
    StageFacts{Stage::Post, "post", 95},
    StageFacts{Stage::Done, "done", 100},
    StageFacts{Stage::LocalBoot, "localboot", 0},
};
constexpr int packagesSpan = 40; ///< Percents between the first package and the last.

struct ApprovalWord {
    Approval approval;
    std::string_view word;
};
constexpr std::array approvals{
    ApprovalWord{Approval::Waiting, "waiting"},
    ApprovalWord{Approval::Approved, "approved"},
    ApprovalWord{Approval::Refused, "refused"},
};

MachineState stateOfWaiting(const Machine& machine) {
    if (!machine.firstSeen)
        return MachineState::Reserved;
    return machine.stage >= Stage::Parked ? MachineState::Waiting : MachineState::Seen;
}

MachineState stateOfApproved(const Machine& machine) {
    if (machine.problem)
        return MachineState::Failed;
    switch (machine.stage) {
    case Stage::Seen:
    case Stage::Offered: // A reset installer is on its way again; any other machine has yet to come.
        return machine.ticket && machine.ticket->isFetched ? MachineState::Booting : MachineState::Approved;
    case Stage::Leased:
    case Stage::Loader:
    case Stage::Config:
    case Stage::Kernel:
    case Stage::Initrd:
        return MachineState::Booting;
    case Stage::Kickstart:
    case Stage::Stage2:
    case Stage::Metadata:
    case Stage::Packages:
    case Stage::Post:
        return MachineState::Installing;
    case Stage::Parked:
    case Stage::Done:
    case Stage::LocalBoot:
        break;
    }
    return MachineState::Approved;
}

MachineState stateOfDone(const Machine& machine) {
    if (machine.stage == Stage::Done)
        return MachineState::Done;
    const bool isInEntry =
        !hasInstalled(machine) && machine.stage >= Stage::Kernel && machine.stage < Stage::LocalBoot;
    if (!isInEntry)
        return MachineState::CameBack;
    return machine.stage == Stage::Packages ? MachineState::Installing : MachineState::Booting;
}

constexpr std::array<std::string_view, 4> bootFiles{"", "pxelinux.0", "bootx64.efi", "boot.ipxe"};

} // namespace

bool isBootFile(std::string_view name) {
    return std::find(bootFiles.begin(), bootFiles.end(), name) != bootFiles.end();
}

bool hasInstalled(const Machine& machine) {
    return machine.isDone && !(machine.ticket && machine.ticket->isForEntry());
}

bool hasFixedName(const Machine& machine) {
    const bool isInstalling =
        machine.ticket && machine.ticket->isFetched && !machine.ticket->isForEntry() && !machine.isDone;
    return isInstalling || hasInstalled(machine);
}

MachineState stateOf(const Machine& machine) {
    if (machine.isToBeReplaced)
        return MachineState::Reserved;
    if (machine.approval == Approval::Refused)
        return MachineState::Refused;
    if (machine.isDone)
        return stateOfDone(machine);
    return machine.approval == Approval::Approved ? stateOfApproved(machine) : stateOfWaiting(machine);
}

int progressOf(const Machine& machine) {
    if (hasInstalled(machine))
        return 100;
    const int percent = stages[static_cast<std::size_t>(machine.stage)].percent;
    if (machine.stage != Stage::Packages || machine.packagesTotal == 0)
        return percent;
    const std::uint64_t done = std::min(machine.packagesDone, machine.packagesTotal);
    return percent + static_cast<int>(done * packagesSpan / machine.packagesTotal);
}

std::string_view toWord(Stage stage) {
    return stages[static_cast<std::size_t>(stage)].word;
}

std::optional<Stage> stageFromWord(std::string_view word) {
    const auto* found =
        std::find_if(stages.begin(), stages.end(), [&](const auto& s) { return s.word == word; });
    return found == stages.end() ? std::nullopt : std::optional(found->stage);
}

std::string_view toWord(Approval approval) {
    return approvals[static_cast<std::size_t>(approval)].word;
}

std::optional<Approval> approvalFromWord(std::string_view word) {
    const auto* found =
        std::find_if(approvals.begin(), approvals.end(), [&](const auto& a) { return a.word == word; });
    return found == approvals.end() ? std::nullopt : std::optional(found->approval);
}

bool mayBeRearmed(const Machine& machine) {
    return machine.isDone || (machine.problem && machine.problem->code == ErrorCode::OtherNicBoots);
}

} // namespace rackmuster::roster
