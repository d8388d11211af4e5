#pragma once

#include "core/engine/WireInfo.h"

#include <QAbstractTableModel>

#include <array>
#include <vector>

namespace rackmuster::ui {

/// Who else is on the wire, in the order in which they were first heard: rows keep their places while what
/// they say changes.
class NeighbourModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    struct Column {
        const char* title;
        int width; ///< Pixels at first.
        QString (*text)(const engine::NeighbourInfo& info);
    };
    static const std::array<Column, 7>& columns();

    using QAbstractTableModel::QAbstractTableModel;

    void setNeighbours(const std::vector<engine::NeighbourInfo>& neighbours);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void removeMissing(const std::vector<engine::NeighbourInfo>& neighbours);

    std::vector<engine::NeighbourInfo> m_neighbours;
};

} // namespace rackmuster::ui
