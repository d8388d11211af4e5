#include "core/roster/ClosePairs.h"
#include "core/roster/Roster.h"
#include "core/roster/Undo.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

#include <random>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

namespace {

constexpr unsigned sessions = 10'000;
constexpr int stepsPerSession = 60;
constexpr unsigned boxCount = 8;

/// A machine as it stands in the rack: two NICs with neighbouring addresses, and whatever UUID its maker
/// left.
struct Box {
    std::array<MacAddress, 2> nics;
    std::optional<Uuid> uuid;
};

Box boxOf(unsigned number) {
    const MacAddress first = macOf(number);
    MacAddress::Octets next = first.octets();
    ++next.back();
    Box box{{first, MacAddress(next)}, uuidOf(static_cast<std::uint8_t>(number))};
    if (number % 4 == 1)
        box.uuid.reset();
    if (number % 4 == 2)
        box.uuid = Uuid(Uuid::Octets{});
    if (number % 8 == 3)
        box.uuid = Uuid::parse("03000200-0400-0500-0006-000700080009").value();
    return box;
}

struct Step {
    std::variant<Observation, Command> act;
    WallTime time;
};

/// What undo and redo bring back: everything but who chose a slot, and how the question about a NIC is
/// worded.
RosterState arrangement(const Roster& roster) {
    RosterState state = roster.state();
    for (Machine& machine : state.machines) {
        machine.isCaptured = false;
        machine.problem.reset();
    }
    return state;
}

std::string brokenPromise(const Roster& roster) {
    int placed = 0;
    for (const Machine* machine : roster.machines()) {
        placed += machine->slot ? 1 : 0;
        if (machine->slot && roster.findBySlot(*machine->slot) != machine)
            return "a slot does not hold its one machine";
        if (machine->owner && (machine->slot || machine->owner == machine->mac || machine->maybeNicOf))
            return "a NIC is a machine, too";
        if (machine->owner &&
            (roster.find(*machine->owner) == nullptr || roster.find(*machine->owner)->owner))
            return "a NIC without a machine";
        if (machine->maybeNicOf && machine->slot)
            return "what may be a NIC has a slot";
        if (machine->isToBeReplaced && (!machine->slot || machine->approval != Approval::Refused))
            return "a machine waits for its replacement without a slot, or is served";
        for (const MacAddress partner : machine->orderUncertainWith) {
            if (roster.find(partner) == nullptr || !isOrderUncertain(*roster.find(partner), *machine))
                return "only one of a pair is uncertain";
        }
    }
    for (int slot = 1; slot <= roster.layout().lastSlot(); ++slot)
        placed -= roster.findBySlot(slot) != nullptr ? 1 : 0;
    if (placed != 0)
        return "slots and machines do not match";
    if (roster.findBySlot(roster.cursor()) != nullptr || roster.reserved().contains(roster.cursor()))
        return "the cursor does not stand on a free slot";
    return {};
}

/// Plays one session, and says what went wrong in it.
class RollCall {
public:
    explicit RollCall(unsigned seed) : m_random(seed) {
        RackLayout layout;
        layout.slotCount = number(4, 12);
        layout.rackCount = number(1, 3);
        layout.columns = number(1, 4);
        layout.direction = static_cast<Direction>(number(0, 3));
        operate(SetLayout{layout});
    }

