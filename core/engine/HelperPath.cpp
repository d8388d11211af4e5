#include "core/engine/HelperPath.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace rackmuster::engine {

namespace {

QString findProgram(const QString& name) {
    // Not by QCoreApplication, which keeps this in a place that threads share.
    const QDir programs = QFileInfo(QFile::symLinkTarget(QStringLiteral("/proc/self/exe"))).dir();
    QString beside = programs.filePath(name);
    if (QFileInfo::exists(beside))
        return beside;
    return QDir::cleanPath(programs.filePath(QStringLiteral("../libexec/rackmuster/") + name));
}

} // namespace

QString findHelper() {
    return findProgram(QStringLiteral("rackmuster-nethelper"));
}

QString findReader() {
    return findProgram(QStringLiteral("rackmuster-reader"));
}

} // namespace rackmuster::engine
