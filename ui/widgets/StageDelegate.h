#pragma once

#include "ui/widgets/RowDelegate.h"

namespace rackmuster::ui {

/// The Stage column: the stage, and how long the machine has been in it. The time is taken when painting; the
/// table repaints the column once a second.
class StageDelegate final : public RowDelegate {
    Q_OBJECT

public:
    explicit StageDelegate(const Theme& theme, QObject* parent = nullptr)
        : RowDelegate(theme, CellStyle::Muted, parent) {}

protected:
    void paintContent(QPainter& painter, const QStyleOptionViewItem& option,
                      const QModelIndex& index) const override;
};

} // namespace rackmuster::ui
