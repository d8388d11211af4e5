// findClashes(): who would have the same name, address or slot.

#include "core/roster/RackLayout.h"
#include "ui/models/RackChanges.h"
#include "ui/text/PlainText.h"

#include <QCoreApplication>

#include <deque>

namespace rackmuster::ui {

using engine::MachineRow;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(MachineEdit)
};

/// A machine as it will be.
struct Party {
    const MachineRow* row = nullptr;       ///< Null: new.
    const MachineChange* change = nullptr; ///< Null: none, or it was refused.
    std::string name;                      ///< folded
    std::optional<Ipv4Address> address;
    std::optional<int> slot;
};

class ClashSearch {
public:
    ClashSearch(const std::vector<MachineRow>& rows, const roster::RackLayout& layout,
                const std::vector<MachineChange>& changes);

    [[nodiscard]] std::vector<Clash> run();

private:
    struct Held {
        MachineColumn column;
        std::size_t holder;
    };

    void seat(std::size_t index);
    void unseat(std::size_t index);
    [[nodiscard]] std::optional<Held> heldByAnother(std::size_t index) const;
    template <typename Map, typename Key>
    [[nodiscard]] std::optional<std::size_t> holderOf(const Map& map, const Key& key, std::size_t index,
                                                      bool (*takes)(const MachineChange&)) const;
    template <typename Map, typename Key>
    void wake(const Map& map, const Key& key);
    void refuse(std::size_t index, const Held& held);
    [[nodiscard]] QString reason(const Party& party, const Held& held) const;
    [[nodiscard]] QString callOf(const Party& party) const;

    const roster::RackLayout& m_layout;
    const std::vector<MachineChange>& m_changes;
    std::vector<Party> m_parties;
    std::unordered_multimap<std::string, std::size_t> m_names;
    std::unordered_multimap<Ipv4Address, std::size_t> m_addresses;
    std::unordered_multimap<int, std::size_t> m_slots;
    std::deque<std::size_t> m_unchecked;
    std::vector<Clash> m_clashes;
};

bool takesName(const MachineChange& change) {
    return !change.after.hostname.empty() &&
           (change.isNew || change.after.hostname != change.before.hostname);
}

bool takesAddress(const MachineChange& change) {
    return change.after.address && (change.isNew || change.after.address != change.before.address);
}

bool takesSlot(const MachineChange& change) {
    return change.slotAfter && change.slotAfter != change.slotBefore;
}

ClashSearch::ClashSearch(const std::vector<MachineRow>& rows, const roster::RackLayout& layout,
                         const std::vector<MachineChange>& changes)
    : m_layout(layout), m_changes(changes) {
    std::unordered_map<MacAddress, const MachineChange*> byMac;
    for (const MachineChange& change : changes)
        byMac.emplace(change.mac, &change);
    m_parties.reserve(rows.size() + changes.size());
    for (const MachineRow& row : rows) {
        const auto found = byMac.find(row.machine.mac);
        m_parties.push_back({&row, found == byMac.end() ? nullptr : found->second, {}, {}, {}});
    }
    for (const MachineChange& change : changes) {
        if (change.isNew)
            m_parties.push_back({nullptr, &change, {}, {}, {}});
    }
    for (std::size_t i = 0; i < m_parties.size(); ++i) {
        seat(i);
        if (m_parties[i].change)
            m_unchecked.push_back(i);
    }
}

void ClashSearch::seat(std::size_t index) {
    Party& party = m_parties[index];
    if (const MachineChange* const change = party.change) {
        party.slot = change->slotAfter;
        const auto& after = change->after;
        const std::string computed = party.slot ? m_layout.hostnameOf(*party.slot) : std::string();
        party.name = roster::foldedName(after.hostname.empty() ? computed : after.hostname);
        party.address = after.address;
        if (!party.address && party.slot)
            party.address = m_layout.addressOf(*party.slot);
        if (!party.address && party.row)
            party.address = party.row->machine.leased;
    } else if (party.row) {
        party.slot = party.row->machine.slot;
        party.name = roster::foldedName(party.row->hostname.toStdString());
        party.address = party.row->address;
    } else {
        return; // a new machine that was refused
    }
    if (!party.name.empty())
        m_names.emplace(party.name, index);
    if (party.address)
        m_addresses.emplace(*party.address, index);
    if (party.slot)
        m_slots.emplace(*party.slot, index);
}

