#include "tests/rack/Command.h"

#include <QProcess>

namespace rackmuster::test {

Ended run(const QString& program, const QStringList& arguments, int timeoutMilliseconds) {
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(timeoutMilliseconds)) {
        const QString reason = process.errorString();
        process.kill();
        process.waitForFinished();
        return {-1, {}, program + QStringLiteral(": ") + reason};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace rackmuster::test
