#pragma once

#include "ui/DroppedFiles.h"
#include "ui/Workbench.h"

#include <QObject>

namespace rackmuster::ui {

/// Takes the files and folders that were dropped on the window: images into the library, answer files as
/// profiles. Folders are searched in another thread.
class FileIntake final : public QObject {
    Q_OBJECT

public:
    explicit FileIntake(Workbench& workbench, QObject* parent = nullptr);

    void take(const QStringList& paths);

Q_SIGNALS:
    void imagesTaken();
    void answerFilesTaken();
    /// A plan: to be shown before anything happens.
    void planTaken(const QString& path);
    /// What came of a folder.
    void told(const QString& sentence);
    /// It holds nothing to import; it may be meant to be served.
    void folderWithoutImages(const QString& folder);
    /// Nothing of the drop was of use.
    void nothingTaken();

private:
    bool import(const QStringList& images, const QStringList& answerFiles);
    void tellFinds(const FolderFinds& finds);

    Workbench& m_workbench;
};

} // namespace rackmuster::ui
