#pragma once

#include "core/base/Clock.h"
#include "core/base/Error.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Uuid.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::roster {

/// How far a machine got in its present boot, in the order of a boot.
enum class Stage : std::uint8_t {
    Seen,    ///< Its DISCOVER was heard.
    Offered, ///< We offered an address.
    Leased,  ///< We acknowledged one.
    Loader,  ///< It fetched a boot loader.
    Parked,  ///< It fetched a configuration that waits for approval.
    Config,  ///< It fetched a configuration that names a kernel.
    Kernel,
    Initrd,
    Kickstart, ///< It fetched its answer file.
    Stage2,    ///< The installer image.
    Metadata,  ///< Repository metadata.
    Packages,
    Post,      ///< The answer file's last scripts run.
    Done,      ///< The installation reported its end.
    LocalBoot, ///< It was sent to its own disk.
};

/// The operator's decision.
enum class Approval : std::uint8_t { Waiting, Approved, Refused };

/// The word for a machine's condition in table, rack and chips (design/look.md).
enum class MachineState : std::uint8_t {
    Seen,
    Reserved,
    Next,
    Waiting,
    Approved,
    Booting,
    Installing,
    Done,
    CameBack,
    Stalled,
    Failed,
    Refused
};

/// A one-shot licence to install, or to start an entry of the image's own menu. Minted by approval. An
/// installation spends it by the completion call; an entry by fetching the last file that it needs to start,
/// because nothing is heard of what it does then, and it must not be started twice.
struct Ticket {
    std::string token; ///< 32 hex digits, 128 bits of randomness (R41).
    WallTime minted;
    bool isFetched = false; ///< The answer file was served under it; of an entry, its kernel.
    bool isSpent = false;
    std::string imageId; ///< What it was approved for; empty: the machine's own choice, or the default.
    std::string profile;
    std::string menuEntry; ///< Title of the image's menu entry that it lets start; empty: an installation.
    std::uint32_t fetches = 0; ///< How often the answer file was handed over under it.
    /// The NIC that took its configuration: it is for no other one (R18), unless it is renewed.
    std::optional<MacAddress> nic = std::nullopt;

    static constexpr std::uint32_t mostFetches = 5;  ///< R41
    static constexpr std::chrono::hours lifetime{6}; ///< R41

    [[nodiscard]] bool isFor(MacAddress card) const { return nic.value_or(card) == card; }
    /// The answer file may be fetched (once more) under it.
    [[nodiscard]] bool givesAnswer(WallTime now) const {
        return !isSpent && fetches < mostFetches && now - minted <= lifetime;
    }
    [[nodiscard]] bool isForEntry() const { return !menuEntry.empty(); }
    bool operator==(const Ticket&) const = default;
};

/// What may stand as a boot file in place of the choice by firmware: nothing, or "pxelinux.0", "bootx64.efi",
/// "boot.ipxe".
[[nodiscard]] bool isBootFile(std::string_view name);

/// A value the operator typed wins over the computed one and is shown as pinned.
struct Assignment {
    std::string hostname;               ///< Pinned; empty: computed from the slot.
    std::optional<Ipv4Address> address; ///< Pinned; nothing: computed from the slot.
    std::string imageId;                ///< Empty: the default image.
    std::string profile;                ///< Empty: the default profile.
    std::string menuEntry;              ///< Title of the image's own entry; empty: install with the profile.
    std::string kernelArguments;        ///< Extra; one line.
    std::string bootFile;               ///< Override: "", "pxelinux.0", "bootx64.efi", "boot.ipxe".
    std::string dhcpOptions;            ///< Extra DHCP options; see DhcpOptions.h.
    std::string note;
    /// By their headings, columns of a plan that mean nothing here: kept for who exports it again. None is
    /// empty.
    std::map<std::string, std::string> otherColumns = {};

    bool operator==(const Assignment&) const = default;
};

/// One machine of the roll call. Identity is `mac`.
struct Machine {
    explicit Machine(MacAddress address) : mac(address) {}

    MacAddress mac;
    std::optional<Uuid> uuid;
    std::string
        firmware; ///< Word of boot::toWord, e.g. "bios"; empty before the first DISCOVER (a planned machine).
    std::optional<WallTime>
        firstSeen; ///< Kernel packet time of the first DISCOVER: the order key. Nothing: planned only.
    std::optional<int> slot; ///< 1...; nothing: unplaced.
    Approval approval = Approval::Waiting;
    Stage stage = Stage::Seen;
    std::optional<WallTime> stageSince;
    std::optional<Ipv4Address> leased; ///< The address it holds now.
    Assignment assigned;
    std::optional<Ticket> ticket;
    std::uint32_t discovers = 0; ///< DISCOVERs heard, retries included.
    std::uint32_t boots = 0;     ///< Times it came to PXE, the first included.
    bool isDone = false;         ///< A ticket of it was spent: it boots its own disk until re-armed.
    std::uint64_t bytesServed = 0;
    std::uint32_t packagesDone = 0;
    std::uint32_t packagesTotal = 0; ///< 0: unknown.
    std::optional<Error> problem;    ///< When something is wrong.
    /// Nobody chose its place: the cursor gave it its slot, or it has none because it is that of another
    /// machine's switch port. A known port of its own moves it.
    bool isCaptured = false;
    /// Those that came so close in time that nobody knows which stands first; sorted. They name it, too.
    std::vector<MacAddress> orderUncertainWith;
    bool isToBeReplaced = false; ///< Broken, and refused; its slot waits for another machine.
    /// It is another NIC of that machine: it has no slot, and its packets count there.
    std::optional<MacAddress> owner;
    /// It may be one: the operator is asked, and it has no slot until that is answered.
    std::optional<MacAddress> maybeNicOf;

    bool operator==(const Machine&) const = default;
};

/// A machine that started a menu entry is Booting (Installing while it fetches packages) until it comes back
/// to PXE, then CameBack; never Done, as nobody knows what the entry did.
[[nodiscard]] MachineState stateOf(const Machine& machine);

/// Can re-arming make something of it? It is installed, or it boots beside its own installer.
[[nodiscard]] bool mayBeRearmed(const Machine& machine);
/// An installation of it reported its end.
[[nodiscard]] bool hasInstalled(const Machine& machine);
/// Its installer has the answer file, or has done: name and address are on its disk.
[[nodiscard]] bool hasFixedName(const Machine& machine);
/// 0..100 for the progress bar: how far the stage is between power-on and Done.
[[nodiscard]] int progressOf(const Machine& machine);

/// "seen", "kernel", "kickstart", ...: the words of events and database.
[[nodiscard]] std::string_view toWord(Stage stage);
[[nodiscard]] std::optional<Stage> stageFromWord(std::string_view word);
/// "waiting", "approved", "refused".
[[nodiscard]] std::string_view toWord(Approval approval);
[[nodiscard]] std::optional<Approval> approvalFromWord(std::string_view word);

} // namespace rackmuster::roster
