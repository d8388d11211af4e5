#include "ui/widgets/StageDelegate.h"

#include "ui/models/MachineModel.h"
#include "ui/text/Quantities.h"

#include <QDateTime>

namespace rackmuster::ui {

void StageDelegate::paintContent(QPainter& painter, const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    const QString stage = index.data().toString();
    QString text = stage;
    const QDateTime since = index.data(MachineModel::SinceRole).toDateTime();
    const bool isOver = index.data(MachineModel::PercentRole).toInt() >= 100;
    if (since.isValid() && isOver)
        text += QStringLiteral(" · %1").arg(since.toString(QStringLiteral("HH:mm")));
    else if (since.isValid())
        text += QStringLiteral(" · %1").arg(
            durationText(std::chrono::milliseconds(since.msecsTo(QDateTime::currentDateTime()))));
    const QRect area = contentRect(option.rect);
    const bool fits = option.fontMetrics.horizontalAdvance(text) <= area.width();
    paintText(painter, area, fits ? text : stage, option.font);
}

} // namespace rackmuster::ui
