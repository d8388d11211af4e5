#include "ui/widgets/RearmDialog.h"

#include "ui/Tokens.h"
#include "ui/widgets/Labels.h"

#include <QDialogButtonBox>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace rackmuster::ui {

RearmDialog::RearmDialog(const QString& machineName, QWidget* parent) : QDialog(parent) {
    setObjectName(QStringLiteral("rearmDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Re-arm %1").arg(machineName));
    auto* const layout = new QVBoxLayout(this);
    setSpacing(*layout, metrics::huge, metrics::medium);
    layout->addWidget(plainLabel(tr("Install %1 once more?").arg(machineName), "heading"));
    QLabel* const text = wrappedLabel(tr("%1 is installed, or was on the way to it. After re-arming and "
                                         "approving it, its disk is wiped and installed again.\n"
                                         "Type its name to go on.")
                                          .arg(machineName));
    text->setMinimumWidth(400);
    layout->addWidget(text);
    auto* const name = new QLineEdit;
    name->setObjectName(QStringLiteral("rearmName"));
    name->setPlaceholderText(machineName);
    name->setAccessibleName(tr("Machine name"));
    layout->addWidget(name);
    auto* const buttons = new QDialogButtonBox;
    QPushButton* const rearm = buttons->addButton(tr("Re-arm"), QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Keep it"), QDialogButtonBox::RejectRole);
    rearm->setObjectName(QStringLiteral("rearmButton"));
    rearm->setEnabled(false);
    layout->addWidget(buttons);
    connect(name, &QLineEdit::textChanged, rearm, [rearm, machineName](const QString& typed) {
        rearm->setEnabled(typed.trimmed() == machineName);
    });
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

} // namespace rackmuster::ui
