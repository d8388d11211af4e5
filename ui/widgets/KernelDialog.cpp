#include "ui/widgets/KernelDialog.h"

#include "ui/text/InputChecks.h"
#include "ui/widgets/PathField.h"
#include "ui/widgets/PathList.h"

#include <QLineEdit>

namespace rackmuster::ui {

KernelDialog::KernelDialog(QWidget* parent)
    : FormDialog(tr("Add kernel and initrd"),
                 tr("For what no ISO holds: a rescue system, a memory test, an installer of your own. It "
                    "becomes a card beside the images."),
                 tr("Add"), parent),
      m_name(new QLineEdit), m_kernel(new PathField(PathField::Kind::File, tr("Kernel"))),
      m_initrds(new PathList(tr("Initrds, in the order in which they are loaded"))),
      m_arguments(new QLineEdit) {
    setObjectName(QStringLiteral("kernelDialog"));
    m_name->setObjectName(QStringLiteral("kernelName"));
    m_arguments->setObjectName(QStringLiteral("kernelArguments"));
    m_name->setAccessibleName(tr("Name"));
    m_arguments->setAccessibleName(tr("Kernel arguments"));
    m_arguments->setPlaceholderText(QStringLiteral("console=ttyS0"));
    addField(tr("Name"), *m_name);
    addField(tr("Kernel"), *m_kernel);
    addField(tr("Initrds, in the order in which they are loaded"), *m_initrds);
    addField(tr("Kernel arguments"), *m_arguments);
    const auto check = [this] {
        setProblem(problem());
    };
    connect(m_name, &QLineEdit::textChanged, this, check);
    connect(m_kernel, &PathField::changed, this, check);
    connect(m_initrds, &PathList::changed, this, check);
    check();
    m_name->setFocus();
}

engine::KernelChoice KernelDialog::choice() const {
    return {.name = m_name->text().simplified(),
            .kernel = m_kernel->path(),
            .initrds = m_initrds->paths(),
            .arguments = m_arguments->text().simplified()};
}

QString KernelDialog::problem() const {
    const engine::KernelChoice typed = choice();
    if (typed.name.isEmpty())
        return tr("Give it a name.");
    if (typed.kernel.isEmpty())
        return tr("Choose the kernel.");
    for (const QString& path : QStringList(typed.kernel) + typed.initrds) {
        if (const QString reason = filePathProblem(path); !reason.isEmpty())
            return reason;
    }
    return {};
}

} // namespace rackmuster::ui
