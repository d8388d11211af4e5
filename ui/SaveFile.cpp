#include "ui/SaveFile.h"

#include "ui/text/Sentences.h"

#include <QSaveFile>

namespace rackmuster::ui {

QString saveFile(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit())
        return {};
    return sentence({ErrorCode::NoSuchFile, path.toStdString(), file.errorString().toStdString()});
}

} // namespace rackmuster::ui
