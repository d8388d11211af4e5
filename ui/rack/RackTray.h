#pragma once

#include "ui/Theme.h"
#include "ui/models/MachineModel.h"

#include <QListView>
#include <QSortFilterProxyModel>

#include <optional>

namespace rackmuster::ui {

class PlaceActs;

/// The machines that have no slot, without those that are NICs of others.
class UnplacedModel final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    /// `machines` outlives this.
    explicit UnplacedModel(MachineModel& machines, QObject* parent = nullptr);

    [[nodiscard]] const engine::MachineRow& row(const QModelIndex& index) const;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;
    [[nodiscard]] Qt::DropActions supportedDragActions() const override { return Qt::MoveAction; }

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex& sourceParent) const override;

private:
    MachineModel& m_machines;
};

/// Machines without a slot, beside the rack: they are dragged into it, and out of it.
class RackTray final : public QListView {
    Q_OBJECT

public:
    /// All of them outlive it.
    RackTray(MachineModel& machines, PlaceActs& acts, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] int count() const { return m_unplaced->rowCount(); }

Q_SIGNALS:
    void countChanged();
    void machineChosen(const rackmuster::MacAddress& machine);
    void menuRequested(const rackmuster::MacAddress& machine, const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    /// A machine that may leave its slot for here.
    [[nodiscard]] bool takes(const QMimeData& dragged) const;
    void setTargeted(bool isTargeted);

    MachineModel& m_machines;
    PlaceActs& m_acts;
    const Theme& m_theme;
    UnplacedModel* m_unplaced;
    bool m_isTargeted = false;
};

} // namespace rackmuster::ui
