#include "ui/widgets/StateDelegate.h"

#include "ui/models/MachineModel.h"
#include "ui/widgets/StatePill.h"

namespace rackmuster::ui {

void StateDelegate::paintContent(QPainter& painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    const auto state = static_cast<roster::MachineState>(index.data(MachineModel::StateRole).toInt());
    const PillContent pill = pillOf(state, index.data(MachineModel::PercentRole).toInt());
    paintPill(painter, contentRect(option.rect), pill, tokens(), option.font);
}

} // namespace rackmuster::ui
