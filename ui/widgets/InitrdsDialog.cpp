#include "ui/widgets/InitrdsDialog.h"

#include "ui/text/InputChecks.h"
#include "ui/widgets/PathList.h"

namespace rackmuster::ui {

InitrdsDialog::InitrdsDialog(const QString& imageName, const QStringList& paths, QWidget* parent)
    : FormDialog(
          tr("Extra initrds of %1").arg(imageName),
          tr("These files are appended to its initrd for every machine that boots it: a driver disk, a "
             "certificate. The image itself stays as it is."),
          tr("Save"), parent),
      m_list(new PathList(tr("Choose initrds"))) {
    setObjectName(QStringLiteral("initrdsDialog"));
    addField({}, *m_list);
    const auto check = [this] {
        QString problem;
        for (const QString& path : m_list->paths())
            problem = problem.isEmpty() ? filePathProblem(path) : problem;
        setProblem(problem);
    };
    connect(m_list, &PathList::changed, this, check);
    m_list->setPaths(paths);
    check();
    m_list->setFocus();
}

QStringList InitrdsDialog::paths() const {
    return m_list->paths();
}

} // namespace rackmuster::ui
