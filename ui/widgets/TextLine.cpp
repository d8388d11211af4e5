#include "ui/widgets/TextLine.h"

#include "ui/text/PlainText.h"
#include "ui/widgets/StateMark.h"

#include <QEvent>
#include <QPainter>

namespace rackmuster::ui {

namespace {

constexpr int markSize = 11;
constexpr int markGap = 6;

} // namespace

TextLine::TextLine(const Theme& theme, const char* role, Qt::TextElideMode elide, QWidget* parent)
    : QLabel(parent), m_theme(theme), m_elide(elide) {
    setTextFormat(Qt::PlainText);
    setProperty("role", QLatin1String(role));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void TextLine::setLine(const QString& text) {
    setLine(text, std::nullopt, std::nullopt);
}

void TextLine::setLine(const QString& text, std::optional<ToneName> tone,
                       std::optional<roster::MachineState> mark) {
    if (text == this->text() && tone == m_tone && mark == m_mark)
        return;
    m_tone = tone;
    m_mark = mark;
    setText(text);
    update();
}

int TextLine::markWidth() const {
    return m_mark ? markSize + markGap : 0;
}

QSize TextLine::sizeHint() const {
    return {markWidth() + fontMetrics().horizontalAdvance(text()), fontMetrics().height()};
}

QSize TextLine::minimumSizeHint() const {
    return {0, fontMetrics().height()};
}

void TextLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QColor color = m_tone ? m_theme.tokens().tone(*m_tone).ink : palette().color(foregroundRole());
    QRect area = rect();
    if (m_mark) {
        const QRectF box(area.left(), area.center().y() - markSize / 2.0 + 0.5, markSize, markSize);
        paintMark(painter, box, *m_mark, color);
        area.setLeft(markWidth());
    }
    painter.setPen(color);
    painter.setFont(font());
    painter.drawText(area, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                     fontMetrics().elidedText(text(), m_elide, area.width()));
}

bool TextLine::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const bool isShortened = markWidth() + fontMetrics().horizontalAdvance(text()) > width();
        setToolTip(isShortened ? toolTipText(text()) : QString());
    }
    return QLabel::event(event);
}

} // namespace rackmuster::ui
