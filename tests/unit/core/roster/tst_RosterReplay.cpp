#include "core/roster/ClosePairs.h"
#include "core/roster/Roster.h"
#include "tests/unit/core/roster/RosterFixture.h"

#include <QTest>

#include <random>
#include <set>

using namespace rackmuster;
using namespace rackmuster::roster;
using namespace rackmuster::tests;
using namespace std::chrono_literals;

namespace {

constexpr int sessions = 2000;
constexpr int stepsPerSession = 120;
constexpr unsigned machineCount = 12;

struct Step {
    std::variant<Observation, Command> act;
    WallTime time;
};

/// One random session: everything that servers and operator can do, to few machines, so that things collide.
class Session {
public:
    explicit Session(unsigned seed) : m_random(seed) {}

    std::vector<Step> steps() {
        std::vector<Step> out;
        for (int i = 0; i < stepsPerSession; ++i) {
            m_time += std::chrono::milliseconds(number(0, 15'000));
            if (number(0, 9) < 6)
                out.push_back({observation(), at(m_time)});
            else
                out.push_back({command(), at(m_time)});
        }
        return out;
    }

private:
    int number(int least, int most) { return std::uniform_int_distribution(least, most)(m_random); }
    bool chance() { return number(0, 1) == 0; }
    MacAddress mac() {
        MacAddress::Octets octets = macOf(static_cast<unsigned>(number(1, machineCount))).octets();
        octets.back() =
            static_cast<std::uint8_t>(octets.back() + (number(0, 3) == 0 ? 1 : 0)); // its other NIC
        return MacAddress(octets);
    }
    std::optional<int> slot() { return number(0, 4) == 0 ? std::nullopt : std::optional(number(0, 14)); }

    Observation observation() {
        switch (number(0, 4)) {
        case 0:
        case 1: {
            std::optional<Uuid> uuid;
            if (chance())
                uuid = uuidOf(static_cast<std::uint8_t>(number(1, 6)));
            const WallTime heard = at(m_time) + std::chrono::milliseconds(number(-20, 20));
            const auto port = number(0, 2) == 0 ? slot() : std::nullopt;
            return Discovered{mac(), heard, chance() ? "bios" : "uefi-x64", uuid, chance(), false, port};
        }
        case 2:
        case 3:
            return Reached{mac(), static_cast<Stage>(number(0, static_cast<int>(Stage::LocalBoot))), 100};
        default:
            if (number(0, 3) == 0)
                return Located{mac(), number(0, 14)};
            if (chance())
                return Diagnosed{mac(), chance() ? std::optional(Error{ErrorCode::Other, "Something", {}})
                                                 : std::nullopt};
            return Leased{mac(), Ipv4Address(10, 0, 1, static_cast<std::uint8_t>(number(1, 6)))};
        }
    }

    Assignment assignment() {
        Assignment assigned;
        if (chance())
            assigned.hostname = "Node-0" + std::to_string(number(1, 9));
        if (chance())
            assigned.address = Ipv4Address(10, 0, 0, static_cast<std::uint8_t>(number(1, 14)));
        return assigned;
    }

    Command arrangement() {
        switch (number(0, 11)) {
        case 11:
            return AssignMany{{{mac(), assignment()}, {mac(), assignment()}}};
        case 8:
            return AttachNic{mac(), mac()};
        case 9:
            return OwnMachine{mac()};
        case 10:
            return DoubtNic{mac(), mac()};
        case 0:
            return PlaceMany{{{mac(), slot()}, {mac(), slot()}, {mac(), slot()}}};
        case 1:
            return Swap{mac(), mac()};
        case 2:
            return ConfirmOrder{mac(), mac()};
        case 3:
            return DoubtOrder{mac(), mac()};
        case 4:
            return Reserve{number(0, 14)};
        case 5:
            return Release{number(0, 14)};
        case 6:
            return Insert{number(0, 14)};
        default:
            return Reverse{number(0, 14), number(0, 14)};
        }
    }

    Command command() {
        if (number(0, 2) == 0)
            return arrangement();
        switch (number(0, 9)) {
        case 0:
            return Withdraw{mac()};
        case 1:
            return Refuse{mac()};
        case 2:
            return Forget{mac()};
        case 3:
            return Rearm{mac()};
        case 4:
            return Assign{mac(), assignment()};
        case 5:
            return Place{mac(), slot()};
        case 6:
            return Plan{mac(), slot(), assignment()};
        case 7:
            return MoveCursor{number(0, 14)};
        case 8: {
            RackLayout layout;
            layout.slotCount = number(0, 20);
            layout.rackCount = number(1, 3);
            layout.addressStep = number(1, 2);
            layout.rackAddressStep = 20 * number(0, 2);
            if (chance())
                layout.firstAddress = Ipv4Address(10, 0, 0, 1);
            return SetLayout{layout};
        }
        default:
            return Approve{mac(), tokenOf(static_cast<unsigned>(number(1, 40)))};
        }
    }

    std::mt19937 m_random;
    std::chrono::milliseconds m_time{0};
};

struct Outcome {
    Changes changes;
    bool isRefused = false;
};

Outcome carryOut(Roster& roster, const Step& step) {
    if (const auto* observation = std::get_if<Observation>(&step.act))
        return {roster.apply(*observation, step.time)};
    auto result = roster.apply(std::get<Command>(step.act), step.time);
    return result ? Outcome{std::move(*result)} : Outcome{{}, true};
}

bool isSame(const RosterState& a, const RosterState& b) {
    return a == b;
}

/// What is wrong with the roster; empty when every promise of the class holds.
std::string brokenPromise(const Roster& roster) {
    std::set<int> slots;
    std::set<std::string> tickets;
    std::set<std::string> names;
    std::set<Ipv4Address> addresses;
    std::set<Ipv4Address> leased;
    for (const Machine* machine : roster.machines()) {
        if (machine->slot && !slots.insert(*machine->slot).second)
            return "two machines in one slot";
        if (machine->slot && roster.findBySlot(*machine->slot) != machine)
            return "slot and machine disagree";
        if (machine->slot && *machine->slot > roster.layout().lastSlot())
            return "machine beyond the rack";
        if (machine->ticket && !tickets.insert(machine->ticket->token).second)
            return "ticket is not unique";
        if (machine->ticket && machine->ticket->isSpent != machine->isDone)
            return "spent ticket and done disagree";
        if ((machine->approval == Approval::Approved) != machine->ticket.has_value())
            return "approval and ticket disagree";
        const std::string name = foldedName(roster.hostnameOf(*machine));
        if (!name.empty() && !names.insert(name).second)
            return "two machines of one name";
        const auto address = roster.addressOf(*machine);
        if (address && !addresses.insert(*address).second)
            return "two machines with one address";
        if (machine->leased && !leased.insert(*machine->leased).second)
            return "one lease for two machines";
        if (machine->owner && (machine->slot || machine->ticket || !roster.find(*machine->owner) ||
                               roster.find(*machine->owner)->owner))
            return "a NIC is more than that";
        if (machine->boots > machine->discovers)
            return "more boots than DISCOVERs";
        for (const MacAddress partner : machine->orderUncertainWith) {
            const Machine* const other = roster.find(partner);
            if (other == nullptr || other == machine || !isOrderUncertain(*machine, *other) ||
                !isOrderUncertain(*other, *machine))
                return "only one of a pair is uncertain";
        }
    }
    if (roster.findBySlot(roster.cursor()))
        return "cursor on a taken slot";
    if (roster.reserved().contains(roster.cursor()))
        return "cursor on a reserved slot";
    return {};
}

using Rows = std::map<MacAddress, Machine>;

Rows rowsOf(const Roster& roster) {
    Rows rows;
    for (const Machine* machine : roster.machines())
        rows.emplace(machine->mac, *machine);
    return rows;
}

bool lists(const std::vector<MacAddress>& list, MacAddress mac) {
    return std::find(list.begin(), list.end(), mac) != list.end();
}

/// What the changes say wrongly of the way from `before` to `after`; empty when they are right.
std::string wrongReport(const Rows& before, const Rows& after, const Changes& changes) {
    for (const auto& [mac, machine] : after) {
        const auto old = before.find(mac);
        if ((old == before.end()) != lists(changes.added, mac))
            return "added is wrong";
        if (old != before.end() && !(old->second == machine) && !lists(changes.updated, mac))
            return "a changed machine is not listed";
    }
    for (const auto& [mac, machine] : before) {
        if (after.contains(mac) == lists(changes.removed, mac))
            return "removed is wrong";
    }
    return {};
}

} // namespace

/// 2,000 random sessions: what holds after every step of every one of them.
class TestRosterReplay : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void promisesHoldAfterEveryStep();
    void changesTellEverythingThatChanged();
    void refusedCommandsChangeNothing();
    void onlyForgettingRemovesAMachine();
    void replayGivesTheSameState();
    void restoredRosterGoesOnAlike();
};

void TestRosterReplay::promisesHoldAfterEveryStep() {
    for (unsigned seed = 0; seed < sessions; ++seed) {
        Roster roster;
        for (const Step& step : Session(seed).steps()) {
            carryOut(roster, step);
            const std::string broken = brokenPromise(roster);
            QVERIFY2(broken.empty(), (broken + ", seed " + std::to_string(seed)).c_str());
        }
    }
}

void TestRosterReplay::changesTellEverythingThatChanged() {
    for (unsigned seed = 0; seed < sessions / 4; ++seed) {
        Roster roster;
        for (const Step& step : Session(seed).steps()) {
            const RosterState before = roster.state();
            const Rows rows = rowsOf(roster);
            const Changes changes = carryOut(roster, step).changes;
            const std::string wrong = wrongReport(rows, rowsOf(roster), changes);
            QVERIFY2(wrong.empty(), (wrong + ", seed " + std::to_string(seed)).c_str());
            const bool isMoved = before.cursor != roster.cursor() || before.layout != roster.layout() ||
                                 before.reserved != roster.reserved();
            QCOMPARE(changes.layout, isMoved);
        }
    }
}

void TestRosterReplay::refusedCommandsChangeNothing() {
    int refused = 0;
    for (unsigned seed = 0; seed < sessions / 4; ++seed) {
        Roster roster;
        for (const Step& step : Session(seed).steps()) {
            const RosterState before = roster.state();
            if (!carryOut(roster, step).isRefused)
                continue;
            ++refused;
            QVERIFY(isSame(before, roster.state()));
        }
    }
    QVERIFY(refused > sessions);
}

void TestRosterReplay::onlyForgettingRemovesAMachine() {
    for (unsigned seed = 0; seed < sessions; ++seed) {
        Roster roster;
        for (const Step& step : Session(seed).steps()) {
            const std::size_t before = roster.machines().size();
            const Outcome outcome = carryOut(roster, step);
            const auto* command = std::get_if<Command>(&step.act);
            if (command && std::holds_alternative<Forget>(*command))
                continue;
            QVERIFY(outcome.changes.removed.empty());
            QVERIFY(roster.machines().size() >= before);
        }
    }
}

void TestRosterReplay::replayGivesTheSameState() {
    for (unsigned seed = 0; seed < sessions; ++seed) {
        Roster first;
        Roster second;
        const std::vector<Step> steps = Session(seed).steps();
        for (const Step& step : steps)
            carryOut(first, step);
        for (const Step& step : steps)
            carryOut(second, step);
        QVERIFY2(isSame(first.state(), second.state()), std::to_string(seed).c_str());
    }
}

void TestRosterReplay::restoredRosterGoesOnAlike() // the session reopens as it was
{
    for (unsigned seed = 0; seed < sessions; ++seed) {
        Roster running;
        Roster restarted;
        const std::vector<Step> steps = Session(seed).steps();
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (i % 40 == 20)
                restarted = Roster(restarted.state());
            carryOut(running, steps[i]);
            carryOut(restarted, steps[i]);
        }
        QVERIFY2(isSame(running.state(), restarted.state()), std::to_string(seed).c_str());
    }
}

QTEST_GUILESS_MAIN(TestRosterReplay)
#include "tst_RosterReplay.moc"
