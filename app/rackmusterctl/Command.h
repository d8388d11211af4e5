#pragma once

#include "core/base/Error.h"

#include <QString>
#include <QStringList>

#include <optional>

class QCommandLineParser;

namespace rackmuster::ctl {

/// Exit statuses of every command.
enum ExitStatus : int { Done = 0, AnswerIsNo = 1, WrongUsage = 2 };

/// One verb of the program. `run` gets the arguments behind the verb.
struct Command {
    const char* name;
    const char* arguments;   ///< for the usage line
    const char* description; ///< one sentence
    int (*run)(const QStringList& arguments);
};

/// One sentence on standard error.
void complain(const QString& sentence);
void complain(const Error& error);
void print(const QString& text);

/// Parses `arguments` behind the verb `name`. A status when the command ends here: --help, or wrong usage.
[[nodiscard]] std::optional<int> parse(QCommandLineParser& parser, const char* name,
                                       const QStringList& arguments);

/// The --state option's directory, or the XDG data directory.
[[nodiscard]] QString stateDirectory(const QString& given);

int serve(const QStringList& arguments);
int inspect(const QStringList& arguments);
int importImages(const QStringList& arguments);
int images(const QStringList& arguments);
int status(const QStringList& arguments);
int machines(const QStringList& arguments);
int approve(const QStringList& arguments);
int refuse(const QStringList& arguments);
int forget(const QStringList& arguments);
int rearm(const QStringList& arguments);
int importPlan(const QStringList& arguments);
int exportPlan(const QStringList& arguments);
int ports(const QStringList& arguments);
int power(const QStringList& arguments);

} // namespace rackmuster::ctl
