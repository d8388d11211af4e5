#pragma once

#include "core/engine/Snapshot.h"
#include "ui/widgets/FormDialog.h"

class QComboBox;
class QLineEdit;

namespace rackmuster::ui {

/// How the machines of a profile boot: which boot file, and DHCP options of the operator's own.
class BootDialog final : public FormDialog {
    Q_OBJECT

public:
    BootDialog(const QString& profile, const engine::ProfileBoot& boot, QWidget* parent);

    [[nodiscard]] engine::ProfileBoot boot() const;

private:
    QComboBox* m_bootFile;
    QLineEdit* m_dhcpOptions;
};

} // namespace rackmuster::ui
