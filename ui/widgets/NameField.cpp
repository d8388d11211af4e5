#include "ui/widgets/NameField.h"

#include "ui/text/PlainText.h"
#include "ui/widgets/TextLine.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStackedLayout>

namespace rackmuster::ui {

namespace {

constexpr int longestName = 120;

} // namespace

NameField::NameField(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_stack(new QStackedLayout(this)),
      m_shown(new TextLine(theme, "heading", Qt::ElideMiddle)), m_line(new QLineEdit) {
    m_shown->setObjectName(QStringLiteral("imageName"));
    m_line->setObjectName(QStringLiteral("imageNameEditor"));
    m_line->setProperty("role", QStringLiteral("inplace"));
    m_line->setAccessibleName(tr("Name of the image"));
    m_line->setMaxLength(longestName);
    m_line->installEventFilter(this);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_stack->addWidget(m_shown);
    m_stack->addWidget(m_line);
}

void NameField::setName(const QString& name) {
    m_name = name;
    m_shown->setLine(printable(name));
}

void NameField::edit() {
    m_isEditing = true;
    m_line->setText(m_name);
    m_line->selectAll();
    m_stack->setCurrentWidget(m_line);
    m_line->setFocus(Qt::OtherFocusReason);
}

void NameField::takeOver() {
    const QString typed = m_line->text().simplified();
    leave();
    if (!typed.isEmpty() && typed != m_name)
        Q_EMIT renamed(typed);
}

void NameField::leave() {
    m_isEditing = false; // first: the line loses the focus now
    m_stack->setCurrentWidget(m_shown);
}

bool NameField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const bool isEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
        if (isEnter)
            takeOver();
        else if (key == Qt::Key_Escape)
            leave();
        else
            return QWidget::eventFilter(watched, event);
        Q_EMIT finished();
        return true; // neither key means anything else to who stands around
    }
    if (event->type() == QEvent::FocusOut && m_isEditing) {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        const bool comesBack = reason == Qt::ActiveWindowFocusReason || reason == Qt::PopupFocusReason;
        if (!comesBack)
            takeOver(); // as file managers do: what was typed is not lost
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace rackmuster::ui
