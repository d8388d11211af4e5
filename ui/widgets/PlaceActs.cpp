#include "ui/widgets/PlaceActs.h"

#include "ui/models/SlotMove.h"
#include "ui/text/PlainText.h"

#include <QMenu>

#include <algorithm>
#include <iterator>

namespace rackmuster::ui {

using engine::MachineRow;
using Commands = std::vector<roster::Command>;

PlaceActs::PlaceActs(Workbench& workbench, QWidget& page)
    : QObject(&page), m_workbench(workbench), m_page(page) {}

void PlaceActs::addTo(QMenu& menu, const std::vector<MacAddress>& machines) {
    const MachineModel& model = m_workbench.machines();
    std::vector<int> slots;
    for (const MacAddress mac : machines) {
        const MachineRow* const row = model.find(mac);
        if (row && row->machine.slot)
            slots.push_back(*row->machine.slot);
    }
    addPairActs(menu, machines);
    if (slots.size() > 2) {
        const auto [first, last] = std::minmax_element(slots.begin(), slots.end());
        add(menu,
            tr("Reverse the order of slots %1 to %2").arg(model.slotLabel(*first), model.slotLabel(*last)),
            {roster::Reverse{*first, *last}}, backToNow());
    }
    if (machines.size() == 1 && slots.size() == 1)
        add(menu, tr("Insert a free slot before it"), {roster::Insert{slots.front()}}, backToNow());
    if (machines.size() == 1) {
        addNicActs(menu, machines.front());
        addReplacementActs(menu, machines.front());
    }
    menu.addAction(tr("Take out of the slot"), this,
                   [this, machines] { m_workbench.edit(machines, MachineColumn::Slot, QString()); })
        ->setEnabled(!slots.empty());
}

/// Of the two that are chosen, or of one and of whom its order is uncertain with.
void PlaceActs::addPairActs(QMenu& menu, const std::vector<MacAddress>& machines) {
    const MachineModel& model = m_workbench.machines();
    const MachineRow* const first = machines.empty() ? nullptr : model.find(machines.front());
    if (!first || !first->machine.slot || machines.size() > 2)
        return;
    const std::vector<MacAddress>& doubts = first->machine.orderUncertainWith;
    if (machines.size() == 1 && doubts.empty())
        return;
    const MachineRow* const second = model.find(machines.size() == 2 ? machines.back() : doubts.front());
    if (!second || !second->machine.slot)
        return;
    const MacAddress a = first->machine.mac;
    const MacAddress b = second->machine.mac;
    menu.addAction(tr("Swap %1 and %2").arg(nameOf(a), nameOf(b)), this,
                   [this, a, b] { m_workbench.swap(a, b); });
    if (std::find(doubts.begin(), doubts.end(), b) != doubts.end())
        menu.addAction(tr("The order of %1 and %2 is right").arg(nameOf(a), nameOf(b)), this,
                       [this, a, b] { m_workbench.confirmOrder(a, b); });
}

void PlaceActs::addNicActs(QMenu& menu, MacAddress machine) {
    const MachineRow* const row = m_workbench.machines().find(machine);
    if (!row)
        return;
    if (const auto owner = row->machine.owner)
        add(menu, tr("It is a machine of its own"), {roster::OwnMachine{machine}},
            {roster::AttachNic{machine, *owner}});
    if (const auto kin = row->machine.maybeNicOf) {
        add(menu, tr("It is a network card of %1").arg(nameOf(*kin)), {roster::AttachNic{machine, *kin}},
            {roster::DoubtNic{machine, *kin}});
        add(menu, tr("It is a machine of its own"), {roster::OwnMachine{machine}},
            {roster::DoubtNic{machine, *kin}});
    }
}

void PlaceActs::addReplacementActs(QMenu& menu, MacAddress machine) {
    const MachineRow* const row = m_workbench.machines().find(machine);
    if (!row)
        return;
    if (row->machine.isToBeReplaced)
        return add(menu, tr("Keep it after all"), {roster::Keep{machine}}, {roster::Replace{machine}});
    if (row->machine.slot)
        add(menu, tr("Wait for its replacement"), {roster::Replace{machine}}, {roster::Keep{machine}});
    if (row->machine.owner || row->machine.approval == roster::Approval::Refused ||
        roster::hasFixedName(row->machine))
        return;
    for (const MachineRow& other : m_workbench.machines().rows()) {
        if (other.machine.isToBeReplaced)
            addTakeOver(menu, row->machine, other.machine);
    }
}

void PlaceActs::addTakeOver(QMenu& menu, const roster::Machine& machine, const roster::Machine& replaced) {
    Commands back{roster::AssignMany{{{machine.mac, machine.assigned}, {replaced.mac, replaced.assigned}}}};
    for (roster::Command& place : backToNow())
        back.push_back(std::move(place));
    back.emplace_back(roster::Replace{replaced.mac});
    add(menu,
        tr("It replaces %1 in slot %2")
            .arg(nameOf(replaced.mac), m_workbench.machines().slotLabel(replaced.slot.value_or(0))),
        {roster::TakeOver{machine.mac, replaced.mac}}, std::move(back));
}

void PlaceActs::popUp(int slot, const QPoint& globalPosition) {
    auto* const menu = new QMenu(&m_page);
    menu->setObjectName(QStringLiteral("slotMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addTo(*menu, slot);
    menu->popup(globalPosition);
}

bool PlaceActs::move(MacAddress machine, std::optional<int> slot) {
    const auto plan = planMove(m_workbench.machines(), machine, slot);
    if (!plan) {
        Q_EMIT m_workbench.refused(plan.error());
        return false;
    }
    if (plan->swapsWith)
        m_workbench.swap(machine, *plan->swapsWith);
    else if (!plan->there.empty())
        m_workbench.arrange(slot ? tr("move to slot %1").arg(m_workbench.machines().slotLabel(*slot))
                                 : tr("move out of the rack"),
                            plan->there, plan->back);
    return true;
}

void PlaceActs::addTo(QMenu& menu, int slot) {
    const MachineModel& model = m_workbench.machines();
    if (const MachineRow* const row = model.findBySlot(slot))
        return addTo(menu, {row->machine.mac});
    if (model.reserved().contains(slot)) {
        add(menu, tr("Use slot %1 again").arg(model.slotLabel(slot)), {roster::Release{slot}},
            {roster::Reserve{slot}});
        return;
    }
    if (slot != model.cursor())
        add(menu, tr("The next machine stands in slot %1").arg(model.slotLabel(slot)),
            {roster::MoveCursor{slot}}, {roster::MoveCursor{model.cursor()}});
    menu.addAction(tr("Keep slot %1 free").arg(model.slotLabel(slot)), this,
                   [this, slot] { m_workbench.keepFree(slot); });
}

void PlaceActs::add(QMenu& menu, const QString& text, Commands there, Commands back) {
    menu.addAction(text, this, [this, text, there = std::move(there), back = std::move(back)] {
        m_workbench.arrange(text, there, back);
    });
}

Commands PlaceActs::backToNow() const {
    roster::PlaceMany many;
    for (const MachineRow& row : m_workbench.machines().rows()) {
        if (row.machine.slot)
            many.places.push_back({row.machine.mac, row.machine.slot});
    }
    return {std::move(many)};
}

QString PlaceActs::nameOf(MacAddress machine) const {
    const MachineRow* const row = m_workbench.machines().find(machine);
    return row && !row->hostname.isEmpty() ? printable(row->hostname)
                                           : QString::fromStdString(machine.toString());
}

} // namespace rackmuster::ui
