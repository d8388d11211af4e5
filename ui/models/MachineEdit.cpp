#include "ui/models/MachineEdit.h"

#include "core/roster/RackLayout.h"
#include "ui/models/Choices.h"
#include "ui/text/PlainText.h"
#include "ui/text/Sentences.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <map>

namespace rackmuster::ui {

using engine::MachineRow;

namespace {

using Plan = tl::expected<PlannedEdit, QString>;
using Machines = std::vector<MacAddress>;
using Cells = tl::expected<std::vector<CellEdit>, QString>;

struct Sentence {
    Q_DECLARE_TR_FUNCTIONS(MachineEdit)
};

tl::unexpected<QString> refuse(const QString& sentence) {
    return tl::unexpected<QString>(sentence);
}

/// How the operator calls a machine: its name, else its MAC.
QString callOf(const MachineRow& row) {
    return row.hostname.isEmpty() ? QString::fromStdString(row.machine.mac.toString())
                                  : printable(row.hostname);
}

// --- a text becomes a value of one machine; the failure is one sentence ---

tl::expected<std::optional<int>, QString> slotOf(const QString& text, const roster::RackLayout& layout) {
    if (text.isEmpty())
        return std::nullopt;
    const std::optional<int> slot = layout.slotFromLabel(text.trimmed().toStdString());
    if (!slot && layout.rackCount > 1)
        return refuse(Sentence::tr("“%1” is not a slot such as %2.")
                          .arg(printable(text), printable(layout.slotLabel(1))));
    if (!slot)
        return refuse(Sentence::tr("“%1” is not a slot number from 1 to 999.").arg(printable(text)));
    return slot;
}

tl::expected<std::optional<Ipv4Address>, QString> addressOf(const QString& text) {
    if (text.isEmpty())
        return std::nullopt;
    const Result<Ipv4Address> address = Ipv4Address::parse(text.toStdString());
    if (!address || address->isNull())
        return refuse(
            Sentence::tr("“%1” is not an IPv4 address such as 192.168.0.101.").arg(printable(text)));
    return *address;
}

/// Gathers what is done to each machine, in the order in which they come.
class EditPlanner {
public:
    EditPlanner(const MachineModel& model, std::vector<MachineChange> added);

    /// Slots first: what a slot gives need not be pinned.
    [[nodiscard]] QString take(const CellEdit& cell);
    [[nodiscard]] std::vector<MachineChange> changes() && { return std::move(m_changes); }

private:
    [[nodiscard]] QString takeName(MachineChange& change, const MachineRow* row, const QString& text);
    [[nodiscard]] QString takeAddress(MachineChange& change, const MachineRow* row, const QString& text);
    [[nodiscard]] QString takeSlot(MachineChange& change, const QString& text);
    static void takeImage(MachineChange& change, const QString& imageId);
    static void takeStart(MachineChange& change, const QString& value);

