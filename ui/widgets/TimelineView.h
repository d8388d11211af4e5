#pragma once

#include "ui/Theme.h"
#include "ui/models/StageHistory.h"

#include <QWidget>

#include <vector>

namespace rackmuster::ui {

[[nodiscard]] QString phaseWord(Phase phase);

/// The boot of one machine: a bar per phase, a mark where its peers were done.
class TimelineView final : public QWidget {
    Q_OBJECT

public:
    explicit TimelineView(const Theme& theme, QWidget* parent = nullptr);

    void setTimeline(std::vector<PhaseSpan> timeline, bool hasProblem);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {220, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintSpan(QPainter& painter, const QRect& line, const PhaseSpan& span, double longest) const;
    [[nodiscard]] QString note(const PhaseSpan& span) const;

    const Theme& m_theme;
    std::vector<PhaseSpan> m_timeline;
    bool m_hasProblem = false;
};

} // namespace rackmuster::ui
