#pragma once

#include "ui/widgets/FormDialog.h"

#include <QStringList>

namespace rackmuster::ui {

class PathList;

/// The files that are appended to an image's initrd: driver disks, certificates.
class InitrdsDialog final : public FormDialog {
    Q_OBJECT

public:
    InitrdsDialog(const QString& imageName, const QStringList& paths, QWidget* parent);

    [[nodiscard]] QStringList paths() const;

private:
    PathList* m_list;
};

} // namespace rackmuster::ui
