#pragma once

#include "ui/Theme.h"

#include <QStyledItemDelegate>

#include <cstdint>

namespace rackmuster::ui {

/// The desktop's fixed-width font for MACs, addresses and UUIDs.
[[nodiscard]] QFont fixedFont(int pixelSize = 12);

/// How a cell's text is written.
enum class CellStyle : std::uint8_t { Plain, Strong, Muted, Fixed, FixedTail };

/// Draws the cells of the tables: ground, line, focus, and text in one of the styles. FixedTail makes the
/// last two characters stronger: where rows look alike, they tell them apart.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    RowDelegate(const Theme& theme, CellStyle style, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    /// Inside the cell's padding.
    virtual void paintContent(QPainter& painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const;
    void paintText(QPainter& painter, const QRect& area, const QString& text, const QFont& base) const;
    [[nodiscard]] const Theme& theme() const { return m_theme; }
    [[nodiscard]] const Tokens& tokens() const { return m_theme.tokens(); }
    [[nodiscard]] static QRect contentRect(const QRect& cell) { return cell.adjusted(10, 0, -6, -1); }

private:
    [[nodiscard]] QFont styled(QFont base) const;

    const Theme& m_theme;
    CellStyle m_style;
};

} // namespace rackmuster::ui
