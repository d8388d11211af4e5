#pragma once

#include "core/engine/Snapshot.h"
#include "ui/models/NeighbourModel.h"

#include <QFrame>

class QLabel;
class QTableView;

namespace rackmuster::ui {

class Theme;

/// "Also on this wire": a grey list of who is no machine of the rack, or why it is empty.
class NeighbourTable final : public QFrame {
    Q_OBJECT

public:
    explicit NeighbourTable(const Theme& theme, QWidget* parent = nullptr);

    void setWire(const engine::WireInfo& wire, const engine::ServicesInfo& services);

private:
    [[nodiscard]] QTableView* makeTable(const Theme& theme);
    /// As high as its rows, up to `mostRows`; more scroll.
    void fit();

    NeighbourModel m_model;
    QTableView* m_table;
    QLabel* m_empty;
};

} // namespace rackmuster::ui
