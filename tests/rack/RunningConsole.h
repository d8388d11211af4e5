#pragma once

#include "tests/rack/Command.h"
#include "tests/rack/VirtualRack.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

#include <vector>

namespace rackmuster::test {

/// `rackmusterctl serve` inside a rack, with a state directory that outlives its starts. It is driven and
/// judged only by what users have: its options, its events, and `rackmusterctl` verbs on its state directory.
class RunningConsole {
public:
    explicit RunningConsole(const VirtualRack& rack);
    ~RunningConsole();

    /// Starts the program; `options` besides --interface, --state and --events. True when it said `ready`.
    bool start(const QStringList& options);
    /// SIGKILL: nothing is flushed, nobody is told.
    bool killHard();
    /// SIGTERM; true when it ended with status 0.
    bool stop();

    /// Events of every start so far, oldest first. `sinceStart`: only of the present one.
    [[nodiscard]] std::vector<QJsonObject> events(bool sinceStart = false) const;
    /// True when `name` happened for the machine, now or within the time.
    bool waitFor(const QString& name, const QString& mac, int seconds, bool sinceStart = false) const;
    [[nodiscard]] bool happened(const QString& name, const QString& mac, bool sinceStart = false) const;
    [[nodiscard]] qsizetype count(const QString& name, const QString& mac) const;

    /// `rackmusterctl VERB --state DIR ARGUMENTS...`
    [[nodiscard]] Ended ctl(const QString& verb, const QStringList& arguments = {}) const;
    /// `rackmusterctl machines --json`; empty when it failed.
    [[nodiscard]] QJsonArray machines() const;

    /// A file in the program's neighbourhood, for plans and profiles; its path.
    [[nodiscard]] QString write(const QString& name, const QByteArray& content) const;

    /// What a failed test should show: the last events.
    [[nodiscard]] QString story() const;

private:
    [[nodiscard]] QString eventFile(int start) const;
    [[nodiscard]] QString stateDirectory() const { return m_directory.filePath(QStringLiteral("state")); }

    const VirtualRack& m_rack;
    QTemporaryDir m_directory;
    QProcess m_process;
    int m_starts = 0;
};

} // namespace rackmuster::test
