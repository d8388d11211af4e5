#include "ui/rack/RackTray.h"

#include "ui/models/SlotMove.h"
#include "ui/rack/MachineDrag.h"
#include "ui/rack/SlotPainter.h"
#include "ui/widgets/PlaceActs.h"

#include <QContextMenuEvent>
#include <QDropEvent>
#include <QPainter>
#include <QStyledItemDelegate>

#include <utility>

namespace rackmuster::ui {

namespace {

class TrayDelegate final : public QStyledItemDelegate {
public:
    TrayDelegate(const UnplacedModel& unplaced, const MachineModel& machines, const Theme& theme,
                 QObject* parent)
        : QStyledItemDelegate(parent), m_unplaced(unplaced), m_machines(machines), m_theme(theme) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        const SlotPainter slot(*painter, option.font, m_theme.tokens(), m_machines, SlotSize::Large);
        const QRectF box = QRectF(option.rect).adjusted(2, 2, -2, -2);
        slot.paintMachine(box, m_unplaced.row(index));
        if (option.state.testFlag(QStyle::State_Selected))
            slot.paintFrame(box, m_theme.tokens().accent());
    }
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
        return {0, metrics::compactRowHeight};
    }

private:
    const UnplacedModel& m_unplaced;
    const MachineModel& m_machines;
    const Theme& m_theme;
};

} // namespace

UnplacedModel::UnplacedModel(MachineModel& machines, QObject* parent)
    : QSortFilterProxyModel(parent), m_machines(machines) {
    setSourceModel(&machines);
}

const engine::MachineRow& UnplacedModel::row(const QModelIndex& index) const {
    return m_machines.row(mapToSource(index).row());
}

bool UnplacedModel::filterAcceptsRow(int sourceRow, const QModelIndex&) const {
    const roster::Machine& machine = m_machines.row(sourceRow).machine;
    return !machine.slot && !machine.owner;
}

Qt::ItemFlags UnplacedModel::flags(const QModelIndex& index) const {
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled
                           : Qt::NoItemFlags;
}

QMimeData* UnplacedModel::mimeData(const QModelIndexList& indexes) const {
    return indexes.isEmpty() ? nullptr : machineMime(row(indexes.front()).machine.mac);
}

RackTray::RackTray(MachineModel& machines, PlaceActs& acts, const Theme& theme, QWidget* parent)
    : QListView(parent), m_machines(machines), m_acts(acts), m_theme(theme),
      m_unplaced(new UnplacedModel(machines, this)) {
    setObjectName(QStringLiteral("rackTray"));
    setAccessibleName(tr("Machines without a slot"));
    setModel(m_unplaced);
    setModelColumn(static_cast<int>(MachineColumn::Mac)); // what a screen reader says
    setItemDelegate(new TrayDelegate(*m_unplaced, machines, theme, this));
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setDragDropMode(QAbstractItemView::DragDrop);
    setMinimumHeight(3 * metrics::compactRowHeight);
    connect(&theme, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
    connect(&machines, &MachineModel::changed, this, &RackTray::countChanged);
    connect(this, &QAbstractItemView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT machineChosen(m_unplaced->row(index).machine.mac); });
}

void RackTray::paintEvent(QPaintEvent* event) {
    QListView::paintEvent(event);
    QPainter painter(viewport());
    const Tokens& t = m_theme.tokens();
    const QRectF inside = QRectF(viewport()->rect()).adjusted(1, 1, -1, -1);
    painter.setRenderHint(QPainter::Antialiasing);
    if (count() == 0) {
        painter.setPen(t.muted);
        painter.drawText(inside.adjusted(metrics::small, metrics::small, -metrics::small, -metrics::small),
                         Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                         tr("Drag a machine here to take it out of its slot."));
    }
    if (m_isTargeted || count() == 0) {
        painter.setPen(QPen(m_isTargeted ? t.accent() : t.line, m_isTargeted ? 1.6 : 1.0, Qt::DashLine));
        painter.drawRoundedRect(inside, metrics::radius, metrics::radius);
    }
}

void RackTray::contextMenuEvent(QContextMenuEvent* event) {
    const bool isByKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = isByKey ? currentIndex() : indexAt(event->pos());
    if (index.isValid())
        Q_EMIT menuRequested(m_unplaced->row(index).machine.mac,
                             isByKey ? viewport()->mapToGlobal(visualRect(index).center())
                                     : event->globalPos());
}

bool RackTray::takes(const QMimeData& dragged) const {
    const std::optional<MacAddress> machine = draggedMachine(dragged);
    if (!machine)
        return false;
    const auto plan = planMove(m_machines, *machine, std::nullopt);
    return plan && !plan->there.empty();
}

void RackTray::setTargeted(bool isTargeted) {
    if (std::exchange(m_isTargeted, isTargeted) != isTargeted)
        viewport()->update();
}

void RackTray::dragEnterEvent(QDragEnterEvent* event) {
    const bool isTaken = takes(*event->mimeData());
    setTargeted(isTaken);
    event->setAccepted(isTaken);
}

/// Wherever it is over the list: what was said when it came in holds.
void RackTray::dragMoveEvent(QDragMoveEvent* event) {
    event->setAccepted(m_isTargeted);
}

void RackTray::dragLeaveEvent(QDragLeaveEvent*) {
    setTargeted(false);
}

void RackTray::dropEvent(QDropEvent* event) {
    setTargeted(false);
    const std::optional<MacAddress> machine = draggedMachine(*event->mimeData());
    event->setAccepted(machine && m_acts.move(*machine, std::nullopt));
}

} // namespace rackmuster::ui