    [[nodiscard]] std::string play() {
        for (int i = 0; i < stepsPerSession && m_wrong.empty(); ++i) {
            m_time += std::chrono::milliseconds(number(0, 3) == 0 ? number(0, 900) : number(1000, 40'000));
            if (number(0, 9) < 5)
                hear();
            else
                act();
            complain(brokenPromise(m_roster));
        }
        complain(wrongReplay());
        return m_wrong;
    }

    int captures = 0;
    int byPort = 0;
    int gaveWay = 0;
    int questions = 0;
    int attached = 0;
    int undone = 0;
    int pairs = 0;

private:
    int number(int least, int most) { return std::uniform_int_distribution(least, most)(m_random); }
    unsigned box() { return static_cast<unsigned>(number(1, boxCount)); }
    MacAddress mac() { return boxOf(box()).nics.at(number(0, 5) == 0 ? 1 : 0); }
    int slot() { return number(1, 14); }
    void complain(const std::string& wrong) {
        if (m_wrong.empty())
            m_wrong = wrong;
    }
    Changes observe(const Observation& observation) {
        m_journal.push_back({observation, at(m_time)});
        return m_roster.apply(observation, at(m_time));
    }

    void hear() {
        const Box sender = boxOf(box());
        const Machine* const first = m_roster.find(sender.nics[0]);
        switch (first == nullptr ? 0 : number(0, 4)) {
        case 0:
        case 1:
            return discover(sender, 0); // the first time, or a retry, or another boot
        case 2:
            return discover(sender, 1);
        default:
            observe(Reached{sender.nics.at(number(0, 4) == 0 ? 1 : 0),
                            static_cast<Stage>(number(0, static_cast<int>(Stage::LocalBoot))), 100});
        }
    }

    /// A firmware comes to its second NIC when it gave the first one up.
    [[nodiscard]] bool mayTrySecondNic(const Box& box) const {
        const Machine* const first = m_roster.machineOfNic(box.nics[0]);
        if (box.uuid && box.uuid->isTrustworthy())
            return true; // whenever it comes, its UUID gives it away
        const bool isIdle = first->stage <= Stage::Leased || first->stage >= Stage::Done;
        const auto idle = first->stageSince ? at(m_time) - *first->stageSince : 0ms;
        return isIdle && idle >= leastWait && idle <= mostWait;
    }

    void discover(const Box& box, std::size_t nic) {
        const MacAddress mac = box.nics.at(nic);
        if (nic == 1 && m_roster.find(mac) == nullptr && !mayTrySecondNic(box))
            return;
        const bool isNew = m_roster.find(mac) == nullptr;
        if (nic == 0 && number(0, 3) == 0)
            return discoverAtPort(box, isNew);
        const auto stamp = isNew ? at(m_time) : *m_roster.find(mac)->firstSeen;
        const auto slot = isNew ? std::nullopt : m_roster.find(mac)->slot;
        const int cursor = m_roster.cursor();
        observe(Discovered{mac, at(m_time), "uefi-x64", box.uuid});
        const Machine& machine = *m_roster.find(mac);
        if (*machine.firstSeen != stamp)
            complain("a later packet changed the order");
        if (!isNew && machine.slot != slot)
            complain("a retry moved a machine");
        if (!isNew)
            return;
        if (nic == 1 && machine.slot)
            complain("a NIC took a slot silently");
        if (machine.slot && machine.slot != cursor)
            complain("the order is not that of the first packets");
        captures += machine.slot ? 1 : 0;
        pairs += machine.orderUncertainWith.empty() ? 0 : 1;
        attached += machine.owner ? 1 : 0;
        questions += machine.maybeNicOf ? 1 : 0;
    }

    static int portSlotOf(const Box& box) { return 1 + box.nics[0].octets().back() / 2; }

    /// The switch tells the port, and not always the right one. That moves only whom nobody placed.
    void discoverAtPort(const Box& box, bool isNew) {
        const MacAddress mac = box.nics[0];
        const int slot = number(0, 3) == 0 ? this->slot() : portSlotOf(box);
        const Roster before = m_roster;
        observe(Discovered{mac, at(m_time), "uefi-x64", box.uuid, false, false, slot});
        const Machine& machine = *m_roster.find(mac);
        for (const Machine* const old : before.machines()) {
            const Machine& now = *m_roster.find(old->mac);
            if (now.slot == old->slot)
                continue;
            const bool isMine = m_roster.machineOfNic(mac)->mac == now.mac;
            if (!old->isCaptured || old->isToBeReplaced || hasFixedName(*old))
                complain("a port moved what a person placed, or what is installed");
            if (isMine ? now.slot != slot : old->slot != slot || now.slot.has_value())
                complain("a port moved a machine elsewhere");
            gaveWay += isMine ? 0 : 1;
        }
        if (isNew && machine.slot && machine.slot != slot)
            complain("the cursor beat a known port");
        if (isNew && !machine.orderUncertainWith.empty())
            complain("a known port leaves the order uncertain");
        byPort += machine.slot == slot ? 1 : 0;
        attached += isNew && machine.owner ? 1 : 0;
        questions += isNew && machine.maybeNicOf ? 1 : 0;
    }

    Command command() {
        switch (number(0, 19)) {
        case 0:
            return Swap{mac(), mac()};
        case 1:
            return Reserve{m_roster.cursor()}; // skip
        case 2:
            return Reserve{slot()};
        case 3:
            return Release{slot()};
        case 4:
            return Insert{slot()};
        case 5:
            return Reverse{slot(), slot()};
        case 6:
            return Place{mac(), slot()};
        case 7:
            return Place{mac(), std::nullopt};
        case 8:
            return PlaceMany{{{mac(), slot()}, {mac(), slot()}}};
        case 9:
            return ConfirmOrder{mac(), mac()};
        case 10:
            return DoubtOrder{mac(), mac()};
        case 11:
            return MoveCursor{slot()};
        case 12:
            return AttachNic{mac(), mac()};
        case 13:
            return OwnMachine{mac()};
        case 14:
            return DoubtNic{mac(), mac()};
        case 15: {
            RackLayout layout = m_roster.layout();
            layout.direction = static_cast<Direction>(number(0, 3));
            if (number(0, 2) == 0) {
                layout.slotCount = number(4, 12);
                layout.rackCount = number(1, 3);
            }
            return SetLayout{layout};
        }
        case 16:
            return Replace{mac()};
        case 17:
            return Keep{mac()};
        case 18:
            return TakeOver{mac(), mac()};
        default:
            return Approve{mac(), tokenOf(static_cast<unsigned>(number(1, 1000)))};
        }
    }

    bool operate(const Command& command) {
        m_journal.push_back({command, at(m_time)});
        return m_roster.apply(command, at(m_time)).has_value();
    }

    void act() {
        if (!m_undo.empty() && number(0, 4) == 0) { // much may have happened since
            for (const Command& step : m_undo)
                operate(step);
            m_undo.clear();
            return;
        }
        const Command next = command();
        const RosterState before = arrangement(m_roster);
        const auto undo = undoOf(next, m_roster, at(m_time));
        if (!operate(next)) {
            if (arrangement(m_roster) != before)
                complain("a refused command changed something");
            return;
        }
        if (undo.empty())
            return;
        m_undo = undo;
        if (number(0, 1) == 0)
            undoAndRedo(next, before);
    }

    void undoAndRedo(const Command& done, const RosterState& before) {
        const RosterState after = arrangement(m_roster);
        for (const Command& step : m_undo) {
            if (!operate(step))
                complain("an undo is refused");
        }
        if (arrangement(m_roster) != before)
            complain("undone is not as before");
        if (!operate(done) || arrangement(m_roster) != after)
            complain("redone is not as after");
        ++undone;
    }

    [[nodiscard]] std::string wrongReplay() const {
        Roster again;
        std::size_t count = 0;
        for (const Step& step : m_journal) {
            if (++count == m_journal.size() / 2)
                again = Roster(again.state()); // as after a crash
            if (const auto* observation = std::get_if<Observation>(&step.act))
                again.apply(*observation, step.time);
            else
                (void)again.apply(std::get<Command>(step.act), step.time);
        }
        return again.state() == m_roster.state() ? "" : "the journal gives another state";
    }

    std::mt19937 m_random;
    std::chrono::milliseconds m_time{0};
    Roster m_roster;
    std::vector<Step> m_journal;
    std::vector<Command> m_undo;
    std::string m_wrong;
};

} // namespace

/// The roll call's rules together: racks of odd machines, and an operator who changes his mind.
class TestRollCall : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rulesHoldInEverySession();
};

void TestRollCall::rulesHoldInEverySession() {
    int captures = 0;
    int byPort = 0;
    int gaveWay = 0;
    int questions = 0;
    int attached = 0;
    int undone = 0;
    int pairs = 0;
    for (unsigned seed = 0; seed < sessions; ++seed) {
        RollCall session(seed);
        const std::string wrong = session.play();
        QVERIFY2(wrong.empty(), (wrong + ", seed " + std::to_string(seed)).c_str());
        captures += session.captures;
        byPort += session.byPort;
        gaveWay += session.gaveWay;
        questions += session.questions;
        attached += session.attached;
        undone += session.undone;
        pairs += session.pairs;
    }
    qInfo("%d captures, %d by port, %d gave way, %d close pairs, %d NICs attached, %d asked about, %d undone "
          "and redone",
          captures, byPort, gaveWay, pairs, attached, questions, undone);
    // Otherwise it would prove nothing.
    for (const int count : {captures, byPort, gaveWay, questions, attached, undone, pairs})
        QVERIFY(count > static_cast<int>(sessions) / 10);
}

QTEST_GUILESS_MAIN(TestRollCall)
#include "tst_RollCall.moc"
