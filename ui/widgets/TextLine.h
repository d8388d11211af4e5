#pragma once

#include "core/roster/Machine.h"
#include "ui/Theme.h"

#include <QLabel>

#include <optional>

namespace rackmuster::ui {

/// One line of plain text that is shortened where it does not fit; the whole stands in its tool tip then. It
/// never asks for more room than there is, so that text which changes moves nothing.
class TextLine final : public QLabel {
    Q_OBJECT

public:
    /// `role` chooses its look in the style sheet.
    TextLine(const Theme& theme, const char* role, Qt::TextElideMode elide = Qt::ElideRight,
             QWidget* parent = nullptr);

    void setLine(const QString& text);
    /// In this colour, with the state's mark before it; nothing: as the role says.
    void setLine(const QString& text, std::optional<ToneName> tone, std::optional<roster::MachineState> mark);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] int markWidth() const;

    const Theme& m_theme;
    Qt::TextElideMode m_elide;
    std::optional<ToneName> m_tone;
    std::optional<roster::MachineState> m_mark;
};

} // namespace rackmuster::ui
