#include "ui/widgets/InterfaceDelegate.h"

#include "ui/models/InterfaceModel.h"
#include "ui/widgets/RowDelegate.h"

#include <QPainter>

namespace rackmuster::ui {

void InterfaceDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
    const Tokens& t = m_theme.tokens();
    const bool isSelected = option.state & QStyle::State_Selected;
    const bool isUsable = index.data(InterfaceModel::UsableRole).toBool();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF card = QRectF(option.rect).adjusted(1, 1, -1, -1);
    painter->setPen(QPen(isSelected ? t.accent() : t.line, isSelected ? 2 : 1));
    painter->setBrush(t.surface);
    painter->drawRoundedRect(card, metrics::cardRadius, metrics::cardRadius);
    if (isSelected && option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(t.accent(), 1, Qt::DotLine));
        painter->drawRoundedRect(card.adjusted(4, 4, -4, -4), metrics::tiny, metrics::tiny);
    }
    const QRect area = option.rect.adjusted(14, 12, -12, -12);
    QFont name = fixedFont(14);
    name.setBold(true);
    painter->setFont(name);
    painter->setPen(isUsable ? t.text : t.muted);
    painter->drawText(area, Qt::AlignLeft | Qt::AlignTop, index.data().toString());
    painter->setFont(fixedFont(12));
    painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                      index.data(InterfaceModel::AddressRole).toString());
    painter->setFont(option.font);
    painter->setPen(t.muted);
    painter->drawText(area, Qt::AlignLeft | Qt::AlignBottom,
                      option.fontMetrics.elidedText(index.data(InterfaceModel::DetailRole).toString(),
                                                    Qt::ElideRight, area.width()));
    painter->restore();
}

QSize InterfaceDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {248, 94};
}

} // namespace rackmuster::ui
