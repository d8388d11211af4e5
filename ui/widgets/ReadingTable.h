#pragma once

#include <QTableView>

namespace rackmuster::ui {

/// A table to read in: whole rows, compact, no grid, and Tab leaves it.
class ReadingTable final : public QTableView {
    Q_OBJECT

public:
    /// `model` outlives it.
    explicit ReadingTable(QAbstractItemModel& model, QWidget* parent = nullptr);
};

} // namespace rackmuster::ui
