#include "core/engine/MachineLogs.h"

#include <QDir>
#include <QFile>

#include <array>
#include <utility>

namespace rackmuster::engine {

namespace {

constexpr std::array severities{"emergency", "alert",  "critical", "error",
                                "warning",   "notice", "info",     "debug"};

QString fileName(const net::SyslogLine& line) {
    const std::string name = line.machine ? line.machine->toHex() : line.peer.toString();
    return QString::fromStdString(name) + QStringLiteral(".log");
}

tl::unexpected<Error> failOn(const QFile& file) {
    return fail(ErrorCode::NoSuchFile, file.fileName().toStdString(), file.errorString().toStdString());
}

} // namespace

MachineLogs::MachineLogs(const QString& stateDirectory)
    : m_folder(QDir(stateDirectory).filePath(QStringLiteral("logs"))) {}

void MachineLogs::add(const net::SyslogLine& line, WallTime time) {
    QByteArray& out = m_pending[fileName(line)];
    out += QByteArray::fromStdString(toIsoText(time)) + ' ' + severities.at(line.severity & 7U) + ' ';
    if (!line.source.empty())
        out += QByteArray::fromStdString(line.source) + ": ";
    out += QByteArray::fromStdString(line.text) + '\n';
}

Result<void> MachineLogs::flush() {
    const auto pending = std::exchange(m_pending, {});
    Result<void> outcome;
    for (const auto& [name, lines] : pending) {
        if (auto written = write(name, lines); !written)
            outcome = written;
    }
    return outcome;
}

Result<void> MachineLogs::write(const QString& name, const QByteArray& lines) const {
    const QDir folder(m_folder);
    QFile file(folder.filePath(name));
    if (!folder.mkpath(QStringLiteral(".")))
        return failOn(file);
    if (file.size() + lines.size() > fileLimit) {
        const QString older = file.fileName() + QStringLiteral(".1");
        QFile::remove(older);
        QFile::rename(file.fileName(), older);
    }
    if (!file.open(QIODevice::Append | QIODevice::Unbuffered) ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) || file.write(lines) != lines.size())
        return failOn(file);
    return {};
}

} // namespace rackmuster::engine
