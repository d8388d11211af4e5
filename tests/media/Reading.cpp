#include "tests/media/Reading.h"

#include "tests/support/Sanitizer.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <algorithm>

namespace rackmuster::tests {

namespace {

constexpr qint64 longestMilliseconds = 2000;  // R43, of processor time
constexpr qint64 yardstickMilliseconds = 400; // the probe's own work where nobody else is
constexpr qint64 largestKibibytes = 256 << 10;
constexpr int hang = 60'000; // milliseconds

QStringList toList(const QJsonValue& array) {
    QStringList out;
    for (const QJsonValue& value : array.toArray())
        out += value.toString();
    return out;
}

/// Busy neighbours on one host make each other wait for memory, which counts as processor time.
qint64 allowedMilliseconds() {
    QProcess process;
    process.start(QStringLiteral(MEDIA_PROBE), {QStringLiteral("--yardstick")});
    process.waitForFinished(hang);
    const QJsonObject told = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    const qint64 here = told.value(QStringLiteral("cpuMilliseconds")).toInteger();
    return longestMilliseconds * std::max(here, yardstickMilliseconds) / yardstickMilliseconds;
}

Reading probe(const QStringList& arguments, const QString& directory) {
    QProcess process;
    process.setWorkingDirectory(directory);
    process.start(QStringLiteral(MEDIA_PROBE), arguments);
    Reading out;
    if (!process.waitForFinished(hang)) {
        out.problem = QStringLiteral("it hangs");
        process.kill();
        process.waitForFinished();
        return out;
    }
    const QJsonObject told = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    out.error = told.value(QStringLiteral("error")).toString();
    out.files = told.value(QStringLiteral("files")).toInteger();
    out.names = toList(told.value(QStringLiteral("names")));
    out.skipped = toList(told.value(QStringLiteral("skipped")));
    const QJsonObject cost = told.value(QStringLiteral("cost")).toObject();
    out.cpuMilliseconds = cost.value(QStringLiteral("cpuMilliseconds")).toInteger();
    out.peakKibibytes = cost.value(QStringLiteral("peakKibibytes")).toInteger();
    if (process.exitStatus() != QProcess::NormalExit || told.isEmpty())
        out.problem = QStringLiteral("it crashed: ") + QString::fromUtf8(process.readAllStandardError());
    else if (process.exitCode() != 0)
        out.problem = QStringLiteral("an extent outside, or a harmful path");
    else if (!isSanitized && out.cpuMilliseconds > longestMilliseconds &&
             out.cpuMilliseconds > allowedMilliseconds())
        out.problem = QStringLiteral("it took %1 ms").arg(out.cpuMilliseconds);
    else if (!isSanitized && out.peakKibibytes > largestKibibytes)
        out.problem = QStringLiteral("it took %1 MiB").arg(out.peakKibibytes >> 10);
    return out;
}

} // namespace

bool Reading::says(const QString& words) const {
    return error.contains(words) || std::any_of(skipped.begin(), skipped.end(),
                                                [&](const QString& fact) { return fact.contains(words); });
}

QString Reading::story() const {
    return QStringLiteral("%1 ms, %2 MiB, %3 files, error: %4, left out: %5")
        .arg(cpuMilliseconds)
        .arg(peakKibibytes >> 10)
        .arg(files)
        .arg(error, skipped.mid(0, 5).join(QStringLiteral("; ")));
}

Reading readHostileImage(const QString& path) {
    return probe({QStringLiteral("--image"), path}, {});
}

Reading readHostilePackage(const QString& path, const QString& directory) {
    return probe({QStringLiteral("--package"), path}, directory);
}

} // namespace rackmuster::tests
