#include "ui/widgets/TimelineView.h"

#include "ui/text/Quantities.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace rackmuster::ui {

namespace {

constexpr int lineHeight = 20;

/// Short and long phases on one bar: the root keeps seconds visible beside minutes.
double lengthOf(std::chrono::milliseconds duration) {
    return std::sqrt(std::max(0.0, static_cast<double>(duration.count())));
}

} // namespace

QString phaseWord(Phase phase) {
    switch (phase) {
    case Phase::Dhcp:
        return TimelineView::tr("DHCP");
    case Phase::Loader:
        return TimelineView::tr("Boot loader");
    case Phase::Approval:
        return TimelineView::tr("Approval");
    case Phase::Kernel:
        return TimelineView::tr("Kernel");
    case Phase::AnswerFile:
        return TimelineView::tr("Answer file");
    case Phase::Installer:
        return TimelineView::tr("Installer");
    case Phase::Packages:
        return TimelineView::tr("Packages");
    case Phase::LastScripts:
        return TimelineView::tr("Last scripts");
    case Phase::Done:
        break;
    }
    return TimelineView::tr("Done");
}

TimelineView::TimelineView(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TimelineView::setTimeline(std::vector<PhaseSpan> timeline, bool hasProblem) {
    m_timeline = std::move(timeline);
    m_hasProblem = hasProblem;
    QStringList spoken;
    for (const PhaseSpan& span : m_timeline) {
        if (span.begin)
            spoken << QStringLiteral("%1 %2").arg(phaseWord(span.phase), note(span));
    }
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(spoken.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize TimelineView::sizeHint() const {
    return {340, lineHeight * static_cast<int>(std::max<std::size_t>(m_timeline.size(), 8))};
}

void TimelineView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    double longest = 1;
    for (const PhaseSpan& span : m_timeline)
        longest =
            std::max({longest, lengthOf(span.duration), lengthOf(span.typical.value_or(span.duration))});
    for (std::size_t i = 0; i < m_timeline.size(); ++i)
        paintSpan(painter, QRect(0, static_cast<int>(i) * lineHeight, width(), lineHeight), m_timeline[i],
                  longest);
}

void TimelineView::paintSpan(QPainter& painter, const QRect& line, const PhaseSpan& span,
                             double longest) const {
    const Tokens& t = m_theme.tokens();
    QFont small = font();
    small.setPixelSize(12);
    painter.setFont(small);
    painter.setPen(span.begin ? t.text : t.muted);
    const int word = 88;
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, phaseWord(span.phase));
    if (span.phase == Phase::Done) {
        if (span.begin) {
            painter.setPen(t.tone(ToneName::Ok).ink);
            painter.drawText(line.adjusted(word, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                             clockText(*span.begin));
        }
        return;
    }
    const int noteWidth = QFontMetrics(small).horizontalAdvance(
        tr("%1, peers %2")
            .arg(durationText(std::chrono::minutes(11)), durationText(std::chrono::minutes(11))));
    const QRectF track(word, line.center().y() - 3,
                       std::max(40, width() - word - noteWidth - metrics::medium), 7);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.tone(ToneName::Idle).ground);
    painter.drawRoundedRect(track, 3.5, 3.5);
    if (span.begin) {
        const bool isWrong = span.isCurrent && m_hasProblem;
        painter.setBrush(t.tone(isWrong ? ToneName::Problem : ToneName::Running).ink);
        const double length = std::max(4.0, track.width() * lengthOf(span.duration) / longest);
        painter.drawRoundedRect(QRectF(track.topLeft(), QSizeF(length, track.height())), 3.5, 3.5);
    }
    if (span.typical) {
        const double x = track.left() + track.width() * lengthOf(*span.typical) / longest;
        painter.fillRect(QRectF(std::min(x, track.right() - 2), track.top() - 3, 2, track.height() + 6),
                         t.muted);
    }
    painter.setPen(t.muted);
    painter.drawText(QRectF(track.right() + metrics::medium, line.top(), noteWidth, line.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, note(span));
}

QString TimelineView::note(const PhaseSpan& span) const {
    if (!span.begin)
        return {};
    if (!span.typical)
        return durationText(span.duration);
    return tr("%1, peers %2").arg(durationText(span.duration), durationText(*span.typical));
}

} // namespace rackmuster::ui
