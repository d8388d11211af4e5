#pragma once

#include "ui/Theme.h"

#include <QWidget>

namespace rackmuster::ui {

/// A dot and a word: the state of one service. The shape says what the colour says: full, hollow, crossed.
class ServiceDot final : public QWidget {
    Q_OBJECT

public:
    explicit ServiceDot(const Theme& theme, QWidget* parent = nullptr);

    void setContent(ToneName tone, const QString& text);
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const Theme& m_theme;
    ToneName m_tone = ToneName::Idle;
    QString m_text;
};

} // namespace rackmuster::ui
