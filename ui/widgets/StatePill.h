#pragma once

#include "core/roster/Machine.h"
#include "ui/Theme.h"

#include <QWidget>

#include <optional>

namespace rackmuster::ui {

/// A word in its colour, with the mark of a state before it.
struct PillContent {
    QString text;
    ToneName tone = ToneName::Idle;
    std::optional<roster::MachineState> mark;
    int percent = 50;
};

[[nodiscard]] PillContent pillOf(roster::MachineState state, int percent);
[[nodiscard]] QSize pillSize(const PillContent& content, const QFont& font);
/// Left-aligned and vertically centred in `area`.
void paintPill(QPainter& painter, const QRect& area, const PillContent& content, const Tokens& tokens,
               const QFont& font);

/// A pill as a widget of its own.
class StatePill final : public QWidget {
    Q_OBJECT

public:
    explicit StatePill(const Theme& theme, QWidget* parent = nullptr);

    void setContent(const PillContent& content);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    PillContent m_content;
};

} // namespace rackmuster::ui
