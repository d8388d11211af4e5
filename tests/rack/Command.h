#pragma once

#include <QString>
#include <QStringList>

namespace rackmuster::test {

/// How a program ended.
struct Ended {
    int status = -1; ///< Exit status; -1: it did not start, crashed or took too long.
    QString output;  ///< Standard output.
    QString errors;  ///< Standard error, or why it did not run.

    [[nodiscard]] bool isGood() const { return status == 0; }
};

/// Runs a program to its end.
[[nodiscard]] Ended run(const QString& program, const QStringList& arguments,
                        int timeoutMilliseconds = 60000);

} // namespace rackmuster::test
