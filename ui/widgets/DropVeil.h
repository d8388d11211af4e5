#pragma once

#include "ui/Theme.h"

#include <QWidget>

namespace rackmuster::ui {

/// Lies over the whole window while files are dragged above it, and says what will become of them.
class DropVeil final : public QWidget {
    Q_OBJECT

public:
    /// Covers `host`.
    DropVeil(const Theme& theme, QWidget& host);

    /// For so many files and folders.
    void cover(int count);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    QString m_text;
};

} // namespace rackmuster::ui
