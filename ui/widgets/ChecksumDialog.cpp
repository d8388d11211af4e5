#include "ui/widgets/ChecksumDialog.h"

#include "ui/text/InputChecks.h"
#include "ui/widgets/RowDelegate.h"

#include <QLineEdit>

namespace rackmuster::ui {

ChecksumDialog::ChecksumDialog(const QString& imageName, QWidget* parent)
    : FormDialog(tr("Compare %1 with a checksum").arg(imageName),
                 tr("Paste the SHA-256 sum that its publisher gives, from a source that you trust. The whole "
                    "image is read once; machines can install meanwhile."),
                 tr("Compare"), parent),
      m_line(new QLineEdit) {
    setObjectName(QStringLiteral("checksumDialog"));
    m_line->setObjectName(QStringLiteral("checksumLine"));
    m_line->setFont(fixedFont());
    addField(tr("SHA-256"), *m_line);
    m_line->setAccessibleName(tr("SHA-256"));
    const auto check = [this] {
        const auto read = readChecksum(m_line->text());
        setProblem(read ? QString() : read.error());
    };
    connect(m_line, &QLineEdit::textChanged, this, check);
    check();
    m_line->setFocus();
}

QString ChecksumDialog::sum() const {
    return readChecksum(m_line->text()).value_or(QString());
}

} // namespace rackmuster::ui
