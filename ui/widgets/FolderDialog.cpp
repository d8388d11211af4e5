#include "ui/widgets/FolderDialog.h"

#include "ui/text/InputChecks.h"
#include "ui/widgets/PathField.h"

#include <QFileInfo>
#include <QLineEdit>

namespace rackmuster::ui {

FolderDialog::FolderDialog(const QString& path, const QStringList& taken, QWidget* parent)
    : FormDialog(
          tr("Serve a folder"),
          tr("Machines can read everything in it over HTTP, nobody can write. Leave no passwords in it."),
          tr("Serve"), parent),
      m_taken(taken), m_path(new PathField(PathField::Kind::Folder, tr("Folder"))), m_name(new QLineEdit) {
    setObjectName(QStringLiteral("folderDialog"));
    m_name->setObjectName(QStringLiteral("folderName"));
    m_name->setAccessibleName(tr("Name"));
    addField(tr("Folder"), *m_path);
    addField(tr("Name"), *m_name);
    connect(m_path, &PathField::changed, this, [this] {
        if (!m_name->isModified())
            m_name->setText(folderNameFrom(QFileInfo(m_path->path()).fileName()));
        check();
    });
    connect(m_name, &QLineEdit::textChanged, this, &FolderDialog::check);
    m_path->setPath(path);
    check();
    (path.isEmpty() ? static_cast<QWidget*>(m_path) : m_name)->setFocus();
}

QString FolderDialog::name() const {
    return m_name->text().trimmed();
}

QString FolderDialog::path() const {
    return m_path->path();
}

void FolderDialog::check() {
    const QString problem = folderPathProblem(path());
    setProblem(problem.isEmpty() ? folderNameProblem(name(), m_taken) : problem);
}

} // namespace rackmuster::ui
