#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"
#include "core/roster/Changes.h"
#include "core/roster/Command.h"
#include "core/roster/Machine.h"
#include "core/roster/Observation.h"
#include "core/roster/RackLayout.h"
#include "core/roster/SecondNic.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rackmuster::roster {

/// What the database keeps of the roster as a whole.
struct RosterState {
    RackLayout layout;
    int cursor = 1; ///< Where the next new machine lands.
    std::vector<Machine> machines;
    std::set<int> reserved = {}; ///< Slots that the cursor passes over.

    bool operator==(const RosterState&) const = default;
};

/// The roll call. Pure: the same observations and commands give the same state.
///
/// Always so: a slot holds one machine at most; the cursor stands on a free slot that is not reserved (beyond
/// 999 when none is left before it); no two machines have the same ticket, resolved name or resolved address.
class Roster {
public:
    Roster() = default;
    /// Puts right what contradicts the rules above: of two machines in a slot the later becomes unplaced.
    explicit Roster(RosterState state);

    /// Observations of unknown machines change nothing, except that a DISCOVER makes them known.
    Changes apply(const Observation& observation, WallTime now);
    /// Error and no change when the command cannot be carried out; `subject` and `detail` name the reason.
    /// Every command about a machine, except Plan, fails with UnknownMachine when there is none.
    [[nodiscard]] Result<Changes> apply(const Command& command, WallTime now);

    [[nodiscard]] const Machine* find(MacAddress mac) const;
    [[nodiscard]] const Machine* findBySlot(int slot) const;
    [[nodiscard]] const Machine* findByTicket(std::string_view token) const;
    /// In slot order, then unplaced ones in order of first packet time.
    [[nodiscard]] std::vector<const Machine*> machines() const;
    [[nodiscard]] const RackLayout& layout() const { return m_layout; }
    [[nodiscard]] int cursor() const { return m_cursor; }
    [[nodiscard]] const std::set<int>& reserved() const { return m_reserved; }
    [[nodiscard]] RosterState state() const;

    /// The machine that a NIC belongs to: itself, or its owner. Nothing when it is unknown.
    [[nodiscard]] const Machine* machineOfNic(MacAddress mac) const;
    /// Of what is or may be a second NIC (R18): the machine it belongs to, when that is installed or being
    /// so.
    [[nodiscard]] const Machine* installedTwin(const Machine& machine) const;
    /// Pinned name, else the slot's unless it is pinned to another machine, else empty.
    [[nodiscard]] std::string hostnameOf(const Machine& machine) const;
    /// Pinned address, else the slot's unless it is pinned to another machine, else nothing.
    [[nodiscard]] std::optional<Ipv4Address> addressOf(const Machine& machine) const;

private:
    Changes observe(const Discovered& discovered, WallTime now);
    Changes observe(const Located& located, WallTime now);
    Changes observe(const Reached& reached, WallTime now);
    Changes observe(const Leased& leased, WallTime now);
    Changes observe(const Diagnosed& diagnosed, WallTime now);

    Result<Changes> carryOut(const Approve& approve, WallTime now);
    Result<Changes> carryOut(const Renew& renew, WallTime now);
    Result<Changes> carryOut(const Withdraw& withdraw, WallTime now);
    Result<Changes> carryOut(const Refuse& refuse, WallTime now);
    Result<Changes> carryOut(const Forget& forget, WallTime now);
    Result<Changes> carryOut(const Rearm& rearm, WallTime now);
    Result<Changes> carryOut(const Assign& assign, WallTime now);
    Result<Changes> carryOut(const AssignMany& many, WallTime now);
    Result<Changes> carryOut(const Place& place, WallTime now);
    Result<Changes> carryOut(const PlaceMany& many, WallTime now);
    Result<Changes> carryOut(const Swap& swap, WallTime now);
    Result<Changes> carryOut(const ConfirmOrder& confirm, WallTime now);
    Result<Changes> carryOut(const DoubtOrder& doubt, WallTime now);
    Result<Changes> carryOut(const AttachNic& attach, WallTime now);
    Result<Changes> carryOut(const OwnMachine& own, WallTime now);
    Result<Changes> carryOut(const DoubtNic& doubt, WallTime now);
    Result<Changes> carryOut(const Plan& plan, WallTime now);
    Result<Changes> carryOut(const SetLayout& set, WallTime now);
    Result<Changes> carryOut(const MoveCursor& move, WallTime now);
    Result<Changes> carryOut(const Reserve& reserve, WallTime now);
    Result<Changes> carryOut(const Release& release, WallTime now);
    Result<Changes> carryOut(const Insert& insert, WallTime now);
    Result<Changes> carryOut(const Reverse& reverse, WallTime now);

