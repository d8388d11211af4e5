#include "app/rackmusterctl/Command.h"
#include "app/rackmusterctl/Secrets.h"
#include "app/rackmusterctl/StateAccess.h"
#include "core/switchport/PortMap.h"
#include "core/switchport/SwitchWalk.h"

#include <QCommandLineParser>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace rackmuster::ctl {

namespace {

using namespace switchport;

struct PortsOptions {
    std::vector<SwitchAccess> switches;
    PortMap map;
    std::size_t mostMacs = mostMacsOfAMachine;
    bool asJson = false;
    bool places = false;
    QString state;
};

void declare(QCommandLineParser& parser) {
    const auto add = [&parser](const char* name, const char* description, const char* value,
                               const char* standard = "") {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(description),
                          QString::fromLatin1(value), QString::fromLatin1(standard)});
    };
    add("switch", "Switch to ask by SNMP (required); repeatable.", "ADDRESS[:PORT]");
    add("user", "User of SNMPv3; without one, SNMPv2c is spoken.", "NAME");
    add("auth", "Authentication of the user: none, md5, sha, sha256 or sha512.", "KIND", "sha");
    add("priv", "Privacy of the user: none, aes or aes256.", "KIND", "aes");
    add("secrets", "File of lines community=, auth-password= and priv-password=; - is standard input.",
        "FILE");
    add("vlan", "VLAN that has a bridge of its own, as on Cisco switches; repeatable.", "N");
    add("map", "Port map: lines “SLOT PORT”, or a pattern like Gi1/0/{slot}.", "FILE");
    add("pattern", "The pattern of a port map.", "PATTERN");
    add("uplink", "A port with more MAC addresses than this is an uplink.", "N", "4");
    parser.addOption(jsonOption());
    parser.addOption(stateOption());
    parser.addOption({QStringLiteral("place"),
                      QStringLiteral("Put the machines of the roster into the slots of their ports: a known "
                                     "port beats the order of arrival.")});
}

/// The sentence of what is wrong, or nothing.
std::optional<QString> readSwitch(const QString& text, const SwitchAccess& common, PortsOptions& options) {
    SwitchAccess access = common;
    access.address = text.section(QLatin1Char(':'), 0, 0).toStdString();
    if (text.contains(QLatin1Char(':'))) {
        access.port = text.section(QLatin1Char(':'), 1).toUShort();
        if (access.port == 0)
            return QStringLiteral("--switch does not take “%1”.").arg(text);
    }
    options.switches.push_back(access);
    return std::nullopt;
}

std::optional<QString> readUser(const QCommandLineParser& parser, SwitchAccess& access) {
    access.user.name = parser.value(QStringLiteral("user")).toStdString();
    if (access.user.name.empty())
        return std::nullopt;
    constexpr std::array authentications{
        std::pair{"none", Authentication::None}, std::pair{"md5", Authentication::Md5},
        std::pair{"sha", Authentication::Sha1}, std::pair{"sha256", Authentication::Sha256},
        std::pair{"sha512", Authentication::Sha512}};
    constexpr std::array privacies{std::pair{"none", Privacy::None}, std::pair{"aes", Privacy::Aes128},
                                   std::pair{"aes256", Privacy::Aes256}};
    const auto choose = [&parser](const char* name, const auto& choices,
                                  auto& into) -> std::optional<QString> {
        const QString value = parser.value(QString::fromLatin1(name));
        for (const auto& [word, choice] : choices) {
            if (value == QLatin1String(word)) {
                into = choice;
                return std::nullopt;
            }
        }
        return QStringLiteral("--%1 does not take “%2”.").arg(QString::fromLatin1(name), value);
    };
    const auto wrong = choose("auth", authentications, access.user.authentication);
    return wrong ? wrong : choose("priv", privacies, access.user.privacy);
}

std::optional<QString> readNumbers(const QCommandLineParser& parser, SwitchAccess& access,
                                   PortsOptions& options) {
    constexpr uint lastVlan = 4094;
    for (const QString& text : parser.values(QStringLiteral("vlan"))) {
        const uint vlan = text.toUInt();
        if (vlan < 1 || vlan > lastVlan)
            return QStringLiteral("--vlan does not take “%1”.").arg(text);
        access.vlans.push_back(static_cast<int>(vlan));
    }
    options.mostMacs = parser.value(QStringLiteral("uplink")).toUInt();
    if (options.mostMacs == 0)
        return QStringLiteral("--uplink does not take “%1”.").arg(parser.value(QStringLiteral("uplink")));
    return std::nullopt;
}

/// What wants a file. Complains of a map's lines itself: the others are read.
Result<void> readFiles(const QCommandLineParser& parser, SwitchAccess& access, PortsOptions& options) {
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
    if (!parser.isSet(QStringLiteral("secrets")))
        return {};
    const auto secrets = readSecrets(
        parser.value(QStringLiteral("secrets")),
        {QStringLiteral("community"), QStringLiteral("auth-password"), QStringLiteral("priv-password")});
    if (!secrets)
        return tl::unexpected(secrets.error());
    const auto take = [&secrets](const char* name, std::string& into) {
        if (const auto found = secrets->find(QString::fromLatin1(name)); found != secrets->end())
            into = found->second.toStdString();
    };
    take("community", access.community);
    take("auth-password", access.user.authenticationPassword);
    take("priv-password", access.user.privacyPassword);
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
    SwitchAccess common;
    auto wrong = readUser(parser, common);
    if (!wrong)
        wrong = readNumbers(parser, common, options);
    if (!wrong && !parser.isSet(QStringLiteral("switch")))
        wrong = QStringLiteral("Name the switch with --switch ADDRESS.");
    const bool hasMap = parser.isSet(QStringLiteral("map")) || parser.isSet(QStringLiteral("pattern"));
    if (!wrong && options.places && !hasMap)
        wrong = QStringLiteral("--place needs a port map: --map FILE or --pattern PATTERN.");
    if (!wrong) {
        if (const auto read = readFiles(parser, common, options); !read) {
            complain(read.error());
            return AnswerIsNo;
        }
    }
    for (const QString& text : parser.values(QStringLiteral("switch"))) {
        if (!wrong)
            wrong = readSwitch(text, common, options);
    }
    if (!wrong)
        return std::nullopt;
    complain(*wrong);
    return WrongUsage;
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