    const MachineModel& m_model;
    Pins m_pins;
    std::vector<MachineChange> m_changes;
    std::unordered_map<MacAddress, std::size_t> m_index;
};

EditPlanner::EditPlanner(const MachineModel& model, std::vector<MachineChange> added)
    : m_model(model), m_pins(model.rows()), m_changes(std::move(added)) {
    for (std::size_t i = 0; i < m_changes.size(); ++i)
        m_index.emplace(m_changes[i].mac, i);
}

QString EditPlanner::take(const CellEdit& cell) {
    const MachineRow* const row = m_model.find(cell.mac);
    const auto [known, isFirst] = m_index.try_emplace(cell.mac, m_changes.size());
    if (isFirst && row)
        m_changes.push_back(unchanged(*row));
    MachineChange& change = m_changes[known->second];
    switch (cell.column) {
    case MachineColumn::Name:
        return takeName(change, row, cell.text.trimmed());
    case MachineColumn::Address:
        return takeAddress(change, row, cell.text.trimmed());
    case MachineColumn::Slot:
        return takeSlot(change, cell.text.trimmed());
    case MachineColumn::Image:
        takeImage(change, cell.text);
        return {};
    case MachineColumn::Profile:
        takeStart(change, cell.text);
        return {};
    default:
        return {};
    }
}

QString EditPlanner::takeName(MachineChange& change, const MachineRow* row, const QString& text) {
    const std::string name = text.toStdString();
    if (!name.empty() && !roster::isHostname(name))
        return sentence({ErrorCode::BadName, "", name});
    wantName(change, row, name, m_model.layout(), m_pins);
    return {};
}

QString EditPlanner::takeAddress(MachineChange& change, const MachineRow* row, const QString& text) {
    const auto address = addressOf(text);
    if (address)
        wantAddress(change, row, *address, m_model.layout(), m_pins);
    return address ? QString() : address.error();
}

QString EditPlanner::takeSlot(MachineChange& change, const QString& text) {
    const auto slot = slotOf(text, m_model.layout());
    if (slot)
        change.slotAfter = *slot;
    return slot ? QString() : slot.error();
}

/// An entry chosen from the menu of another image means nothing in this one's.
void EditPlanner::takeImage(MachineChange& change, const QString& imageId) {
    if (change.after.imageId != imageId.toStdString())
        change.after.menuEntry.clear();
    change.after.imageId = imageId.toStdString();
}

/// A profile, or an entry of the image's own menu, which leaves the profile as it was.
void EditPlanner::takeStart(MachineChange& change, const QString& value) {
    change.after.menuEntry = menuEntryTitle(value).toStdString();
    if (!isMenuEntryValue(value))
        change.after.profile = value.toStdString();
}

// --- one text becomes the texts of several cells ---

Cells patternCells(const MachineModel& model, const Machines& machines, const QString& text) {
    roster::RackLayout pattern = model.layout();
    pattern.namePattern = text.toStdString();
    if (const Result<void> checked = roster::checkNamePattern(pattern.namePattern); !checked)
        return refuse(sentence(checked.error()));
    std::vector<CellEdit> cells;
    for (const MacAddress mac : machines) {
        const MachineRow& row = *model.find(mac);
        if (!row.machine.slot)
            return refuse(Sentence::tr("%1 has no slot, so a pattern gives it no name.").arg(callOf(row)));
        cells.push_back(
            {mac, MachineColumn::Name, QString::fromStdString(pattern.hostnameOf(*row.machine.slot))});
    }
    return cells;
}

/// `text` for the first machine, counted on for the others; `offset` steps before that.
Cells countedCells(const MachineModel& model, const Machines& machines, MachineColumn column,
                   const QString& text, int offset) {
    std::vector<CellEdit> cells;
    for (std::size_t i = 0; i < machines.size(); ++i) {
        const int steps = offset + static_cast<int>(i);
        QString value = text;
        if (column == MachineColumn::Address) {
            const auto first = addressOf(text);
            if (!first)
                return refuse(first.error());
            value = QString::fromStdString(
                Ipv4Address((*first)->value() + static_cast<std::uint32_t>(steps)).toString());
        } else if (column == MachineColumn::Slot) {
            const auto first = slotOf(text, model.layout());
            if (!first)
                return refuse(first.error());
            value = QString::number(**first + steps);
        } else if (steps > 0) {
            value = countedOn(text, steps);
            if (value.isEmpty())
                return refuse(Sentence::tr("%n machines cannot share one name: write a pattern such as "
                                           "%1-{slot:02}, or a name with a number to count on from.",
                                           nullptr, static_cast<int>(machines.size()) + offset)
                                  .arg(printable(text)));
        }
        cells.push_back({machines[i], column, value});
    }
    return cells;
}

bool isUnique(MachineColumn column) {
    return column == MachineColumn::Name || column == MachineColumn::Address || column == MachineColumn::Slot;
}

Cells repeatedCells(const Machines& machines, MachineColumn column, const QString& text) {
    std::vector<CellEdit> cells;
    for (const MacAddress mac : machines)
        cells.push_back({mac, column, text});
    return cells;
}

Cells expanded(const MachineModel& model, const Machines& machines, MachineColumn column,
               const QString& text) {
    const QString value = text.trimmed();
    if (column == MachineColumn::Name && value.contains(QLatin1String("{")))
        return patternCells(model, machines, value);
    return isUnique(column) && !value.isEmpty() ? countedCells(model, machines, column, value, 0)
                                                : repeatedCells(machines, column, text);
}

Plan planned(const MachineModel& model, const std::vector<CellEdit>& cells) {
    return planCells(model, cells).map_error([](const CellRefusal& refusal) { return refusal.reason; });
}

QString choiceOf(const MachineRow& row, MachineColumn column) {
    return column == MachineColumn::Image ? QString::fromStdString(row.machine.assigned.imageId)
                                          : startValueOf(row.machine.assigned);
}

} // namespace

tl::expected<PlannedEdit, CellRefusal>
planCells(const MachineModel& model, const std::vector<CellEdit>& cells, std::vector<MachineChange> added) {
    EditPlanner planner(model, std::move(added));
    for (const bool takesSlots : {true, false}) {
        for (const CellEdit& cell : cells) {
            if ((cell.column == MachineColumn::Slot) != takesSlots)
                continue;
            if (const QString reason = planner.take(cell); !reason.isEmpty())
                return tl::unexpected(CellRefusal{cell.mac, cell.column, reason});
        }
    }
    PlannedEdit plan{std::move(planner).changes()};
    std::erase_if(plan.changes, [](const MachineChange& change) { return change.isEmpty(); });
    if (plan.isEmpty())
        return plan;
    const std::vector<Clash> clashes = findClashes(model.rows(), model.layout(), plan.changes);
    if (!clashes.empty()) {
        const Clash& first = clashes.front();
        return tl::unexpected(CellRefusal{plan.changes[first.change].mac, first.column, first.reason});
    }
    return plan;
}

Plan planEdit(const MachineModel& model, const Machines& machines, MachineColumn column,
              const QString& text) {
    Machines known;
    std::copy_if(machines.begin(), machines.end(), std::back_inserter(known),
                 [&](MacAddress mac) { return model.find(mac) != nullptr; });
    return expanded(model, known, column, text).and_then([&model](const std::vector<CellEdit>& cells) {
        return planned(model, cells);
    });
}

tl::expected<MacAddress, QString> newMacOf(const MachineModel& model, const QString& text) {
    const QString typed = text.trimmed();
    const Result<MacAddress> mac = MacAddress::parse(typed.toStdString());
    if (!mac || !mac->isUsable())
        return refuse(Sentence::tr("“%1” is not the MAC address of a machine.").arg(printable(typed)));
    if (const MachineRow* const row = model.find(*mac))
        return refuse(
            row->hostname.isEmpty()
                ? Sentence::tr("%1 is in the table already.").arg(printable(typed))
                : Sentence::tr("%1 is in the table already: %2.").arg(printable(typed), callOf(*row)));
    return *mac;
}

Plan planMachine(const MachineModel& model, const QString& mac, const QString& slot, const QString& name) {
    return newMacOf(model, mac).and_then([&](MacAddress address) {
        std::vector<CellEdit> cells{{address, MachineColumn::Slot, slot}};
        if (!name.trimmed().isEmpty())
            cells.push_back({address, MachineColumn::Name, name});
        return planCells(model, cells, {MachineChange{address, true, {}, {}, {}, {}}})
            .map_error([](const CellRefusal& refusal) { return refusal.reason; });
    });
}

Plan planFillDown(const MachineModel& model, const std::vector<CellColumn>& columns) {
    std::vector<CellEdit> all;
    for (const CellColumn& column : columns) {
        const MachineRow* const first =
            column.machines.empty() ? nullptr : model.find(column.machines.front());
        if (!first || columnInfo(column.column).editor == CellEditor::None)
            continue;
        const Machines rest(column.machines.begin() + 1, column.machines.end());
        const QString text = columnInfo(column.column).text(*first);
        const bool counts = isUnique(column.column) && !text.isEmpty();
        const Cells cells =
            counts ? countedCells(model, rest, column.column, text, 1)
                   : repeatedCells(rest, column.column,
                                   isUnique(column.column) ? text : choiceOf(*first, column.column));
        if (!cells)
            return refuse(cells.error());
        all.insert(all.end(), cells->begin(), cells->end());
    }
    return planned(model, all);
}

Plan planClear(const MachineModel& model, const std::vector<CellColumn>& columns) {
    std::vector<CellEdit> cells;
    for (const CellColumn& column : columns) {
        const bool isPin =
            columnInfo(column.column).editor != CellEditor::None && column.column != MachineColumn::Slot;
        for (const MacAddress mac : column.machines) {
            if (isPin && model.find(mac))
                cells.push_back({mac, column.column, QString()});
        }
    }
    return planned(model, cells);
}

QString countedOn(const QString& name, int steps) {
    static const QRegularExpression number(QStringLiteral("^([^.]*?)([0-9]{1,9})(\\..*)?$"));
    const QRegularExpressionMatch match = number.match(name);
    if (!match.hasMatch())
        return {};
    const QString digits = match.captured(2);
    const qint64 next = digits.toLongLong() + steps;
    return match.captured(1) +
           QStringLiteral("%1").arg(next, static_cast<int>(digits.size()), 10, QLatin1Char('0')) +
           match.captured(3);
}

} // namespace rackmuster::ui
