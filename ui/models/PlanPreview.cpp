#include "ui/models/PlanPreview.h"

#include "core/exchange/KnownMachines.h"
#include "ui/text/PlainText.h"
#include "ui/text/Sentences.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <array>
#include <utility>

namespace rackmuster::ui {

using engine::MachineRow;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(PlanPreview)
};

constexpr qint64 largestPlan = qint64{64} << 20U; ///< bytes; 100,000 long lines have some 20 MB

QString reasonText(const exchange::PlanProblem& problem) {
    const QString reason = QCoreApplication::translate("Plan", problem.reason);
    return printable(fillSentence(reason.toStdString(), problem.first, problem.second));
}

/// What a plan says of a machine.
constexpr std::size_t factCount = 11;
using Facts = std::array<QString, factCount>;

class Previewer {
public:
    explicit Previewer(const PlanBase& base);

    [[nodiscard]] PlanPreview preview(const exchange::PlanFile& file);

private:
    [[nodiscard]] static Facts titles();
    void take(const exchange::PlanLine& line);
    [[nodiscard]] MachineChange changeOf(const exchange::PlanLine& line, MacAddress mac) const;
    void refuse(std::size_t line, const QString& machine, const QString& reason);
    void tell(MachineChange&& change, std::size_t line);
    [[nodiscard]] QString slotLabel(int slot) const;
    /// In the order of their titles.
    [[nodiscard]] Facts factsOf(const roster::Assignment& assigned, const QString& name,
                                std::optional<Ipv4Address> address, std::optional<int> slot) const;
    [[nodiscard]] QString textOf(const MachineChange& change) const;
    [[nodiscard]] const MachineRow* find(MacAddress mac) const;
    [[nodiscard]] QString imageIdOf(const QString& idOrName) const;

    const PlanBase& m_base;
    const Facts m_titles = titles();
    Pins m_pins;
    exchange::KnownMachines m_known;
    std::unordered_map<MacAddress, const MachineRow*> m_rows;
    std::unordered_map<MacAddress, std::size_t> m_lines; ///< machine -> its line
    std::vector<MachineChange> m_changes;
    std::vector<std::size_t> m_numbers; ///< line of each change
    PlanPreview m_preview;
};

Previewer::Previewer(const PlanBase& base) : m_base(base), m_pins(base.rows) {
    for (const MachineRow& row : base.rows) {
        m_rows.emplace(row.machine.mac, &row);
        m_known.add(row.machine.mac, row.hostname.toStdString(), row.address);
    }
}

Facts Previewer::titles() {
    return {columnTitle(MachineColumn::Slot),
            columnTitle(MachineColumn::Name),
            columnTitle(MachineColumn::Address),
            columnTitle(MachineColumn::Image),
            columnTitle(MachineColumn::Profile),
            Text::tr("Note"),
            Text::tr("Kernel arguments"),
            Text::tr("Boot file"),
            Text::tr("Menu entry"),
            Text::tr("DHCP options"),
            Text::tr("Other columns")};
}

const MachineRow* Previewer::find(MacAddress mac) const {
    const auto found = m_rows.find(mac);
    return found == m_rows.end() ? nullptr : found->second;
}

/// People write an image's name; what is in no library stays as it is written.
QString Previewer::imageIdOf(const QString& idOrName) const {
    return m_base.imageNames.contains(idOrName) ? idOrName : m_base.imageNames.key(idOrName, idOrName);
}

MachineChange Previewer::changeOf(const exchange::PlanLine& line, MacAddress mac) const {
    const MachineRow* const row = find(mac);
    MachineChange change = row ? unchanged(*row) : MachineChange{mac, true, {}, {}, {}, {}};
    if (line.slot)
        change.slotAfter = line.slot;
    change.after = exchange::merged(line, change.before);
    change.after.imageId = imageIdOf(QString::fromStdString(change.after.imageId)).toStdString();
    change.after.hostname = change.before.hostname;
    change.after.address = change.before.address;
    if ((line.fields & exchange::HostnameField) != 0)
        wantName(change, row, line.assigned.hostname, m_base.layout, m_pins);
    if ((line.fields & exchange::AddressField) != 0)
        wantAddress(change, row, line.assigned.address, m_base.layout, m_pins);
    return change;
}

void Previewer::refuse(std::size_t line, const QString& machine, const QString& reason) {
    m_preview.lines.push_back({line, PlanFate::Refused, machine, reason});
}

void Previewer::take(const exchange::PlanLine& line) {
    const std::optional<MacAddress> mac = m_known.meantBy(line);
    if (!mac) {
        refuse(line.line, {}, reasonText(exchange::KnownMachines::nobody(line)));
        return;
    }
    const auto [known, isFirst] = m_lines.emplace(*mac, line.line);
    if (!isFirst) {
        refuse(line.line, QString::fromStdString(mac->toString()),
               Text::tr("line %1 is about the same machine").arg(known->second));
        return;
    }
    m_changes.push_back(changeOf(line, *mac));
    m_numbers.push_back(line.line);
}

QString columnsText(const std::map<std::string, std::string>& columns) {
    QStringList texts;
    for (const auto& [heading, value] : columns)
        texts << QStringLiteral("%1: %2").arg(printable(heading), printable(value));
    return texts.join(QStringLiteral(" · "));
}

