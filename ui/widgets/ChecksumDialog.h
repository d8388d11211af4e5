#pragma once

#include "ui/widgets/FormDialog.h"

class QLineEdit;

namespace rackmuster::ui {

/// Takes the SHA-256 sum that an image should have.
class ChecksumDialog final : public FormDialog {
    Q_OBJECT

public:
    ChecksumDialog(const QString& imageName, QWidget* parent);

    /// 64 hex digits in lower case; empty while what was typed is none.
    [[nodiscard]] QString sum() const;

private:
    QLineEdit* m_line;
};

} // namespace rackmuster::ui
