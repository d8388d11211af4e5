#include "ui/models/NeighbourModel.h"

#include "ui/text/PlainText.h"
#include "ui/text/Quantities.h"
#include "ui/text/WireWords.h"

#include <QCoreApplication>

#include <algorithm>

namespace rackmuster::ui {

using engine::NeighbourInfo;

namespace {

QString nameText(const NeighbourInfo& info) {
    return printable(info.neighbour.name.empty() ? info.neighbour.description : info.neighbour.name);
}

QString kindText(const NeighbourInfo& info) {
    return neighbourKindText(info.neighbour);
}

QString vendorText(const NeighbourInfo& info) {
    return printable(info.vendor);
}

QString addressText(const NeighbourInfo& info) {
    return info.neighbour.address ? QString::fromStdString(info.neighbour.address->toString()) : QString();
}

QString macText(const NeighbourInfo& info) {
    return QString::fromStdString(info.neighbour.mac.toString());
}

QString tagText(const NeighbourInfo& info) {
    return vlanText(info.neighbour.vlan);
}

QString heardText(const NeighbourInfo& info) {
    return clockText(info.neighbour.lastHeard);
}

constexpr std::array<NeighbourModel::Column, 7> neighbourColumns{{
    {QT_TRANSLATE_NOOP("Columns", "Name"), 200, nameText},
    {QT_TRANSLATE_NOOP("Columns", "Kind"), 150, kindText},
    {QT_TRANSLATE_NOOP("Columns", "Vendor"), 150, vendorText},
    {QT_TRANSLATE_NOOP("Columns", "Address"), 130, addressText},
    {QT_TRANSLATE_NOOP("Columns", "MAC"), 150, macText},
    {QT_TRANSLATE_NOOP("Columns", "VLAN"), 80, tagText},
    {QT_TRANSLATE_NOOP("Columns", "Last heard"), 100, heardText},
}};

/// Name, what it says of itself, since when and how often it was heard.
QString toolTip(const NeighbourInfo& info) {
    const boot::Neighbour& neighbour = info.neighbour;
    const QString heard = QCoreApplication::translate("Wire", "Heard %1 times since %2.")
                              .arg(neighbour.count)
                              .arg(clockText(neighbour.firstHeard));
    QStringList lines{printable(neighbour.name), printable(neighbour.description), heard};
    lines.removeAll(QString());
    return lines.join(QLatin1Char('\n')).toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>"));
}

} // namespace

const std::array<NeighbourModel::Column, 7>& NeighbourModel::columns() {
    return neighbourColumns;
}

void NeighbourModel::removeMissing(const std::vector<NeighbourInfo>& neighbours) {
    for (int row = rowCount() - 1; row >= 0; --row) {
        const MacAddress mac = m_neighbours[static_cast<std::size_t>(row)].neighbour.mac;
        const bool isThere = std::any_of(neighbours.begin(), neighbours.end(),
                                         [mac](const auto& each) { return each.neighbour.mac == mac; });
        if (isThere)
            continue;
        beginRemoveRows({}, row, row);
        m_neighbours.erase(m_neighbours.begin() + row);
        endRemoveRows();
    }
}

/// The list only loses entries and gains them at its end, so what is left of the old one is its beginning;
/// only when somebody left and came back it is filled anew.
void NeighbourModel::setNeighbours(const std::vector<NeighbourInfo>& neighbours) {
    removeMissing(neighbours);
    const std::size_t kept = m_neighbours.size();
    const bool isBeginning = std::equal(
        m_neighbours.begin(), m_neighbours.end(), neighbours.begin(), neighbours.begin() + rowCount(),
        [](const auto& left, const auto& right) { return left.neighbour.mac == right.neighbour.mac; });
    if (!isBeginning) {
        beginResetModel();
        m_neighbours = neighbours;
        endResetModel();
        return;
    }
    std::copy_n(neighbours.begin(), kept, m_neighbours.begin());
    if (kept > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    if (kept == neighbours.size())
        return;
    beginInsertRows({}, static_cast<int>(kept), static_cast<int>(neighbours.size()) - 1);
    m_neighbours = neighbours;
    endInsertRows();
}

int NeighbourModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_neighbours.size());
}

int NeighbourModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(neighbourColumns.size());
}

QVariant NeighbourModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const NeighbourInfo& info = m_neighbours[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole)
        return neighbourColumns.at(static_cast<std::size_t>(index.column())).text(info);
    if (role == Qt::ToolTipRole)
        return toolTip(info);
    return {};
}

QVariant NeighbourModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole)
        return QCoreApplication::translate("Columns",
                                           neighbourColumns.at(static_cast<std::size_t>(section)).title);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

} // namespace rackmuster::ui
