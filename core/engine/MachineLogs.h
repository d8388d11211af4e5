#pragma once

#include "core/base/Clock.h"
#include "core/base/Result.h"
#include "core/net/ServerEvents.h"

#include <QByteArray>
#include <QString>

#include <map>

namespace rackmuster::engine {

/// What machines say by syslog, one text file a machine: `logs/<mac>.log` in the state directory, for its
/// owner only, named by its address when nobody knows the machine. A file that is full becomes `.log.1` in
/// place of the one before, so a machine keeps its last one to two `fileLimit`s.
class MachineLogs {
public:
    static constexpr qint64 fileLimit = 1 << 20; ///< bytes

    explicit MachineLogs(const QString& stateDirectory);

    [[nodiscard]] const QString& folder() const { return m_folder; }
    /// To be written by the next flush().
    void add(const net::SyslogLine& line, WallTime time);
    /// Error: NoSuchFile; the lines are lost then. One is enough to say so.
    [[nodiscard]] Result<void> flush();

private:
    [[nodiscard]] Result<void> write(const QString& name, const QByteArray& lines) const;

    QString m_folder;
    std::map<QString, QByteArray> m_pending; ///< by file name
};

} // namespace rackmuster::engine
