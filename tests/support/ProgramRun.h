#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace rackmuster::tests {

/// How a program of the system ended, and what it said.
struct ProgramRun {
    bool isGood = false; ///< by itself, with 0
    QByteArray output;
    QByteArray errors;
};

/// Runs `program` in `directory` to its end, for two minutes at most; the words of one that failed go to the
/// test's log. xorriso 1.5.4 was seen to crash on what it made well a second time: after a crash it is run
/// once more.
[[nodiscard]] ProgramRun runToItsEnd(const QString& program, const QStringList& arguments,
                                     const QString& directory = {});

} // namespace rackmuster::tests
