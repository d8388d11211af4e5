#pragma once

#include "ui/Theme.h"

#include <QStyledItemDelegate>

namespace rackmuster::ui {

/// A profile on two lines: its name, and below what it is.
class ProfileDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit ProfileDelegate(const Theme& theme, QObject* parent = nullptr)
        : QStyledItemDelegate(parent), m_theme(theme) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

} // namespace rackmuster::ui
