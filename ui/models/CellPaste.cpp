#include "ui/models/CellPaste.h"

#include "core/roster/RackLayout.h"
#include "ui/text/PlainText.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace rackmuster::ui {

using engine::MachineRow;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CellPaste)
};

using Failure = tl::unexpected<QString>;

/// What a cell of the Slot column says; 0 when it is no slot.
int slotIn(const QString& text, const roster::RackLayout& layout) {
    return layout.slotFromLabel(text.trimmed().toStdString()).value_or(0);
}

/// Turns the cells of the grid into edits of machines.
class Paste {
public:
    Paste(const MachineModel& model, const ChoicesOf& choices, const PasteTarget& target,
          const CellGrid& grid);

    [[nodiscard]] tl::expected<PastePlan, QString> plan(bool addsMachines);

private:
    [[nodiscard]] tl::expected<void, QString> addMachines();
    [[nodiscard]] tl::expected<void, QString> takeRow(std::size_t row);
    [[nodiscard]] tl::expected<void, QString> takeCell(std::size_t row, std::size_t column);
    [[nodiscard]] tl::expected<QString, QString> choiceIn(MachineColumn column, MacAddress mac,
                                                          const QString& text) const;
    [[nodiscard]] QString place(std::size_t row, MachineColumn column) const;
    [[nodiscard]] QString textAt(std::size_t row, MachineColumn column) const;
    [[nodiscard]] int firstFreeSlot() const;

    const MachineModel& m_model;
    const ChoicesOf& m_choices;
    const PasteTarget& m_target;
    const CellGrid& m_grid;
    std::vector<MacAddress> m_machines; ///< of the rows of the grid
    std::vector<MachineChange> m_added;
    std::vector<CellEdit> m_cells;
    int m_skipped = 0;
};

Paste::Paste(const MachineModel& model, const ChoicesOf& choices, const PasteTarget& target,
             const CellGrid& grid)
    : m_model(model), m_choices(choices), m_target(target), m_grid(grid) {
    const std::size_t rows = std::min(grid.size(), target.machines.size());
    m_machines.assign(target.machines.begin(), target.machines.begin() + static_cast<std::ptrdiff_t>(rows));
}

QString Paste::place(std::size_t row, MachineColumn column) const {
    return Text::tr("Row %1, %2: ").arg(row + 1).arg(columnTitle(column));
}

QString Paste::textAt(std::size_t row, MachineColumn column) const {
    const auto found = std::find(m_target.columns.begin(), m_target.columns.end(), column);
    return m_grid[row].value(found - m_target.columns.begin());
}

/// Behind the last one that is taken, or is about to be.
int Paste::firstFreeSlot() const {
    int slot = 1;
    for (const MachineRow& row : m_model.rows())
        slot = std::max(slot, row.machine.slot.value_or(0) + 1);
    for (std::size_t row = 0; row < m_grid.size(); ++row)
        slot = std::max(slot, slotIn(textAt(row, MachineColumn::Slot), m_model.layout()) + 1);
    return slot;
}

tl::expected<void, QString> Paste::addMachines() {
    int slot = firstFreeSlot();
    std::set<MacAddress> fresh;
    for (std::size_t row = m_machines.size(); row < m_grid.size(); ++row) {
        const QString text = textAt(row, MachineColumn::Mac);
        const tl::expected<MacAddress, QString> mac = newMacOf(m_model, text);
        if (!mac)
            return Failure(place(row, MachineColumn::Mac) + mac.error());
        if (!fresh.insert(*mac).second)
            return Failure(place(row, MachineColumn::Mac) +
                           Text::tr("%1 stands in two rows.").arg(printable(text.trimmed())));
        MachineChange change{*mac, true, {}, {}, {}, {}};
        if (textAt(row, MachineColumn::Slot).trimmed().isEmpty())
            change.slotAfter = slot++;
        if (change.slotAfter > roster::maximumSlot)
            return Failure(place(row, MachineColumn::Slot) +
                           Text::tr("a rack has at most %1 slots.").arg(roster::maximumSlot));
        m_added.push_back(std::move(change));
        m_machines.push_back(*mac);
    }
    return {};
}

tl::expected<QString, QString> Paste::choiceIn(MachineColumn column, MacAddress mac,
                                               const QString& text) const {
    if (text.trimmed().isEmpty())
        return QString();
    const std::vector<Choice> choices = m_choices(column, mac);
    for (const Choice& choice : choices) {
        const bool isMeant = choice.text.compare(text.trimmed(), Qt::CaseInsensitive) == 0 ||
                             (!choice.value.isEmpty() && choice.value == text.trimmed());
        if (isMeant)
            return choice.value;
    }
    return Failure(column == MachineColumn::Image
                       ? Text::tr("no image is called “%1”.").arg(printable(text))
                       : Text::tr("no profile or menu entry is called “%1”.").arg(printable(text)));
}

