#pragma once

#include "ui/models/PlanPreview.h"

#include <QAbstractTableModel>

#include <optional>

namespace rackmuster::ui {

/// The lines of a plan and what would happen to them.
class PreviewModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column : std::uint8_t { Line, Fate, Machine, Change, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setPreview(PlanPreview preview);
    [[nodiscard]] const PlanPreview& preview() const { return m_preview; }
    /// Nothing: all of them.
    void showOnly(std::optional<PlanFate> fate);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void select();

    PlanPreview m_preview;
    std::optional<PlanFate> m_fate;
    std::vector<std::size_t> m_shown; ///< indexes of m_preview.lines
};

} // namespace rackmuster::ui
