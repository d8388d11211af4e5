#include "tests/unit/core/engine/ReaderProcess.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <unistd.h>

namespace rackmuster::tests {

namespace {

ReaderProcess findReader() {
    const QByteArray parent = "\nPPid:\t" + QByteArray::number(::getpid()) + '\n';
    const QStringList processes =
        QDir(QStringLiteral("/proc")).entryList({QStringLiteral("[0-9]*")}, QDir::Dirs);
    for (const QString& process : processes) {
        QFile file(QStringLiteral("/proc/%1/status").arg(process));
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray status = file.readAll();
        if (status.startsWith("Name:\trackmuster-read\n") && status.contains(parent))
            return {process.toInt(), status};
    }
    return {};
}

} // namespace

QByteArray ReaderProcess::statusOf(const char* field) const {
    const QByteArray mark = QByteArray("\n") + field + ":\t";
    const qsizetype at = status.indexOf(mark) + mark.size();
    return status.contains(mark) ? status.mid(at, status.indexOf('\n', at) - at) : QByteArray();
}

ReaderProcess waitForReader() {
    ReaderProcess found;
    const bool isThere = QTest::qWaitFor([&found] {
        found = findReader();
        return found.isConfined();
    });
    return isThere ? found : ReaderProcess();
}

} // namespace rackmuster::tests
