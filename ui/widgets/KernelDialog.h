#pragma once

#include "core/engine/Engine.h"
#include "ui/widgets/FormDialog.h"

class QLineEdit;

namespace rackmuster::ui {

class PathField;
class PathList;

/// A kernel and initrds of the operator's own, to boot machines from.
class KernelDialog final : public FormDialog {
    Q_OBJECT

public:
    explicit KernelDialog(QWidget* parent);

    [[nodiscard]] engine::KernelChoice choice() const;

private:
    [[nodiscard]] QString problem() const;

    QLineEdit* m_name;
    PathField* m_kernel;
    PathList* m_initrds;
    QLineEdit* m_arguments;
};

} // namespace rackmuster::ui
