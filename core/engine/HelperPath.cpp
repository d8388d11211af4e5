#include "core/engine/HelperPath.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace rackmuster::engine {

QString findHelper() {
    const QDir programs(QCoreApplication::applicationDirPath());
    const QString name = QStringLiteral("rackmuster-nethelper");
    QString beside = programs.filePath(name);
    if (QFileInfo::exists(beside))
        return beside;
    return QDir::cleanPath(programs.filePath(QStringLiteral("../libexec/rackmuster/") + name));
}

} // namespace rackmuster::engine
