#include "ui/widgets/PathField.h"

#include "ui/Tokens.h"
#include "ui/widgets/Labels.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace rackmuster::ui {

PathField::PathField(Kind kind, const QString& title, QWidget* parent)
    : QWidget(parent), m_kind(kind), m_title(title), m_line(new QLineEdit) {
    auto* const layout = new QHBoxLayout(this);
    setSpacing(*layout, 0, metrics::small);
    m_line->setObjectName(QStringLiteral("pathLine"));
    m_line->setAccessibleName(title);
    auto* const button = new QPushButton(tr("Choose…"));
    button->setAutoDefault(false);
    layout->addWidget(m_line, 1);
    layout->addWidget(button);
    setFocusProxy(m_line);
    connect(m_line, &QLineEdit::textChanged, this, &PathField::changed);
    connect(button, &QPushButton::clicked, this, &PathField::choose);
}

QString PathField::path() const {
    return m_line->text().trimmed();
}

void PathField::setPath(const QString& path) {
    m_line->setText(path);
}

void PathField::choose() {
    auto* const dialog = new QFileDialog(this, m_title, path());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(m_kind == Kind::Folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &PathField::setPath);
    dialog->open();
}

} // namespace rackmuster::ui
