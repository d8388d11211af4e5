#include "app/rackmusterctl/Command.h"
#include "app/rackmusterctl/StateAccess.h"

#include <QCommandLineParser>
#include <QJsonArray>
#include <QJsonDocument>

namespace rackmuster::ctl {

namespace {

/// Others chose it: fit for a terminal.
QString fieldOf(const QJsonObject& row, const char* name) {
    QString text = row.value(QLatin1String(name)).toVariant().toString();
    for (QChar& character : text) {
        if (!character.isPrint())
            character = QLatin1Char('?');
    }
    return text;
}

QString servicesText(const QJsonObject& status) {
    QString out;
    for (const char* const service : {"dhcp", "tftp", "http", "capture"})
        out += QStringLiteral("%1: %2\n").arg(QString::fromLatin1(service), fieldOf(status, service));
    if (const qint64 dropped = status.value(QLatin1String("captureDropped")).toInteger(); dropped > 0)
        out += QStringLiteral("The capture lost %1 frames.\n").arg(dropped);
    if (status.contains(QLatin1String("problem")))
        out += fieldOf(status, "problem") + QLatin1Char('\n');
    return out;
}

QString portsText(const QJsonObject& wire) {
    QString out;
    for (const QJsonValue value : wire.value(QLatin1String("switchPorts")).toArray()) {
        const QJsonObject port = value.toObject();
        const QString vlan = fieldOf(port, "vlan");
        out += QStringLiteral("switch port: %1 port %2%3\n")
                   .arg(fieldOf(port, "switch"), fieldOf(port, "port"),
                        vlan.isEmpty() ? QString() : QStringLiteral(", VLAN %1").arg(vlan));
    }
    const QJsonObject tree = wire.value(QLatin1String("spanningTree")).toObject();
    if (!tree.isEmpty())
        out += QStringLiteral("spanning tree: %1, machines may wait %2 s after link-up\n")
                   .arg(fieldOf(tree, "protocol"))
                   .arg(2 * tree.value(QLatin1String("forwardDelay")).toInteger());
    return out;
}

QString neighboursText(const QJsonArray& neighbours) {
    QString out;
    for (const QJsonValue value : neighbours) {
        const QJsonObject row = value.toObject();
        QStringList words{fieldOf(row, "kind"), fieldOf(row, "name"), fieldOf(row, "vendor")};
        words.removeAll(QString());
        out += QStringLiteral("%1 %2 %3\n")
                   .arg(fieldOf(row, "mac"), -17)
                   .arg(fieldOf(row, "ip"), -15)
                   .arg(words.join(QStringLiteral(", ")));
    }
    return out;
}

} // namespace

int status(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.addOptions({stateOption(), jsonOption()});
    if (const auto ended = parse(parser, "status", arguments))
        return *ended;
    StateAccess state(stateDirectory(parser.value(QStringLiteral("state"))));
    QJsonObject answer = state.ask({{QStringLiteral("act"), QStringLiteral("status")}});
    if (const int failed = report(answer); failed != Done)
        return failed;
    answer.remove(QStringLiteral("ok"));
    const QJsonObject wire = answer.value(QLatin1String("wire")).toObject();
    print(parser.isSet(QStringLiteral("json"))
              ? QString::fromUtf8(QJsonDocument(answer).toJson())
              : servicesText(answer) + portsText(wire) +
                    neighboursText(wire.value(QLatin1String("neighbours")).toArray()));
    return Done;
}

} // namespace rackmuster::ctl
