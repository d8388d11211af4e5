#include "ui/widgets/RowDelegate.h"

#include <QAbstractItemView>
#include <QFontDatabase>
#include <QPainter>

namespace rackmuster::ui {

QFont fixedFont(int pixelSize) {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPixelSize(pixelSize);
    return font;
}

namespace {

/// Where single cells are selected, the row of the current one is tinted: the drawer shows its machine.
QColor groundOf(const QStyleOptionViewItem& option, const QModelIndex& index, const Tokens& tokens) {
    if (option.state & QStyle::State_Selected)
        return tokens.selection;
    const auto* const view = qobject_cast<const QAbstractItemView*>(option.widget);
    const bool isCurrentRow = view && view->selectionBehavior() == QAbstractItemView::SelectItems &&
                              view->currentIndex().row() == index.row();
    return isCurrentRow ? tokens.background : tokens.surface;
}

} // namespace

RowDelegate::RowDelegate(const Theme& theme, CellStyle style, QObject* parent)
    : QStyledItemDelegate(parent), m_theme(theme), m_style(style) {}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    const Tokens& t = tokens();
    painter->fillRect(option.rect, groundOf(option, index, t));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), t.line);
    painter->save();
    paintContent(*painter, option, index);
    painter->restore();
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(t.accent(), 1));
        painter->drawRect(option.rect.adjusted(1, 1, -2, -3));
    }
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const QFontMetrics fontMetrics(styled(option.font));
    return {fontMetrics.horizontalAdvance(index.data().toString()) + 24, metrics::rowHeight};
}

void RowDelegate::paintContent(QPainter& painter, const QStyleOptionViewItem& option,
                               const QModelIndex& index) const {
    paintText(painter, contentRect(option.rect), index.data().toString(), option.font);
}

void RowDelegate::paintText(QPainter& painter, const QRect& area, const QString& text,
                            const QFont& base) const {
    QFont font = styled(base);
    painter.setFont(font);
    painter.setPen(m_style == CellStyle::Muted ? tokens().muted : tokens().text);
    const QFontMetrics fontMetrics(font);
    const bool hasTail = m_style == CellStyle::FixedTail && text.size() > 2 &&
                         fontMetrics.horizontalAdvance(text) <= area.width();
    const QString head =
        hasTail ? text.chopped(2) : fontMetrics.elidedText(text, Qt::ElideMiddle, area.width());
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, head);
    if (hasTail) {
        font.setBold(true);
        painter.setFont(font);
        painter.drawText(area.adjusted(fontMetrics.horizontalAdvance(head), 0, 0, 0),
                         Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text.last(2));
    }
}

QFont RowDelegate::styled(QFont base) const {
    if (m_style == CellStyle::Fixed || m_style == CellStyle::FixedTail)
        return fixedFont();
    if (m_style == CellStyle::Strong)
        base.setWeight(QFont::DemiBold);
    return base;
}

} // namespace rackmuster::ui
