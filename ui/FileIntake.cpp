#include "ui/FileIntake.h"

#include "ui/text/PlainText.h"

#include <QFileInfo>
#include <QPointer>
#include <QtConcurrent>

namespace rackmuster::ui {

FileIntake::FileIntake(Workbench& workbench, QObject* parent) : QObject(parent), m_workbench(workbench) {}

void FileIntake::take(const QStringList& paths) {
    const DroppedFiles dropped = sortDropped(paths);
    const bool isTaken = import(dropped.images, dropped.answerFiles);
    const QPointer<FileIntake> self(this);
    for (const QString& folder : dropped.folders) {
        QtConcurrent::run(searchFolder, folder).then(this, [self](const FolderFinds& finds) {
            if (self)
                self->tellFinds(finds);
        });
    }
    if (!dropped.plans.isEmpty())
        Q_EMIT planTaken(dropped.plans.front()); // one question at a time
    if (!isTaken && dropped.folders.isEmpty() && dropped.plans.isEmpty())
        Q_EMIT nothingTaken();
}

bool FileIntake::import(const QStringList& images, const QStringList& answerFiles) {
    if (!images.isEmpty())
        Q_EMIT imagesTaken(); // first: the page may have a card to point at
    else if (!answerFiles.isEmpty())
        Q_EMIT answerFilesTaken();
    for (const QString& path : answerFiles)
        m_workbench.importProfile(path);
    m_workbench.importImages(images);
    return !images.isEmpty() || !answerFiles.isEmpty();
}

void FileIntake::tellFinds(const FolderFinds& finds) {
    if (finds.images.isEmpty() && finds.answerFiles.isEmpty()) {
        Q_EMIT folderWithoutImages(finds.folder);
        return;
    }
    if (!finds.images.isEmpty()) {
        const QString name = printable(QFileInfo(finds.folder).fileName());
        const auto count = static_cast<int>(finds.images.size());
        Q_EMIT told(
            finds.isWhole
                ? tr("%n image(s) found in %1.", nullptr, count).arg(name)
                : tr("%n image(s) found in %1, which is too large to be searched as a whole. Drop the "
                     "others themselves.",
                     nullptr, count)
                      .arg(name));
    }
    import(finds.images,
           finds.answerFiles); // what it has to say of single files is worth more than the count
}

} // namespace rackmuster::ui
