#pragma once

#include "ui/widgets/FormDialog.h"

#include <QStringList>

class QLineEdit;

namespace rackmuster::ui {

class PathField;

/// A folder to be served to machines, and the name under which they find it.
class FolderDialog final : public FormDialog {
    Q_OBJECT

public:
    /// `taken` are the names in use. The name follows the path until it is typed.
    FolderDialog(const QString& path, const QStringList& taken, QWidget* parent);

    [[nodiscard]] QString name() const;
    [[nodiscard]] QString path() const;

private:
    void check();

    QStringList m_taken;
    PathField* m_path;
    QLineEdit* m_name;
};

} // namespace rackmuster::ui
