#include "core/engine/PortSettings.h"

#include "core/switchport/PortMap.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace rackmuster::engine {

namespace {

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QJsonObject toJson(const SwitchAccess& access) {
    QJsonArray vlans;
    for (const int vlan : access.vlans)
        vlans.append(vlan);
    return {{QStringLiteral("address"), text(switchport::addressText(access))},
            {QStringLiteral("community"), text(access.community)},
            {QStringLiteral("user"), text(access.user.name)},
            {QStringLiteral("auth"), text(switchport::toWord(access.user.authentication))},
            {QStringLiteral("authPassword"), text(access.user.authenticationPassword)},
            {QStringLiteral("priv"), text(switchport::toWord(access.user.privacy))},
            {QStringLiteral("privPassword"), text(access.user.privacyPassword)},
            {QStringLiteral("vlans"), vlans}};
}

std::optional<SwitchAccess> fromJson(const QJsonObject& json) {
    const auto word = [&json](const char* key) {
        return json.value(QLatin1String(key)).toString().toStdString();
    };
    SwitchAccess access;
    const auto authentication = switchport::authenticationFromWord(word("auth"));
    const auto privacy = switchport::privacyFromWord(word("priv"));
    if (!switchport::readAddress(word("address"), access) || !authentication || !privacy)
        return std::nullopt;
    access.community = word("community");
    access.user = {word("user"), *authentication, word("authPassword"), *privacy, word("privPassword")};
    const QJsonArray vlans = json.value(QLatin1String("vlans")).toArray();
    for (const QJsonValue vlan : vlans)
        access.vlans.push_back(vlan.toInt());
    return access;
}

} // namespace

std::vector<Error> portMapProblems(const QString& map) {
    return switchport::PortMap::parse(map.toStdString()).errors;
}

std::string switchesToJsonText(const PortSettings& settings) {
    QJsonArray switches;
    for (const SwitchAccess& access : settings.switches)
        switches.append(toJson(access));
    const QJsonObject json{{QStringLiteral("switches"), switches},
                           {QStringLiteral("uplink"), static_cast<qint64>(settings.mostMacs)}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

void readSwitches(const std::string& text, PortSettings& settings) {
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
    settings.switches.clear();
    const QJsonArray switches = json.value(QLatin1String("switches")).toArray();
    for (const QJsonValue entry : switches) {
        if (const auto access = fromJson(entry.toObject()))
            settings.switches.push_back(*access);
    }
    settings.mostMacs = static_cast<unsigned>(
        std::max(1, json.value(QLatin1String("uplink")).toInt(static_cast<int>(PortSettings().mostMacs))));
}

} // namespace rackmuster::engine
