#include "app/rackmusterctl/Command.h"
#include "app/rackmusterctl/StateAccess.h"
#include "core/engine/Engine.h"
#include "core/exchange/PlanCsv.h"
#include "core/exchange/PlanDnsmasq.h"
#include "core/exchange/PlanHosts.h"

#include <QCommandLineParser>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>

namespace rackmuster::ctl {

namespace {

int act(const char* name, const QStringList& arguments) {
    QCommandLineParser parser;
    parser.addOption(stateOption());
    parser.addPositionalArgument(QStringLiteral("MACHINE"),
                                 QStringLiteral("MAC address, slot number or host name."),
                                 QStringLiteral("MAC|SLOT..."));
    if (const auto status = parse(parser, name, arguments))
        return *status;
    if (parser.positionalArguments().isEmpty()) {
        complain(QStringLiteral("Name at least one machine by MAC address or slot."));
        return WrongUsage;
    }
    StateAccess state(stateDirectory(parser.value(QStringLiteral("state"))));
    return report(
        state.ask({{QStringLiteral("act"), QString::fromLatin1(name)},
                   {QStringLiteral("machines"), QJsonArray::fromStringList(parser.positionalArguments())}}));
}

struct PlanFormat {
    const char* name;
    std::string (*write)(const roster::Roster&);
};
constexpr std::array planFormats{PlanFormat{"csv", exchange::writePlanCsv},
                                 PlanFormat{"hosts", exchange::writePlanHosts},
                                 PlanFormat{"dnsmasq", exchange::writePlanDnsmasq}};

QString toTable(const QJsonArray& rows) {
    QString out = QStringLiteral("%1 %2 %3 %4 %5 %6\n")
                      .arg(QStringLiteral("slot"), 6)
                      .arg(QStringLiteral("mac"), -17)
                      .arg(QStringLiteral("hostname"), -20)
                      .arg(QStringLiteral("address"), -15)
                      .arg(QStringLiteral("approval"), -8)
                      .arg(QStringLiteral("stage"));
    for (const QJsonValue value : rows) {
        const QJsonObject row = value.toObject();
        const auto field = [&row](const char* name) {
            return row.value(QLatin1String(name)).toVariant().toString();
        };
        out += QStringLiteral("%1 %2 %3 %4 %5 %6\n")
                   .arg(field("place"), 6)
                   .arg(field("mac"), -17)
                   .arg(field("hostname"), -20)
                   .arg(field("ip"), -15)
                   .arg(field("approval"), -8)
                   .arg(field("stage"));
    }
    return out;
}

} // namespace

int approve(const QStringList& arguments) {
    return act("approve", arguments);
}

int refuse(const QStringList& arguments) {
    return act("refuse", arguments);
}

int forget(const QStringList& arguments) {
    return act("forget", arguments);
}

int rearm(const QStringList& arguments) {
    return act("rearm", arguments);
}

int machines(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.addOptions({stateOption(), jsonOption()});
    if (const auto status = parse(parser, "machines", arguments))
        return *status;
    StateAccess state(stateDirectory(parser.value(QStringLiteral("state"))));
    QJsonObject answer = state.ask({{QStringLiteral("act"), QStringLiteral("machines")}});
    if (const int status = report(answer); status != Done)
        return status;
    answer.remove(QStringLiteral("ok"));
    print(parser.isSet(QStringLiteral("json")) ? QString::fromUtf8(QJsonDocument(answer).toJson())
                                               : toTable(answer.value(QLatin1String("machines")).toArray()));
    return Done;
}

int importPlan(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.addOption(stateOption());
    parser.addPositionalArgument(QStringLiteral("FILE.csv"), QStringLiteral("The plan."));
    if (const auto status = parse(parser, "import-plan", arguments))
        return *status;
    if (parser.positionalArguments().size() != 1) {
        complain(QStringLiteral("Name one plan file."));
        return WrongUsage;
    }
    auto engine =
        engine::Engine::create({.stateDirectory = stateDirectory(parser.value(QStringLiteral("state")))});
    if (!engine) {
        complain(engine.error());
        return AnswerIsNo;
    }
    const auto errors = (*engine)->importPlan(parser.positionalArguments().constFirst());
    if (!errors) {
        complain(errors.error());
        return AnswerIsNo;
    }
    for (const Error& error : *errors)
        complain(error);
    print(QStringLiteral("Machines in the roster: %1").arg((*engine)->roster().machines().size()));
    return errors->empty() ? Done : AnswerIsNo;
}

int exportPlan(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.addOption(stateOption());
    parser.addOption({QStringLiteral("format"), QStringLiteral("csv, hosts or dnsmasq."),
                      QStringLiteral("FORMAT"), QStringLiteral("csv")});
    if (const auto status = parse(parser, "export", arguments))
        return *status;
    const QString name = parser.value(QStringLiteral("format"));
    const auto* const format =
        std::find_if(planFormats.begin(), planFormats.end(),
                     [&name](const PlanFormat& known) { return name == QLatin1String(known.name); });
    if (format == planFormats.end()) {
        complain(QStringLiteral("--format does not take “%1”: it takes csv, hosts or dnsmasq.").arg(name));
        return WrongUsage;
    }
    auto engine = openExisting(stateDirectory(parser.value(QStringLiteral("state"))));
    if (!engine) {
        complain(engine.error());
        return AnswerIsNo;
    }
    print(QString::fromStdString(format->write((*engine)->roster())));
    return Done;
}

} // namespace rackmuster::ctl
