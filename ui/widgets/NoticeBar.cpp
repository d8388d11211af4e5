#include "ui/widgets/NoticeBar.h"

#include "ui/widgets/Labels.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace rackmuster::ui {

NoticeBar::NoticeBar(const Theme& theme, QWidget& host) : QFrame(&host), m_text(wrappedLabel()) {
    setObjectName(QStringLiteral("noticeBar"));
    setProperty("role", QStringLiteral("problem"));
    auto* const layout = new QHBoxLayout(this);
    setSpacing(*layout, metrics::small, metrics::small);
    auto* const close = new QToolButton;
    const auto tint = [&theme, close] {
        close->setIcon(theme.icon(QStringLiteral("close"), theme.tokens().tone(ToneName::Problem).ink));
    };
    tint();
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close"));
    m_text->setObjectName(QStringLiteral("noticeText"));
    layout->addWidget(m_text, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(&theme, &Theme::changed, this, tint);
    host.installEventFilter(this);
    hide();
}

void NoticeBar::showSentence(const QString& sentence) {
    m_text->setText(sentence);
    show();
    raise();
    place();
}

bool NoticeBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

void NoticeBar::place() {
    const int width = qMin(640, parentWidget()->width() - 2 * metrics::huge);
    const int height = qMax(sizeHint().height(), heightForWidth(width));
    setGeometry((parentWidget()->width() - width) / 2, parentWidget()->height() - height - metrics::huge,
                width, height);
}

} // namespace rackmuster::ui
