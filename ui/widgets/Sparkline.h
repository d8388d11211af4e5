#pragma once

#include "ui/Theme.h"

#include <QWidget>

#include <deque>

namespace rackmuster::ui {

/// The last minute of a rate as a line.
class Sparkline final : public QWidget {
    Q_OBJECT

public:
    explicit Sparkline(const Theme& theme, QWidget* parent = nullptr);

    void append(double value);
    [[nodiscard]] QSize sizeHint() const override { return {92, 18}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    static constexpr std::size_t length = 60;

    const Theme& m_theme;
    std::deque<double> m_values;
};

} // namespace rackmuster::ui
