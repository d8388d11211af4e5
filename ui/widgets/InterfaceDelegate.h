#pragma once

#include "ui/Theme.h"

#include <QStyledItemDelegate>

namespace rackmuster::ui {

/// A network port as a card: name, address, link.
class InterfaceDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit InterfaceDelegate(const Theme& theme, QObject* parent = nullptr)
        : QStyledItemDelegate(parent), m_theme(theme) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

} // namespace rackmuster::ui
