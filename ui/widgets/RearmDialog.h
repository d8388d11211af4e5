#pragma once

#include <QDialog>

namespace rackmuster::ui {

/// Asks to type the machine's name before it may be installed, and wiped, once more.
class RearmDialog final : public QDialog {
    Q_OBJECT

public:
    RearmDialog(const QString& machineName, QWidget* parent);
};

} // namespace rackmuster::ui
