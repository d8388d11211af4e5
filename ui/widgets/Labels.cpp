#include "ui/widgets/Labels.h"

#include <QBoxLayout>

namespace rackmuster::ui {

QLabel* plainLabel(const QString& text, const char* role) {
    auto* const label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    label->setProperty("role", QLatin1String(role));
    return label;
}

QLabel* wrappedLabel(const QString& text, const char* role) {
    QLabel* const label = plainLabel(text, role);
    label->setWordWrap(true);
    return label;
}

QFrame* frame(const char* role, QWidget* parent) {
    auto* const frame = new QFrame(parent);
    frame->setProperty("role", QLatin1String(role));
    return frame;
}

void setSpacing(QBoxLayout& layout, int margin, int spacing) {
    layout.setContentsMargins(margin, margin, margin, margin);
    layout.setSpacing(spacing);
}

} // namespace rackmuster::ui