QString Previewer::slotLabel(int slot) const {
    return printable(m_base.layout.slotLabel(slot));
}

Facts Previewer::factsOf(const roster::Assignment& assigned, const QString& name,
                         std::optional<Ipv4Address> address, std::optional<int> slot) const {
    const QString image = QString::fromStdString(assigned.imageId);
    return {slot ? slotLabel(*slot) : QString(),
            printable(name),
            address ? QString::fromStdString(address->toString()) : QString(),
            printable(m_base.imageNames.value(image, image)),
            printable(assigned.profile),
            printable(assigned.note),
            printable(assigned.kernelArguments),
            printable(assigned.bootFile),
            printable(assigned.menuEntry),
            printable(assigned.dhcpOptions),
            columnsText(assigned.otherColumns)};
}

QString Previewer::textOf(const MachineChange& change) const {
    const MachineRow* const row = find(change.mac);
    const std::optional<int> slot = change.slotAfter;
    QString name = QString::fromStdString(change.after.hostname);
    if (name.isEmpty() && slot)
        name = QString::fromStdString(m_base.layout.hostnameOf(*slot));
    std::optional<Ipv4Address> address = change.after.address;
    if (!address && slot)
        address = m_base.layout.addressOf(*slot);
    if (!address && row)
        address = row->machine.leased;
    const Facts after = factsOf(change.after, name, address, slot);
    const Facts before =
        row ? factsOf(change.before, row->hostname, row->address, change.slotBefore) : Facts();
    const auto shown = [](const QString& text) {
        return text.isEmpty() ? QStringLiteral("–") : text;
    };
    QStringList parts;
    for (std::size_t i = 0; i < factCount; ++i) {
        if (before[i] == after[i])
            continue;
        parts << (row ? QStringLiteral("%1 %2 → %3").arg(m_titles[i], shown(before[i]), shown(after[i]))
                      : m_titles[i] + QLatin1Char(' ') + after[i]);
    }
    return parts.join(QStringLiteral(" · "));
}

void Previewer::tell(MachineChange&& change, std::size_t line) {
    const PlanFate fate = change.isNew       ? PlanFate::New
                          : change.isEmpty() ? PlanFate::Unchanged
                                             : PlanFate::Changed;
    m_preview.lines.push_back({line, fate, QString::fromStdString(change.mac.toString()),
                               fate == PlanFate::Unchanged ? QString() : textOf(change)});
    if (fate != PlanFate::Unchanged)
        m_preview.edit.changes.push_back(std::move(change));
}

QString headings(const std::vector<std::string>& columns) {
    constexpr std::size_t most = 8;
    QStringList names;
    for (std::size_t i = 0; i < std::min(columns.size(), most); ++i)
        names << printable(QString::fromStdString(columns[i]));
    if (columns.size() > most)
        names << QStringLiteral("…");
    return names.join(QStringLiteral(", "));
}

PlanPreview Previewer::preview(const exchange::PlanFile& file) {
    m_preview.otherColumns = headings(file.otherColumns);
    m_changes.reserve(file.machines.size());
    m_numbers.reserve(file.machines.size());
    m_preview.lines.reserve(file.machines.size() + file.problems.size());
    for (const exchange::PlanProblem& problem : file.problems)
        refuse(problem.line, {}, reasonText(problem));
    for (const exchange::PlanLine& line : file.machines)
        take(line);
    m_preview.edit.changes.reserve(m_changes.size());
    std::vector<bool> isRefused(m_changes.size());
    for (const Clash& clash : findClashes(m_base.rows, m_base.layout, m_changes)) {
        isRefused[clash.change] = true;
        refuse(m_numbers[clash.change], QString::fromStdString(m_changes[clash.change].mac.toString()),
               clash.reason);
    }
    for (std::size_t i = 0; i < m_changes.size(); ++i) {
        if (!isRefused[i])
            tell(std::move(m_changes[i]), m_numbers[i]);
    }
    std::stable_sort(
        m_preview.lines.begin(), m_preview.lines.end(),
        [](const PreviewLine& left, const PreviewLine& right) { return left.line < right.line; });
    for (const PreviewLine& line : m_preview.lines)
        ++m_preview.counts.at(static_cast<std::size_t>(line.fate));
    return std::move(m_preview);
}

} // namespace

QString fateWord(PlanFate fate) {
    switch (fate) {
    case PlanFate::New:
        return Text::tr("New");
    case PlanFate::Changed:
        return Text::tr("Changed");
    case PlanFate::Unchanged:
        return Text::tr("Unchanged");
    case PlanFate::Refused:
        return Text::tr("Refused");
    }
    return {};
}

PlanPreview previewPlan(const exchange::PlanFile& file, const PlanBase& base) {
    return Previewer(base).preview(file);
}

tl::expected<PlanPreview, QString> previewFile(const QString& path, const PlanBase& base) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return tl::unexpected(
            sentence({ErrorCode::NoSuchFile, path.toStdString(), file.errorString().toStdString()}));
    if (file.size() > largestPlan)
        return tl::unexpected(Text::tr("%1 is too large for a plan.").arg(printable(path)));
    return previewPlan(exchange::readPlan(file.readAll().toStdString()), base);
}

} // namespace rackmuster::ui
