#include "ui/widgets/EmptyState.h"

#include "ui/widgets/Labels.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace rackmuster::ui {

EmptyState::EmptyState(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_icon(plainLabel()), m_heading(plainLabel({}, "title")),
      m_text(wrappedLabel({}, "muted")), m_button(new QPushButton) {
    auto* const layout = new QVBoxLayout(this);
    layout->setSpacing(metrics::medium);
    m_text->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_text->setFixedWidth(440);
    m_text->setMinimumHeight(2 * m_text->fontMetrics().lineSpacing());
    m_heading->setObjectName(QStringLiteral("emptyHeading"));
    m_button->setProperty("role", QStringLiteral("primary"));
    m_button->setObjectName(QStringLiteral("emptyButton"));
    layout->addStretch();
    for (QWidget* const part : {static_cast<QWidget*>(m_icon), static_cast<QWidget*>(m_heading),
                                static_cast<QWidget*>(m_text), static_cast<QWidget*>(m_button)})
        layout->addWidget(part, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(m_button, &QPushButton::clicked, this, &EmptyState::buttonClicked);
    connect(&theme, &Theme::changed, this, &EmptyState::tint);
}

void EmptyState::setContent(const QString& iconName, const QString& heading, const QString& text,
                            const QString& button) {
    m_iconName = iconName;
    m_heading->setText(heading);
    m_text->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    tint();
}

void EmptyState::tint() {
    if (!m_iconName.isEmpty())
        m_icon->setPixmap(m_theme.icon(m_iconName, m_theme.tokens().muted).pixmap(48, 48));
}

} // namespace rackmuster::ui
