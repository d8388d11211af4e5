#include "ui/widgets/ExtraFiles.h"

#include "ui/widgets/FolderDialog.h"
#include "ui/widgets/FolderRow.h"
#include "ui/widgets/KernelDialog.h"
#include "ui/widgets/Labels.h"

#include <QHBoxLayout>
#include <QPushButton>

#include <algorithm>

namespace rackmuster::ui {

ExtraFiles::ExtraFiles(Workbench& workbench, const Theme& theme, QWidget* parent)
    : QFrame(parent), m_workbench(workbench), m_theme(theme), m_list(new QVBoxLayout) {
    setObjectName(QStringLiteral("extraFiles"));
    setProperty("role", QStringLiteral("card"));
    auto* const layout = new QVBoxLayout(this);
    setSpacing(*layout, metrics::large, metrics::small);
    auto* const head = new QHBoxLayout;
    head->setSpacing(metrics::small);
    head->addWidget(plainLabel(tr("Extra files"), "heading"));
    head->addStretch();
    auto* const serve = new QPushButton(tr("Serve a folder…"));
    auto* const kernel = new QPushButton(tr("Add kernel and initrd…"));
    serve->setObjectName(QStringLiteral("serveFolder"));
    kernel->setObjectName(QStringLiteral("addKernel"));
    head->addWidget(serve);
    head->addWidget(kernel);
    layout->addLayout(head);
    m_purpose = wrappedLabel(tr("A folder of drivers, packages or scripts that machines fetch while they "
                                "install, or a kernel of your own that no ISO holds."),
                             "muted");
    layout->addWidget(m_purpose);
    m_list->setSpacing(metrics::tiny);
    layout->addLayout(m_list);
    connect(serve, &QPushButton::clicked, this, [this] { serveFolder(); });
    connect(kernel, &QPushButton::clicked, this, &ExtraFiles::addKernel);
    connect(&workbench, &Workbench::foldersChanged, this, &ExtraFiles::refresh);
    refresh();
}

void ExtraFiles::refresh() {
    const std::vector<engine::FolderInfo>& folders = m_workbench.folders();
    std::erase_if(m_rows, [&folders](const auto& row) {
        const bool isGone =
            std::none_of(folders.begin(), folders.end(),
                         [&row](const engine::FolderInfo& folder) { return folder.name == row.first; });
        if (isGone)
            row.second->deleteLater();
        return isGone;
    });
    for (std::size_t i = 0; i < folders.size(); ++i) {
        FolderRow*& row = m_rows[folders[i].name];
        if (!row) {
            row = new FolderRow(m_theme);
            connect(row, &FolderRow::removeRequested, &m_workbench, &Workbench::removeFolder);
        }
        row->setFolder(folders[i]);
        m_list->insertWidget(static_cast<int>(i), row);
    }
    m_purpose->setVisible(folders.empty());
}

void ExtraFiles::serveFolder(const QString& path) {
    QStringList taken;
    for (const engine::FolderInfo& folder : m_workbench.folders())
        taken << folder.name;
    auto* const dialog = new FolderDialog(path, taken, this);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { m_workbench.addFolder(dialog->name(), dialog->path()); });
    dialog->open();
}

void ExtraFiles::addKernel() {
    auto* const dialog = new KernelDialog(this);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { m_workbench.addKernel(dialog->choice()); });
    dialog->open();
}

} // namespace rackmuster::ui
