#include "ui/models/PreviewModel.h"

#include "ui/text/PlainText.h"

namespace rackmuster::ui {

void PreviewModel::setPreview(PlanPreview preview) {
    beginResetModel();
    m_preview = std::move(preview);
    select();
    endResetModel();
}

void PreviewModel::showOnly(std::optional<PlanFate> fate) {
    beginResetModel();
    m_fate = fate;
    select();
    endResetModel();
}

void PreviewModel::select() {
    m_shown.clear();
    for (std::size_t i = 0; i < m_preview.lines.size(); ++i) {
        if (!m_fate || m_preview.lines[i].fate == *m_fate)
            m_shown.push_back(i);
    }
}

int PreviewModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int PreviewModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PreviewModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PreviewLine& line = m_preview.lines[m_shown[static_cast<std::size_t>(index.row())]];
    if (role == Qt::ToolTipRole && index.column() == Change)
        return toolTipText(line.text);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Line:
        return QString::number(line.line);
    case Fate:
        return fateWord(line.fate);
    case Machine:
        return line.machine;
    default:
        return line.text;
    }
}

QVariant PreviewModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Line:
        return tr("Line");
    case Fate:
        return tr("What happens");
    case Machine:
        return tr("Machine");
    default:
        return tr("Details");
    }
}

} // namespace rackmuster::ui
