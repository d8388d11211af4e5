#include "ui/models/MachineEdit.h"

#include "core/roster/RackLayout.h"
#include "ui/models/Choices.h"
#include "ui/text/PlainText.h"
#include "ui/text/Sentences.h"

#include <QCoreApplication>

#include <algorithm>

namespace rackmuster::ui {

using engine::MachineRow;

namespace {

using Plan = tl::expected<PlannedEdit, QString>;
using Machines = std::vector<MacAddress>;

tl::unexpected<QString> refuse(const QString& sentence) {
    return tl::unexpected<QString>(sentence);
}

struct Sentence {
    Q_DECLARE_TR_FUNCTIONS(MachineEdit)
};

bool isEdited(const Machines& machines, const MachineRow& row) {
    return std::find(machines.begin(), machines.end(), row.machine.mac) != machines.end();
}

/// How the operator calls a machine: its name, else its MAC.
QString callOf(const MachineRow& row) {
    return row.hostname.isEmpty() ? QString::fromStdString(row.machine.mac.toString())
                                  : printable(row.hostname);
}

/// The first row outside the edit that already has the value.
template <typename HasValue>
const MachineRow* holderOf(const MachineModel& model, const Machines& machines, HasValue hasValue) {
    const std::vector<MachineRow>& rows = model.rows();
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const MachineRow& row) {
        return !isEdited(machines, row) && hasValue(row);
    });
    return found == rows.end() ? nullptr : &*found;
}

template <typename Change>
void addAssign(PlannedEdit& plan, const MachineRow& row, Change change) {
    roster::Assignment after = row.machine.assigned;
    change(after);
    if (after != row.machine.assigned)
        plan.assigns.push_back({row.machine.mac, row.machine.assigned, after});
}

Plan planNames(const MachineModel& model, const Machines& machines, const QString& text) {
    const bool isPattern = text.contains(QLatin1String("{"));
    if (machines.size() > 1 && !isPattern && !text.isEmpty())
        return refuse(Sentence::tr("%n machines cannot share one name: write a pattern such as %1-{slot:02}.",
                                   nullptr, static_cast<int>(machines.size()))
                          .arg(printable(text)));
    roster::RackLayout pattern = model.layout();
    pattern.namePattern = text.toStdString();
    if (isPattern) {
        if (const Result<void> checked = roster::checkNamePattern(pattern.namePattern); !checked)
            return refuse(sentence(checked.error()));
    }
    PlannedEdit plan;
    for (const MacAddress mac : machines) {
        const MachineRow& row = *model.find(mac);
        std::string name = text.toStdString();
        if (isPattern) {
            if (!row.machine.slot)
                return refuse(
                    Sentence::tr("%1 has no slot, so a pattern gives it no name.").arg(callOf(row)));
            name = pattern.hostnameOf(*row.machine.slot);
        }
        const QString shown = QString::fromStdString(name);
        if (!name.empty() && !roster::isHostname(name))
            return refuse(sentence({ErrorCode::BadName, "", name}));
        const auto hasName = [&](const MachineRow& other) {
            return !name.empty() && other.hostname.compare(shown, Qt::CaseInsensitive) == 0;
        };
        if (const MachineRow* const holder = holderOf(model, machines, hasName))
            return refuse(Sentence::tr("%1 is already the name of the machine %2.")
                              .arg(printable(shown), QString::fromStdString(holder->machine.mac.toString())));
        if (shown != row.hostname)
            addAssign(plan, row, [&](roster::Assignment& assigned) { assigned.hostname = name; });
    }
    return plan;
}

Plan planAddresses(const MachineModel& model, const Machines& machines, const QString& text) {
    std::optional<Ipv4Address> next;
    if (!text.isEmpty()) {
        const Result<Ipv4Address> first = Ipv4Address::parse(text.toStdString());
        if (!first || first->isNull())
            return refuse(
                Sentence::tr("“%1” is not an IPv4 address such as 192.168.0.101.").arg(printable(text)));
        next = *first;
    }
    PlannedEdit plan;
    for (const MacAddress mac : machines) {
        const MachineRow& row = *model.find(mac);
        const auto hasAddress = [&](const MachineRow& other) {
            return next && other.address == next;
        };
        if (const MachineRow* const holder = holderOf(model, machines, hasAddress))
            return refuse(Sentence::tr("%1 is already the address of %2.")
                              .arg(QString::fromStdString(next->toString()), callOf(*holder)));
        if (!next || row.address != next)
            addAssign(plan, row, [&](roster::Assignment& assigned) { assigned.address = next; });
        if (next)
            next = Ipv4Address(next->value() + 1);
    }
    return plan;
}

Plan planSlots(const MachineModel& model, const Machines& machines, const QString& text) {
    bool isNumber = false;
    int next = text.toInt(&isNumber);
    if (!text.isEmpty() && (!isNumber || next < 1 || next > 999))
        return refuse(Sentence::tr("“%1” is not a slot number from 1 to 999.").arg(printable(text)));
    PlannedEdit plan;
    for (const MacAddress mac : machines) {
        const MachineRow& row = *model.find(mac);
        const std::optional<int> slot = text.isEmpty() ? std::nullopt : std::optional(next++);
        const auto hasSlot = [&](const MachineRow& other) {
            return slot && other.machine.slot == slot;
        };
        if (const MachineRow* const holder = holderOf(model, machines, hasSlot))
            return refuse(
                Sentence::tr("Slot %1 is taken by %2.").arg(QString::number(*slot), callOf(*holder)));
        if (slot != row.machine.slot)
            plan.places.push_back({mac, row.machine.slot, slot});
    }
    return plan;
}

/// An entry chosen from the menu of another image means nothing in this one's.
Plan planImage(const MachineModel& model, const Machines& machines, const QString& imageId) {
    PlannedEdit plan;
    for (const MacAddress mac : machines)
        addAssign(plan, *model.find(mac), [&](roster::Assignment& assigned) {
            if (assigned.imageId != imageId.toStdString())
                assigned.menuEntry.clear();
            assigned.imageId = imageId.toStdString();
        });
    return plan;
}

/// A profile, or an entry of the image's own menu, which leaves the profile as it was.
Plan planStart(const MachineModel& model, const Machines& machines, const QString& value) {
    PlannedEdit plan;
    for (const MacAddress mac : machines) {
        addAssign(plan, *model.find(mac), [&](roster::Assignment& assigned) {
            assigned.menuEntry = menuEntryTitle(value).toStdString();
            if (!isMenuEntryValue(value))
                assigned.profile = value.toStdString();
        });
    }
    return plan;
}

} // namespace

Plan planEdit(const MachineModel& model, const Machines& machines, MachineColumn column,
              const QString& text) {
    Machines known;
    std::copy_if(machines.begin(), machines.end(), std::back_inserter(known),
                 [&](MacAddress mac) { return model.find(mac) != nullptr; });
    const QString value = text.trimmed();
    switch (column) {
    case MachineColumn::Name:
        return planNames(model, known, value);
    case MachineColumn::Address:
        return planAddresses(model, known, value);
    case MachineColumn::Slot:
        return planSlots(model, known, value);
    case MachineColumn::Image:
        return planImage(model, known, text);
    case MachineColumn::Profile:
        return planStart(model, known, text);
    default:
        return PlannedEdit();
    }
}

} // namespace rackmuster::ui
