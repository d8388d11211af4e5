#include "app/rackmusterctl/Command.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QStandardPaths>
#include <QTextStream>

#include <array>
#include <cstdio>

namespace rackmuster::ctl {

namespace {

constexpr std::array commands{
    Command{"serve", "--interface IF [options]",
            "Run DHCP, TFTP, HTTP, capture and roster until interrupted.", serve},
    Command{"inspect", "ISO... [--sha256] [--json]", "Say what an image is and what can boot it.", inspect},
    Command{"import", "--state DIR [--copy] [--verify] [--json] ISO...", "Take images into the library.",
            importImages},
    Command{"images", "--state DIR [--json]", "Show the library.", images},
    Command{"status", "--state DIR [--json]", "Show what runs, and who else is on the wire.", status},
    Command{"machines", "--state DIR [--json]", "Show the roster.", machines},
    Command{"approve", "--state DIR MAC|SLOT...", "Let machines install.", approve},
    Command{"refuse", "--state DIR MAC|SLOT...", "Never answer machines again.", refuse},
    Command{"forget", "--state DIR MAC|SLOT...", "Remove machines from the roster.", forget},
    Command{"rearm", "--state DIR MAC|SLOT...", "Let finished machines be installed once more.", rearm},
    Command{"import-plan", "--state DIR FILE.csv", "Read a plan of slots, names and addresses.", importPlan},
    Command{"export", "--state DIR --format csv|hosts|dnsmasq", "Write the roster as a plan.", exportPlan},
    Command{"ports", "--switch ADDRESS [options] [--json]", "Show which machine hangs on which switch port.",
            ports},
    Command{"power", "--bmc FILE [--slots 1-40] [--wait SECONDS] [options]",
            "Switch machines on in rack order, beside a running console.", power},
};

QString usage() {
    QString text = QStringLiteral("Usage: rackmusterctl COMMAND [options]\n\nCommands:\n");
    for (const Command& command : commands) {
        text += QStringLiteral("  %1 %2\n      %3\n")
                    .arg(QString::fromLatin1(command.name), QString::fromLatin1(command.arguments),
                         QString::fromLatin1(command.description));
    }
    return text + QStringLiteral("\nrackmusterctl COMMAND --help tells the options of a command.\n"
                                 "Exit status: 0 done, 1 the answer is no, 2 wrong usage.\n");
}

} // namespace

void complain(const QString& sentence) {
    QTextStream(stderr) << QStringLiteral("rackmusterctl: ") << sentence << Qt::endl;
}

void complain(const Error& error) {
    complain(QString::fromStdString(message(error)));
}

void print(const QString& text) {
    QTextStream out(stdout);
    out << text;
    if (!text.endsWith(QLatin1Char('\n')))
        out << Qt::endl;
}

std::optional<int> parse(QCommandLineParser& parser, const char* name, const QStringList& arguments) {
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    const QCommandLineOption help(QStringList{QStringLiteral("h"), QStringLiteral("help")},
                                  QStringLiteral("Show this help."));
    parser.addOption(help);
    const QString command = QStringLiteral("rackmusterctl ") + QString::fromLatin1(name);
    const bool isValid = parser.parse(QStringList{command} + arguments);
    if (parser.isSet(help)) {
        QString text = parser.helpText(); // it knows the program by how it was called
        print(text.replace(QCoreApplication::arguments().constFirst(), command));
        return Done;
    }
    if (!isValid) {
        QString why = parser.errorText();
        if (why.endsWith(QLatin1Char('.')))
            why.chop(1);
        complain(QStringLiteral("%1. See %2 --help.").arg(why, command));
        return WrongUsage;
    }
    return std::nullopt;
}

QString stateDirectory(const QString& given) {
    return given.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) : given;
}

} // namespace rackmuster::ctl

int main(int argc, char** argv) {
    using namespace rackmuster::ctl;
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("rackmuster"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RACKMUSTER_VERSION));

    const QStringList arguments = QCoreApplication::arguments().mid(1);
    const QString verb = arguments.value(0);
    if (verb == QLatin1String("--help") || verb == QLatin1String("-h") || verb == QLatin1String("help")) {
        print(usage());
        return Done;
    }
    if (verb == QLatin1String("--version")) {
        print(QStringLiteral("rackmusterctl " RACKMUSTER_VERSION));
        return Done;
    }
    for (const Command& command : commands) {
        if (verb == QLatin1String(command.name))
            return command.run(arguments.mid(1));
    }
    complain(verb.isEmpty() ? QStringLiteral("A command is missing. See rackmusterctl --help.")
                            : QStringLiteral("There is no command %1. See rackmusterctl --help.").arg(verb));
    return WrongUsage;
}
