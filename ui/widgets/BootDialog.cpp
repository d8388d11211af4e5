#include "ui/widgets/BootDialog.h"

#include "ui/text/InputChecks.h"
#include "ui/text/PlainText.h"
#include "ui/widgets/RowDelegate.h"

#include <QComboBox>
#include <QLineEdit>

namespace rackmuster::ui {

BootDialog::BootDialog(const QString& profile, const engine::ProfileBoot& boot, QWidget* parent)
    : FormDialog(tr("How machines of %1 boot").arg(printable(profile)),
                 tr("Change this only for firmware that fails otherwise. What a machine says itself counts "
                    "more."),
                 tr("Save"), parent),
      m_bootFile(new QComboBox), m_dhcpOptions(new QLineEdit) {
    setObjectName(QStringLiteral("bootDialog"));
    m_bootFile->setObjectName(QStringLiteral("bootFile"));
    m_bootFile->setAccessibleName(tr("Boot file"));
    m_bootFile->addItem(tr("chosen by firmware"), QString());
    m_bootFile->addItem(tr("pxelinux.0, for BIOS"), QStringLiteral("pxelinux.0"));
    m_bootFile->addItem(tr("bootx64.efi, for UEFI"), QStringLiteral("bootx64.efi"));
    m_bootFile->addItem(tr("boot.ipxe, for iPXE"), QStringLiteral("boot.ipxe"));
    m_bootFile->setCurrentIndex(qMax(0, m_bootFile->findData(boot.bootFile)));
    m_dhcpOptions->setObjectName(QStringLiteral("dhcpOptions"));
    m_dhcpOptions->setAccessibleName(tr("DHCP options"));
    m_dhcpOptions->setFont(fixedFont());
    m_dhcpOptions->setPlaceholderText(QStringLiteral("42=192.168.0.1;66=\"text\";128=0x0102"));
    m_dhcpOptions->setText(boot.dhcpOptions);
    addField(tr("Boot file"), *m_bootFile);
    addField(tr("DHCP options"), *m_dhcpOptions);
    const auto check = [this] {
        setProblem(dhcpOptionsProblem(m_dhcpOptions->text()));
    };
    connect(m_dhcpOptions, &QLineEdit::textChanged, this, check);
    check();
    m_bootFile->setFocus();
}

engine::ProfileBoot BootDialog::boot() const {
    return {m_bootFile->currentData().toString(), m_dhcpOptions->text().trimmed()};
}

} // namespace rackmuster::ui
