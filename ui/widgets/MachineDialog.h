#pragma once

#include "ui/models/MachineEdit.h"
#include "ui/widgets/FormDialog.h"

class QLineEdit;

namespace rackmuster::ui {

/// A machine typed from its sticker, before it is powered on. What cannot be is refused while it is typed.
class MachineDialog final : public FormDialog {
    Q_OBJECT

public:
    /// `machines` outlives this.
    MachineDialog(const MachineModel& machines, QWidget* parent);

    /// Empty while something is wrong.
    [[nodiscard]] const PlannedEdit& planned() const { return m_planned; }

private:
    [[nodiscard]] QLineEdit* addLine(const char* name, const QString& caption);
    void check();

    const MachineModel& m_machines;
    PlannedEdit m_planned;
    QLineEdit* m_mac;
    QLineEdit* m_slot;
    QLineEdit* m_name;
};

} // namespace rackmuster::ui
