#pragma once

#include "ui/Theme.h"

#include <QAbstractButton>

namespace rackmuster::ui {

/// One line of the side navigation: icon, word, and a count that wants attention.
class NavButton final : public QAbstractButton {
    Q_OBJECT

public:
    NavButton(const Theme& theme, const QString& iconName, const QString& text, QWidget* parent = nullptr);

    /// 0 shows none.
    void setBadge(int count);
    /// Icon only; the word becomes the tool tip.
    void setNarrow(bool isNarrow);
    [[nodiscard]] QSize sizeHint() const override { return {m_isNarrow ? 44 : 152, 36}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintBadge(QPainter& painter) const;

    const Theme& m_theme;
    QString m_iconName;
    int m_badge = 0;
    bool m_isNarrow = false;
};

} // namespace rackmuster::ui
