#pragma once

#include "core/engine/EngineEvent.h"

#include <QAbstractTableModel>

#include <array>
#include <deque>
#include <vector>

namespace rackmuster::ui {

/// What happened, newest last. Keeps the last `capacity` events.
class LogModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    struct Column {
        const char* title;
        int width; ///< Pixels at first.
        QString (*text)(const engine::EngineEvent& event);
    };
    static const std::array<Column, 4>& columns();
    static constexpr int capacity = 20000;

    using QAbstractTableModel::QAbstractTableModel;

    void append(const engine::EngineEvent& event);
    [[nodiscard]] const engine::EngineEvent& eventAt(int row) const {
        return m_events.at(static_cast<std::size_t>(row));
    }
    /// The row as one line of text, for copying.
    [[nodiscard]] QString line(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::deque<engine::EngineEvent> m_events;
};

} // namespace rackmuster::ui
