#include "tests/unit/core/boot/GoldenFile.h"

#include "core/base/Hex.h"

#include <QFile>
#include <QStringList>

namespace rackmuster::tests {

namespace {

QString firstDifference(const QString& expected, const QString& actual) {
    const QStringList before = expected.split(QLatin1Char('\n'));
    const QStringList after = actual.split(QLatin1Char('\n'));
    for (qsizetype line = 0; line < qMax(before.size(), after.size()); ++line) {
        if (before.value(line) != after.value(line))
            return QStringLiteral("line %1: expected \"%2\", got \"%3\"")
                .arg(line + 1)
                .arg(before.value(line), after.value(line));
    }
    return {};
}

} // namespace

QString differenceToGolden(const QString& name, const std::string& actual) {
    QFile file(QStringLiteral(RACKMUSTER_GOLDEN "/") + name);
    const QByteArray bytes = QByteArray::fromStdString(actual);
    if (qEnvironmentVariableIsSet("RACKMUSTER_UPDATE_GOLDEN")) {
        const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
        return isWritten ? QString() : file.fileName() + QStringLiteral(": ") + file.errorString();
    }
    if (!file.open(QIODevice::ReadOnly))
        return file.fileName() + QStringLiteral(": ") + file.errorString();
    return firstDifference(QString::fromUtf8(file.readAll()), QString::fromUtf8(bytes));
}

std::string hexDump(Bytes bytes) {
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += 16)
        out += toHexText(bytes.subspan(at, std::min<std::size_t>(16, bytes.size() - at)), ' ') + '\n';
    return out;
}

} // namespace rackmuster::tests
