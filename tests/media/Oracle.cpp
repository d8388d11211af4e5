#include "tests/media/Oracle.h"

#include "tests/support/ProgramRun.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QStorageInfo>

namespace rackmuster::tests {

namespace {

const QString xorriso = QStringLiteral("xorriso");

QStringList loadingOf(const QString& image, const QStringList& loading) {
    return xorrisoBasics() + loading + QStringList{QStringLiteral("-indev"), image};
}

} // namespace

QString scratchTemplate() {
    constexpr qint64 enough = 3LL << 30U;
    const QStorageInfo memory(QStringLiteral("/dev/shm"));
    const bool isRoomy = memory.isReady() && memory.bytesAvailable() > enough;
    return (isRoomy ? memory.rootPath() : QStringLiteral(SCRATCH_DIRECTORY)) +
           QStringLiteral("/rackmuster-media-XXXXXX");
}

QStringList xorrisoBasics() {
    return {QStringLiteral("-report_about"), QStringLiteral("SORRY"), QStringLiteral("-drive_class"),
            QStringLiteral("harmless"), QStringLiteral("/dev/shm")};
}

bool isInstalled(const QString& program) {
    return !QStandardPaths::findExecutable(program, {}).isEmpty() ||
           !QStandardPaths::findExecutable(program, {QStringLiteral("/usr/sbin")}).isEmpty();
}

bool runProgram(const QString& program, const QStringList& arguments, const QString& directory) {
    return runToItsEnd(program, arguments, directory).isGood;
}

bool runShell(const QString& commands, const QString& directory) {
    return runToItsEnd(QStringLiteral("/bin/bash"),
                       {QStringLiteral("-o"), QStringLiteral("pipefail"), QStringLiteral("-ec"), commands},
                       directory)
        .isGood;
}

std::optional<QByteArray> outputOf(const QString& program, const QStringList& arguments) {
    ProgramRun run = runToItsEnd(program, arguments);
    return run.isGood ? std::optional(std::move(run.output)) : std::nullopt;
}

bool extractByXorriso(const QString& image, const QString& target, const QStringList& loading) {
    return runProgram(xorriso, QStringList{QStringLiteral("-osirrox"), QStringLiteral("on:auto_chmod_on")} +
                                   loadingOf(image, loading) +
                                   QStringList{QStringLiteral("-extract"), QStringLiteral("/"), target});
}

bool cutByXorriso(const QString& image, const QString& path, const QList<quint64>& offsets, quint64 count,
                  const QString& target) {
    QStringList cuts;
    for (const quint64 offset : offsets)
        cuts << QStringLiteral("-extract_cut") << QLatin1Char('/') + path << QString::number(offset)
             << QString::number(count) << target + QLatin1Char('/') + QString::number(offset);
    return runProgram(xorriso, QStringList{QStringLiteral("-osirrox"), QStringLiteral("on")} +
                                   loadingOf(image, {}) + cuts);
}

std::optional<quint64> sizeByXorriso(const QString& image, const QString& path) {
    const auto listed = outputOf(xorriso, loadingOf(image, {}) +
                                              QStringList{QStringLiteral("-lsl"), QLatin1Char('/') + path});
    if (!listed)
        return std::nullopt;
    const QList<QByteArray> words = listed->simplified().split(' ');
    constexpr int sizeColumn = 4; // mode, links, owner, group, size
    bool isNumber = false;
    const quint64 size = words.size() > sizeColumn ? words[sizeColumn].toULongLong(&isNumber) : 0;
    return isNumber ? std::optional(size) : std::nullopt;
}

std::optional<quint64> efiImageByXorriso(const QString& image) {
    const auto report =
        outputOf(xorriso, loadingOf(image, {}) +
                              QStringList{QStringLiteral("-report_el_torito"), QStringLiteral("plain")});
    static const QRegularExpression line(QStringLiteral("El Torito boot img +: +\\d+ +UEFI .* (\\d+)$"),
                                         QRegularExpression::MultilineOption);
    const auto found = line.match(QString::fromUtf8(report.value_or(QByteArray())));
    return found.hasMatch() ? std::optional(found.captured(1).toULongLong() * 2048) : std::nullopt;
}

} // namespace rackmuster::tests
