#pragma once

#include "ui/Theme.h"

#include <QPushButton>

namespace rackmuster::ui {

/// The dashed place for files; a click chooses them instead.
class DropCard final : public QPushButton {
    Q_OBJECT

public:
    DropCard(const QString& text, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override { return {240, 120}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
};

} // namespace rackmuster::ui
