#include "ui/widgets/ProgressDelegate.h"

#include "ui/models/MachineModel.h"
#include "ui/text/Words.h"

#include <QMouseEvent>
#include <QPainter>

namespace rackmuster::ui {

namespace {

QFont buttonFont(QFont font) {
    font.setPixelSize(12);
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

QRect ProgressDelegate::buttonRect(const QRect& cell, const QFont& font) {
    const int width = QFontMetrics(buttonFont(font)).horizontalAdvance(tr("Approve")) + 24;
    const int height = 23;
    return {cell.left() + 10, cell.top() + (cell.height() - 1 - height) / 2, width, height};
}

bool ProgressDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                                   const QStyleOptionViewItem& option, const QModelIndex& index) {
    const bool isPress = event->type() == QEvent::MouseButtonPress;
    const bool isRelease = event->type() == QEvent::MouseButtonRelease;
    if ((isPress || isRelease) && index.data(MachineModel::ApprovableRole).toBool()) {
        const auto* const mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() == Qt::LeftButton &&
            buttonRect(option.rect, option.font).contains(mouse->pos())) {
            if (isRelease)
                Q_EMIT approveClicked(index);
            return true;
        }
    }
    return RowDelegate::editorEvent(event, model, option, index);
}

void ProgressDelegate::paintContent(QPainter& painter, const QStyleOptionViewItem& option,
                                    const QModelIndex& index) const {
    const auto state = static_cast<roster::MachineState>(index.data(MachineModel::StateRole).toInt());
    if (index.data(MachineModel::ApprovableRole).toBool()) {
        paintButton(painter, option);
        return;
    }
    if (state == roster::MachineState::Reserved || state == roster::MachineState::Next ||
        state == roster::MachineState::Refused)
        return;
    const ToneName tone = state == roster::MachineState::CameBack ? ToneName::Ok : stateTone(state);
    paintBar(painter, contentRect(option.rect), index.data(MachineModel::PercentRole).toInt(), tone,
             option.font);
}

void ProgressDelegate::paintButton(QPainter& painter, const QStyleOptionViewItem& option) const {
    const QRect button = buttonRect(option.rect, option.font);
    const bool isHovered = option.state & QStyle::State_MouseOver;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(isHovered ? tokens().accent() : tokens().line);
    painter.setBrush(tokens().surface);
    painter.drawRoundedRect(QRectF(button).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
    painter.setFont(buttonFont(option.font));
    painter.setPen(tokens().accent());
    painter.drawText(button, Qt::AlignCenter, tr("Approve"));
}

void ProgressDelegate::paintBar(QPainter& painter, const QRect& area, int percent, ToneName tone,
                                const QFont& font) const {
    const QString text = tr("%1 %").arg(percent);
    const int textWidth = QFontMetrics(font).horizontalAdvance(tr("%1 %").arg(100));
    const int barWidth = qBound(24, area.width() - textWidth - metrics::small, 160);
    const QRectF bar(area.left(), area.center().y() - 2, barWidth, 6);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().tone(ToneName::Idle).ground);
    painter.drawRoundedRect(bar, 3, 3);
    if (percent > 0) {
        painter.setBrush(tokens().tone(tone).ink);
        painter.drawRoundedRect(
            QRectF(bar.topLeft(), QSizeF(qMax(4.0, bar.width() * percent / 100.0), bar.height())), 3, 3);
    }
    painter.setFont(font);
    painter.setPen(tokens().muted);
    painter.drawText(QRectF(bar.right() + metrics::small, area.top(), textWidth, area.height()),
                     Qt::AlignRight | Qt::AlignVCenter, text);
}

} // namespace rackmuster::ui
