#include "tests/rack/RunningConsole.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

namespace rackmuster::test {

namespace {

QString field(const QJsonObject& event, const char* name) {
    return event.value(QLatin1String(name)).toString();
}

bool isAbout(const QJsonObject& event, const QString& name, const QString& mac) {
    return field(event, "event") == name && (mac.isEmpty() || field(event, "mac") == mac);
}

std::vector<QJsonObject> readEvents(const QString& path) {
    std::vector<QJsonObject> out;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return out;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (qsizetype i = 0; i + 1 < lines.size(); ++i) // what follows the last line end is not complete yet
        out.push_back(QJsonDocument::fromJson(lines.at(i)).object());
    return out;
}

} // namespace

RunningConsole::RunningConsole(const VirtualRack& rack) : m_rack(rack) {
    m_process.setProcessChannelMode(QProcess::ForwardedChannels); // its complaints belong into the test log
}

RunningConsole::~RunningConsole() {
    if (m_process.state() != QProcess::NotRunning)
        killHard();
}

bool RunningConsole::start(const QStringList& options) {
    ++m_starts;
    m_process.start(QStringLiteral(RACK_SCRIPT),
                    QStringList{QStringLiteral("exec"), m_rack.name(), QStringLiteral(RACKMUSTERCTL),
                                QStringLiteral("serve"), QStringLiteral("--interface"), QStringLiteral("br0"),
                                QStringLiteral("--state"), stateDirectory(), QStringLiteral("--events"),
                                eventFile(m_starts)} +
                        options);
    return m_process.waitForStarted() && waitFor(QStringLiteral("ready"), {}, 30, true);
}

bool RunningConsole::killHard() {
    m_process.kill();
    return m_process.waitForFinished();
}

bool RunningConsole::stop() {
    m_process.terminate();
    return m_process.waitForFinished() && m_process.exitStatus() == QProcess::NormalExit &&
           m_process.exitCode() == 0;
}

std::vector<QJsonObject> RunningConsole::events(bool sinceStart) const {
    std::vector<QJsonObject> out;
    for (int start = sinceStart ? m_starts : 1; start <= m_starts; ++start) {
        const std::vector<QJsonObject> more = readEvents(eventFile(start));
        out.insert(out.end(), more.begin(), more.end());
    }
    return out;
}

bool RunningConsole::waitFor(const QString& name, const QString& mac, int seconds, bool sinceStart) const {
    return QTest::qWaitFor(
               [&] { return happened(name, mac, sinceStart) || m_process.state() == QProcess::NotRunning; },
               seconds * 1000) &&
           happened(name, mac, sinceStart);
}

bool RunningConsole::happened(const QString& name, const QString& mac, bool sinceStart) const {
    const std::vector<QJsonObject> all = events(sinceStart);
    return std::any_of(all.begin(), all.end(),
                       [&](const QJsonObject& event) { return isAbout(event, name, mac); });
}

qsizetype RunningConsole::count(const QString& name, const QString& mac) const {
    const std::vector<QJsonObject> all = events();
    return std::count_if(all.begin(), all.end(),
                         [&](const QJsonObject& event) { return isAbout(event, name, mac); });
}

Ended RunningConsole::ctl(const QString& verb, const QStringList& arguments) const {
    return run(QStringLiteral(RACKMUSTERCTL),
               QStringList{verb, QStringLiteral("--state"), stateDirectory()} + arguments);
}

QJsonArray RunningConsole::machines() const {
    const Ended ended = ctl(QStringLiteral("machines"), {QStringLiteral("--json")});
    if (!ended.isGood())
        qWarning("rackmusterctl machines: %s", qPrintable(ended.errors));
    return QJsonDocument::fromJson(ended.output.toUtf8()).object().value(QLatin1String("machines")).toArray();
}

QString RunningConsole::write(const QString& name, const QByteArray& content) const {
    const QString path = m_directory.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qCritical("%s: %s", qPrintable(path), qPrintable(file.errorString()));
    return path;
}

QString RunningConsole::story() const {
    QString out;
    for (const QJsonObject& event : events())
        out += QString::fromUtf8(QJsonDocument(event).toJson(QJsonDocument::Compact)) + QLatin1Char('\n');
    constexpr qsizetype shown = 8000;
    return out.right(shown);
}

QString RunningConsole::eventFile(int start) const {
    return m_directory.filePath(QStringLiteral("events-%1.jsonl").arg(start));
}

} // namespace rackmuster::test
