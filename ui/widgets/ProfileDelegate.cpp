#include "ui/widgets/ProfileDelegate.h"

#include "ui/models/ProfileModel.h"

#include <QPainter>

namespace rackmuster::ui {

void ProfileDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const {
    const Tokens& t = m_theme.tokens();
    painter->save();
    painter->fillRect(option.rect, option.state & QStyle::State_Selected ? t.selection : t.surface);
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(t.accent());
        painter->drawRect(option.rect.adjusted(1, 1, -2, -2));
    }
    const QRect area = option.rect.adjusted(14, 8, -10, -8);
    QFont strong = option.font;
    strong.setWeight(QFont::DemiBold);
    painter->setFont(strong);
    painter->setPen(t.text);
    const QFontMetrics strongMetrics(strong);
    painter->drawText(area, Qt::AlignLeft | Qt::AlignTop | Qt::TextSingleLine,
                      strongMetrics.elidedText(index.data().toString(), Qt::ElideRight, area.width()));
    painter->setFont(option.font);
    painter->setPen(t.muted);
    painter->drawText(area, Qt::AlignLeft | Qt::AlignBottom | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(index.data(ProfileModel::DescriptionRole).toString(),
                                                    Qt::ElideRight, area.width()));
    painter->restore();
}

QSize ProfileDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {120, option.fontMetrics.height() * 2 + 20};
}

} // namespace rackmuster::ui
