#pragma once

#include "ui/Theme.h"
#include "ui/Workbench.h"

#include <QFrame>

#include <map>

class QLabel;
class QVBoxLayout;

namespace rackmuster::ui {

class FolderRow;

/// What machines can fetch beside the images: folders that are served, and a kernel of the operator's own.
class ExtraFiles final : public QFrame {
    Q_OBJECT

public:
    ExtraFiles(Workbench& workbench, const Theme& theme, QWidget* parent = nullptr);

    /// Asks for the name of a folder, or for the folder too when `path` is empty, and serves it.
    void serveFolder(const QString& path = {});
    void addKernel();

private:
    void refresh();

    Workbench& m_workbench;
    const Theme& m_theme;
    QLabel* m_purpose;
    QVBoxLayout* m_list;
    std::map<QString, FolderRow*> m_rows; ///< By name.
};

} // namespace rackmuster::ui
