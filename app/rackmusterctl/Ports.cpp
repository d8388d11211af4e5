#include "app/rackmusterctl/Command.h"
#include "app/rackmusterctl/Secrets.h"
#include "app/rackmusterctl/StateAccess.h"
#include "app/rackmusterctl/SwitchOptions.h"
#include "core/switchport/PortMap.h"
#include "core/switchport/SwitchWalk.h"

#include <QCommandLineParser>
#include <QJsonArray>
#include <QJsonDocument>

namespace rackmuster::ctl {

namespace {

using namespace switchport;

const SwitchOptions switchOptions("");

struct PortsOptions {
    std::vector<SwitchAccess> switches;
    PortMap map;
    unsigned mostMacs = mostMacsOfAMachine;
    bool asJson = false;
    bool places = false;
    QString state;
};

void declare(QCommandLineParser& parser) {
    const auto add = [&parser](const char* name, const char* description, const char* value,
                               const char* standard = "") {
        parser.addOption({QString::fromLatin1(name), QString::fromUtf8(description),
                          QString::fromLatin1(value), QString::fromLatin1(standard)});
    };
    switchOptions.declare(parser);
    add("map", "Port map: lines “SLOT PORT”, or a pattern like Gi1/0/{slot}.", "FILE");
    add("pattern", "The pattern of a port map.", "PATTERN");
    parser.addOption(jsonOption());
    parser.addOption(stateOption());
    parser.addOption({QStringLiteral("place"),
                      QStringLiteral("Put the machines of the roster into the slots of their ports: a known "
                                     "port beats the order of arrival.")});
}

/// Complains of a map's lines itself: the others are read.
Result<void> readMap(const QCommandLineParser& parser, PortsOptions& options) {
    QByteArray map = parser.value(QStringLiteral("pattern")).toUtf8() + '\n';
    if (parser.isSet(QStringLiteral("map"))) {
        const auto text = readText(parser.value(QStringLiteral("map")));
        if (!text)
            return tl::unexpected(text.error());
        map = *text + '\n' + map;
    }
    PortMapFile file = PortMap::parse(map.toStdString());
    for (const Error& error : file.errors)
        complain(error);
    options.map = std::move(file.map);
    return {};
}

QJsonArray toJson(const std::vector<int>& numbers) {
    QJsonArray out;
    for (const int number : numbers)
        out.append(number);
    return out;
}

QJsonObject toJson(const SwitchPort& port) {
    return {{QStringLiteral("switch"), QString::fromStdString(port.switchAddress)},
            {QStringLiteral("port"), QString::fromStdString(port.name)}};
}

QJsonObject toJson(const PortReading& reading, const PortMap& map) {
    QJsonArray machines;
    for (const Sighting& sighting : reading.sightings) {
        QJsonObject row = toJson(sighting.port);
        row.insert(QStringLiteral("mac"), QString::fromStdString(sighting.mac.toString()));
        row.insert(QStringLiteral("vlans"), toJson(sighting.vlans));
        if (const auto slot = map.slotOf(sighting.port))
            row.insert(QStringLiteral("slot"), *slot);
        machines.append(row);
    }
    QJsonArray uplinks;
    for (const Uplink& uplink : reading.uplinks) {
        QJsonObject row = toJson(uplink.port);
        row.insert(QStringLiteral("macs"), static_cast<qint64>(uplink.macs));
        uplinks.append(row);
    }
    QJsonArray contradictions;
    for (const ContradictedMac& contradicted : reading.contradictions) {
        QJsonArray ports;
        for (const SwitchPort& port : contradicted.ports)
            ports.append(toJson(port));
        contradictions.append(
            QJsonObject{{QStringLiteral("mac"), QString::fromStdString(contradicted.mac.toString())},
                        {QStringLiteral("ports"), ports}});
    }
    return {{QStringLiteral("machines"), machines},
            {QStringLiteral("uplinks"), uplinks},
            {QStringLiteral("contradictions"), contradictions}};
}

QString toTable(const PortReading& reading, const PortMap& map) {
    const auto line = [](const QString& slot, const QString& mac, const SwitchPort& port,
                         const QString& note) {
        return QStringLiteral("%1 %2 %3 %4 %5\n")
            .arg(slot, 4)
            .arg(mac, -17)
            .arg(QString::fromStdString(port.switchAddress), -15)
            .arg(QString::fromStdString(port.name), -20)
            .arg(note);
    };
    QString out =
        line(QStringLiteral("slot"), QStringLiteral("mac"), {"switch", "port"}, QStringLiteral("vlans"));
    for (const Sighting& sighting : reading.sightings) {
        const auto slot = map.slotOf(sighting.port);
        QStringList vlans;
        for (const int vlan : sighting.vlans)
            vlans.append(QString::number(vlan));
        out +=
            line(slot ? QString::number(*slot) : QString(), QString::fromStdString(sighting.mac.toString()),
                 sighting.port, vlans.join(QLatin1Char(',')));
    }
    for (const Uplink& uplink : reading.uplinks)
        out += line({}, QStringLiteral("%1 addresses").arg(uplink.macs), uplink.port,
                    QStringLiteral("an uplink: it orders nobody"));
    for (const ContradictedMac& contradicted : reading.contradictions) {
        for (const SwitchPort& port : contradicted.ports)
            out += line({}, QString::fromStdString(contradicted.mac.toString()), port,
                        QStringLiteral("on several ports: it orders nobody"));
    }
    return out;
}

/// A status when the command ends here.
std::optional<int> parseOptions(const QStringList& arguments, PortsOptions& options) {
    QCommandLineParser parser;
    declare(parser);
    if (const auto status = parse(parser, "ports", arguments))
        return status;
    options.asJson = parser.isSet(QStringLiteral("json"));
    options.places = parser.isSet(QStringLiteral("place"));
    options.state = stateDirectory(parser.value(QStringLiteral("state")));
    auto wrong = switchOptions.read(parser, options.switches, options.mostMacs);
    if (!wrong && options.switches.empty())
        wrong = QStringLiteral("Name the switch with --switch ADDRESS.");
    const bool hasMap = parser.isSet(QStringLiteral("map")) || parser.isSet(QStringLiteral("pattern"));
    if (!wrong && options.places && !hasMap)
        wrong = QStringLiteral("--place needs a port map: --map FILE or --pattern PATTERN.");
    if (wrong) {
        complain(*wrong);
        return WrongUsage;
    }
    auto read = switchOptions.readSecrets(parser, options.switches);
    if (read)
        read = readMap(parser, options);
    if (read)
        return std::nullopt;
    complain(read.error());
    return AnswerIsNo;
}

int place(const PortReading& reading, const PortsOptions& options) {
    QJsonObject slots;
    for (const Sighting& sighting : reading.sightings) {
        if (const auto slot = options.map.slotOf(sighting.port))
            slots.insert(QString::fromStdString(sighting.mac.toString()), *slot);
    }
    StateAccess state(options.state);
    const QJsonObject answer = state.ask(
        {{QStringLiteral("act"), QStringLiteral("place-by-port")}, {QStringLiteral("slots"), slots}});
    if (const int status = report(answer); status != Done)
        return status;
    if (!options.asJson)
        print(QStringLiteral("Machines placed: %1").arg(answer.value(QLatin1String("moved")).toInt()));
    return Done;
}

} // namespace

int ports(const QStringList& arguments) {
    PortsOptions options;
    if (const auto status = parseOptions(arguments, options))
        return *status;
    std::vector<SwitchTables> tables;
    for (const SwitchAccess& access : options.switches) {
        auto walked = walkSwitch(access);
        if (!walked) {
            complain(walked.error());
            return AnswerIsNo;
        }
        tables.push_back(std::move(*walked));
    }
    const PortReading reading = readPorts(tables, options.mostMacs);
    print(options.asJson ? QString::fromUtf8(QJsonDocument(toJson(reading, options.map)).toJson())
                         : toTable(reading, options.map));
    return options.places ? place(reading, options) : Done;
}

} // namespace rackmuster::ctl
