#pragma once

#include "ui/widgets/RowDelegate.h"

namespace rackmuster::ui {

/// The Progress column: the bar and its percentage, or the Approve button of a machine that waits.
class ProgressDelegate final : public RowDelegate {
    Q_OBJECT

public:
    explicit ProgressDelegate(const Theme& theme, QObject* parent = nullptr)
        : RowDelegate(theme, CellStyle::Muted, parent) {}

    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
    /// Where the Approve button of a cell is, in the coordinates of `cell`.
    [[nodiscard]] static QRect buttonRect(const QRect& cell, const QFont& font);

Q_SIGNALS:
    void approveClicked(const QModelIndex& index);

protected:
    void paintContent(QPainter& painter, const QStyleOptionViewItem& option,
                      const QModelIndex& index) const override;

private:
    void paintButton(QPainter& painter, const QStyleOptionViewItem& option) const;
    void paintBar(QPainter& painter, const QRect& area, int percent, ToneName tone, const QFont& font) const;
};

} // namespace rackmuster::ui