void ClashSearch::unseat(std::size_t index) {
    const auto take = [index](auto& map, const auto& key) {
        const auto [first, last] = map.equal_range(key);
        for (auto it = first; it != last; ++it) {
            if (it->second == index) {
                map.erase(it);
                return;
            }
        }
    };
    const Party& party = m_parties[index];
    take(m_names, party.name);
    if (party.address)
        take(m_addresses, *party.address);
    if (party.slot)
        take(m_slots, *party.slot);
}

/// Of two that take the same, the later is told.
template <typename Map, typename Key>
std::optional<std::size_t> ClashSearch::holderOf(const Map& map, const Key& key, std::size_t index,
                                                 bool (*takes)(const MachineChange&)) const {
    const auto [first, last] = map.equal_range(key);
    for (auto it = first; it != last; ++it) {
        const MachineChange* const other = m_parties[it->second].change;
        const bool isLater = other && takes(*other) && other > m_parties[index].change;
        if (it->second != index && !isLater)
            return it->second;
    }
    return std::nullopt;
}

std::optional<ClashSearch::Held> ClashSearch::heldByAnother(std::size_t index) const {
    const Party& party = m_parties[index];
    if (takesSlot(*party.change)) {
        if (const auto holder = holderOf(m_slots, *party.slot, index, takesSlot))
            return Held{MachineColumn::Slot, *holder};
    }
    if (takesName(*party.change)) {
        if (const auto holder = holderOf(m_names, party.name, index, takesName))
            return Held{MachineColumn::Name, *holder};
    }
    if (takesAddress(*party.change)) {
        if (const auto holder = holderOf(m_addresses, *party.address, index, takesAddress))
            return Held{MachineColumn::Address, *holder};
    }
    return std::nullopt;
}

template <typename Map, typename Key>
void ClashSearch::wake(const Map& map, const Key& key) {
    const auto [first, last] = map.equal_range(key);
    for (auto it = first; it != last; ++it)
        m_unchecked.push_back(it->second);
}

void ClashSearch::refuse(std::size_t index, const Held& held) {
    Party& party = m_parties[index];
    m_clashes.push_back(
        {static_cast<std::size_t>(party.change - m_changes.data()), held.column, reason(party, held)});
    unseat(index);
    party.change = nullptr;
    party.name.clear();
    party.address.reset();
    party.slot.reset();
    seat(index);
    wake(m_names, party.name);
    if (party.address)
        wake(m_addresses, *party.address);
    if (party.slot)
        wake(m_slots, *party.slot);
}

QString ClashSearch::callOf(const Party& party) const {
    const QString name = party.row ? party.row->hostname : QString();
    const MacAddress mac = party.row ? party.row->machine.mac : party.change->mac;
    return name.isEmpty() ? QString::fromStdString(mac.toString()) : printable(name);
}

QString ClashSearch::reason(const Party& party, const Held& held) const {
    const Party& holder = m_parties[held.holder];
    const MacAddress mac = holder.row ? holder.row->machine.mac : holder.change->mac;
    if (held.column == MachineColumn::Slot)
        return Text::tr("Slot %1 is taken by %2.")
            .arg(printable(m_layout.slotLabel(*party.slot)), callOf(holder));
    if (held.column == MachineColumn::Name)
        return Text::tr("%1 is already the name of the machine %2.")
            .arg(printable(party.change->after.hostname), QString::fromStdString(mac.toString()));
    return Text::tr("%1 is already the address of %2.")
        .arg(QString::fromStdString(party.address->toString()), callOf(holder));
}

std::vector<Clash> ClashSearch::run() {
    while (!m_unchecked.empty()) {
        const std::size_t index = m_unchecked.front();
        m_unchecked.pop_front();
        if (!m_parties[index].change)
            continue;
        if (const auto held = heldByAnother(index))
            refuse(index, *held);
    }
    return std::move(m_clashes);
}

} // namespace

std::vector<Clash> findClashes(const std::vector<MachineRow>& rows, const roster::RackLayout& layout,
                               const std::vector<MachineChange>& changes) {
    return ClashSearch(rows, layout, changes).run();
}

} // namespace rackmuster::ui