tl::expected<void, QString> Paste::takeCell(std::size_t row, std::size_t column) {
    const MachineColumn id = m_target.columns[column];
    const MacAddress mac = m_machines[row];
    const QString& text = m_grid[row][static_cast<qsizetype>(column)];
    const int index = m_model.indexOf(mac);
    const bool isNew = index < 0;
    const QString shown = isNew ? QString() : m_model.index(index, static_cast<int>(id)).data().toString();
    const CellEditor editor = columnInfo(id).editor;
    if (editor == CellEditor::None) {
        m_skipped += !isNew && text.trimmed() != shown ? 1 : 0;
        return {};
    }
    if (editor == CellEditor::Line) {
        const bool isLeft = isNew && text.trimmed().isEmpty();
        if (!isLeft)
            m_cells.push_back({mac, id, text});
        return {};
    }
    if (text.trimmed() == shown.trimmed())
        return {}; // it may be the default, which is not to be chosen by name
    const auto choice = choiceIn(id, mac, text);
    if (!choice)
        return Failure(place(row, id) + choice.error());
    m_cells.push_back({mac, id, *choice});
    return {};
}

tl::expected<void, QString> Paste::takeRow(std::size_t row) {
    const auto width = static_cast<std::size_t>(m_grid[row].size());
    for (std::size_t column = 0; column < width; ++column) {
        if (column >= m_target.columns.size()) {
            m_skipped += static_cast<int>(width - column);
            break;
        }
        if (auto taken = takeCell(row, column); !taken)
            return taken;
    }
    return {};
}

tl::expected<PastePlan, QString> Paste::plan(bool addsMachines) {
    if (addsMachines) {
        if (const auto added = addMachines(); !added)
            return Failure(added.error());
    }
    for (std::size_t row = 0; row < m_machines.size(); ++row) {
        if (const auto taken = takeRow(row); !taken)
            return Failure(taken.error());
    }
    auto edit = planCells(m_model, m_cells, std::move(m_added));
    if (!edit) {
        const auto row = std::find(m_machines.begin(), m_machines.end(), edit.error().mac);
        return Failure(place(static_cast<std::size_t>(row - m_machines.begin()), edit.error().column) +
                       edit.error().reason);
    }
    return PastePlan{std::move(*edit), m_skipped};
}

/// Nothing, or what the slot says of itself.
bool saysNoMore(const QString& text, MachineColumn column, int slot, const roster::RackLayout& layout) {
    const QString said = text.trimmed();
    const std::optional<Ipv4Address> address = layout.addressOf(slot);
    switch (column) {
    case MachineColumn::Slot:
        return true;
    case MachineColumn::Name:
        return said.isEmpty() || said.toStdString() == layout.hostnameOf(slot);
    case MachineColumn::Address:
        return said.isEmpty() || (address && said.toStdString() == address->toString());
    default:
        return said.isEmpty();
    }
}

} // namespace

int extraRows(const CellGrid& grid, const PasteTarget& target) {
    return std::max(0, static_cast<int>(grid.size()) - static_cast<int>(target.machines.size()));
}

bool bringsMachines(const CellGrid& grid, const PasteTarget& target) {
    const auto found = std::find(target.columns.begin(), target.columns.end(), MachineColumn::Mac);
    return found != target.columns.end() && !grid.empty() &&
           found - target.columns.begin() < grid.back().size();
}

std::optional<int> slotsBrought(const MachineModel& model, const CellGrid& grid, const PasteTarget& target) {
    const auto found = std::find(target.columns.begin(), target.columns.end(), MachineColumn::Slot);
    int highest = 0;
    for (std::size_t row = target.machines.size(); row < grid.size() && found != target.columns.end();
         ++row) {
        const int slot = slotIn(grid[row].value(found - target.columns.begin()), model.layout());
        const auto width = static_cast<std::size_t>(grid[row].size());
        bool isSlotAlone = slot > 0 && width <= target.columns.size();
        for (std::size_t i = 0; isSlotAlone && i < width; ++i)
            isSlotAlone =
                saysNoMore(grid[row][static_cast<qsizetype>(i)], target.columns[i], slot, model.layout());
        if (!isSlotAlone)
            return std::nullopt;
        highest = std::max(highest, slot);
    }
    return highest > model.layout().lastSlot() ? std::optional(highest) : std::nullopt;
}

void dropEmptyRows(CellGrid& grid, std::size_t atLeast) {
    const auto isEmpty = [](const QStringList& row) {
        return std::all_of(row.begin(), row.end(),
                           [](const QString& cell) { return cell.trimmed().isEmpty(); });
    };
    while (grid.size() > atLeast && isEmpty(grid.back()))
        grid.pop_back();
}

tl::expected<PastePlan, QString> planPaste(const MachineModel& model, const ChoicesOf& choices,
                                           const PasteTarget& target, const CellGrid& grid,
                                           bool addsMachines) {
    return Paste(model, choices, target, grid).plan(addsMachines);
}

} // namespace rackmuster::ui
