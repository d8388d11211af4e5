#include "tests/support/ProgramRun.h"

#include <QProcess>
#include <QtDebug>

namespace rackmuster::tests {

namespace {

constexpr int longestRun = 120'000; // milliseconds, on a busy computer

ProgramRun runOnce(const QString& program, const QStringList& arguments, const QString& directory) {
    QProcess process;
    process.setWorkingDirectory(directory);
    process.start(program, arguments);
    const bool isGood = process.waitForFinished(longestRun) && process.exitStatus() == QProcess::NormalExit &&
                        process.exitCode() == 0;
    return {isGood, process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

ProgramRun runToItsEnd(const QString& program, const QStringList& arguments, const QString& directory) {
    ProgramRun run = runOnce(program, arguments, directory);
    if (!run.isGood && run.errors.contains("UNIX-SIGNAL:  SIGSEGV")) // xorriso catches it
        run = runOnce(program, arguments, directory);
    if (!run.isGood)
        qWarning("%s %s failed: %s", qPrintable(program), qPrintable(arguments.join(QLatin1Char(' '))),
                 run.errors.right(2000).constData());
    return run;
}

} // namespace rackmuster::tests
