#pragma once

#include "ui/widgets/RowDelegate.h"

namespace rackmuster::ui {

/// The State column: a pill with mark and word.
class StateDelegate final : public RowDelegate {
    Q_OBJECT

public:
    explicit StateDelegate(const Theme& theme, QObject* parent = nullptr)
        : RowDelegate(theme, CellStyle::Plain, parent) {}

protected:
    void paintContent(QPainter& painter, const QStyleOptionViewItem& option,
                      const QModelIndex& index) const override;
};

} // namespace rackmuster::ui