    Result<Changes> carryOut(const Replace& replace, WallTime now);
    Result<Changes> carryOut(const Keep& keep, WallTime now);
    Result<Changes> carryOut(const TakeOver& takeOver, WallTime now);

    [[nodiscard]] Result<Machine*> known(MacAddress mac);
    [[nodiscard]] static Result<void> checkRange(int slot);
    [[nodiscard]] Result<void> checkToken(std::string_view token) const;
    /// Both machines of a command about two.
    [[nodiscard]] Result<std::pair<Machine*, Machine*>> knownPair(MacAddress mac, MacAddress other);
    /// May machine `mac`, known or not, stand in `slot`?
    [[nodiscard]] Result<void> checkSlot(MacAddress mac, int slot) const;
    /// The same, where it may stand elsewhere by now.
    [[nodiscard]] Result<void> checkPlan(MacAddress mac, int slot) const;
    /// May it leave its slot for another or none?
    [[nodiscard]] Result<void> checkMove(const Machine& machine, std::optional<int> slot) const;
    [[nodiscard]] Result<void> checkPlaces(const std::vector<Place>& places) const;
    /// May machine `mac`, known or not, get what the operator typed?
    [[nodiscard]] Result<void> checkAssignment(MacAddress mac, const Assignment& assigned) const;
    [[nodiscard]] Result<void> checkPins(MacAddress mac, const Assignment& assigned) const;
    /// All of it but what others may have, too.
    [[nodiscard]] static Result<void> checkTexts(const Assignment& assigned);

    [[nodiscard]] Result<void> checkTakeOver(const Machine& machine, const Machine& replaced) const;

    void putDoubtsRight();
    [[nodiscard]] std::string calledName(const Machine& machine) const;
    /// The machine that a newcomer may belong to, and how sure that is; nullptr with Kinship::None.
    [[nodiscard]] std::pair<const Machine*, Kinship> findKin(const Machine& newcomer) const;
    [[nodiscard]] Result<std::pair<Machine*, Machine*>> knownNic(MacAddress mac, MacAddress owner);
    void attach(Machine& nic, MacAddress owner, Changes& changes);
    void detach(Machine& nic, Changes& changes);
    /// What is asked of it takes no slot.
    void askAboutNic(Machine& machine, const Machine& owner);
    /// Leaves its slot; the cursor comes back to it when it had just left it.
    void giveSlotBack(Machine& machine, Changes& changes);
    /// What becomes of a machine shows at its NICs.
    void tellNics(Changes& changes) const;
    void putOwnersRight();
    void welcome(Machine& machine, bool hasPort, Changes& changes);
    void count(Machine& nic, Machine& machine, bool isCaptured);
    void capture(Machine& machine, Changes& changes);
    /// Gives every slot the number that its place has in `layout`, when each has one.
    Result<void> moveSlots(const RackLayout& layout, Changes& changes);
    /// A known port beats the order of arrival, never what a person, or another port, chose.
    void followPort(Machine& machine, int slot, Changes& changes);
    void leaveForPort(Machine& machine, Changes& changes);
    /// Whom the cursor put where another one's port is stands nowhere.
    void giveWay(Machine& holder, const Machine& newcomer, Changes& changes);
    /// All of them or none; each leaves its slot before any takes a new one.
    Result<Changes> rearrange(const std::vector<Place>& places);
    /// A person chose its slot: that is not what the cursor did, and no order is uncertain.
    void settlePlace(Machine& machine, Changes& changes);
    void settleDoubts(Machine& machine, Changes& changes);
    void seat(Machine& machine, std::optional<int> slot, Changes& changes);
    void unseat(Machine& machine);
    void pin(Machine& machine, Assignment assigned, Changes& changes);
    /// Machines whose slot gives them a name or address that `machine` no longer keeps from them.
    void unpin(const Machine& machine, Changes& changes);
    /// The first slot, going on from this one, that the cursor may stand on.
    [[nodiscard]] int freeFrom(int slot, const RackLayout& layout) const;
    void growTo(int slot, Changes& changes);
    void advanceCursor(Changes& changes);

    RackLayout m_layout;
    int m_cursor = 1;
    std::unordered_map<MacAddress, Machine> m_machines;
    /// How many DISCOVERs each of the two has told of since the program started.
    struct Heard {
        std::uint32_t captured = 0;
        std::uint32_t received = 0;
    };
    std::unordered_map<MacAddress, Heard> m_heard;
    std::map<int, MacAddress> m_slots; ///< Who stands where.
    std::set<int> m_reserved;
    std::multimap<MacAddress, MacAddress> m_nics;              ///< By owner.
    std::unordered_map<std::string, MacAddress> m_pinnedNames; ///< In lower case: names ignore case.
    std::unordered_map<Ipv4Address, MacAddress> m_pinnedAddresses;
};

} // namespace rackmuster::roster
