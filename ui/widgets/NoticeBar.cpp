#include "ui/widgets/NoticeBar.h"

#include "ui/widgets/Labels.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <utility>

namespace rackmuster::ui {

NoticeBar::NoticeBar(const Theme& theme, QWidget& host)
    : QFrame(&host), m_theme(theme), m_text(wrappedLabel()), m_button(new QPushButton),
      m_close(new QToolButton) {
    setObjectName(QStringLiteral("noticeBar"));
    auto* const layout = new QHBoxLayout(this);
    setSpacing(*layout, metrics::small, metrics::small);
    m_close->setToolTip(tr("Close"));
    m_close->setAccessibleName(tr("Close"));
    m_text->setObjectName(QStringLiteral("noticeText"));
    m_button->setObjectName(QStringLiteral("noticeButton"));
    m_button->setProperty("role", QStringLiteral("link"));
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_button, &QPushButton::clicked, this, [this] {
        hide();
        if (const Act act = std::exchange(m_act, {}))
            act();
    });
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    connect(&theme, &Theme::changed, this, &NoticeBar::tint);
    host.installEventFilter(this);
    hide();
}

void NoticeBar::showSentence(const QString& sentence) {
    m_act = {};
    m_button->hide();
    appear(sentence, "problem");
}

void NoticeBar::tell(const QString& sentence, const QString& button, const Act& act) {
    m_act = act;
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    appear(sentence, "notice");
}

void NoticeBar::appear(const QString& sentence, const char* role) {
    m_text->setText(sentence);
    setAccessibleName(sentence);
    if (property("role").toString() != QLatin1String(role)) {
        setProperty("role", QLatin1String(role));
        for (QWidget* const part : {static_cast<QWidget*>(this), static_cast<QWidget*>(m_text)}) {
            part->style()->unpolish(part); // the sheet is asked anew
            part->style()->polish(part);
        }
    }
    tint();
    show();
    raise();
    place();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void NoticeBar::tint() {
    const bool isProblem = property("role").toString() == QLatin1String("problem");
    const Tokens& t = m_theme.tokens();
    m_close->setIcon(
        m_theme.icon(QStringLiteral("close"), isProblem ? t.tone(ToneName::Problem).ink : t.text));
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
