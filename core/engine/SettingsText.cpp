#include "core/engine/SettingsText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace rackmuster::engine {

namespace {

template <typename T>
QJsonValue toValue(const std::optional<T>& value) {
    return value ? QJsonValue(QString::fromStdString(value->toString())) : QJsonValue();
}

template <typename T>
std::optional<T> fromValue(const QJsonValue& value) {
    const auto parsed = T::parse(value.toString().toStdString());
    return parsed ? std::optional<T>(*parsed) : std::nullopt;
}

} // namespace

std::string toJsonText(const ServiceSettings& settings) {
    QJsonArray dns;
    for (const Ipv4Address address : settings.dns)
        dns.append(QString::fromStdString(address.toString()));
    const QJsonObject json{
        {QStringLiteral("interface"), settings.interface},
        {QStringLiteral("dhcp"), static_cast<int>(settings.dhcpMode)},
        {QStringLiteral("range"), toValue(settings.range)},
        {QStringLiteral("quarantine"), toValue(settings.quarantine)},
        {QStringLiteral("lease"),
         settings.leaseSeconds ? QJsonValue(qint64{*settings.leaseSeconds}) : QJsonValue()},
        {QStringLiteral("gateway"), toValue(settings.gateway)},
        {QStringLiteral("dns"), dns},
        {QStringLiteral("httpPort"), settings.httpPort},
        {QStringLiteral("syslogPort"), settings.syslogPort},
        {QStringLiteral("checksAddresses"), settings.checksAddresses},
        {QStringLiteral("toleratesOtherServers"), settings.toleratesOtherServers},
        {QStringLiteral("asksBootServer"), settings.proxyStyle == boot::ProxyStyle::BootServer},
        {QStringLiteral("answersOnlyApproved"), settings.answersOnlyApproved},
        {QStringLiteral("isAuthoritative"), settings.isAuthoritative},
    };
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

ServiceSettings settingsFromJsonText(const std::string& text) {
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
    ServiceSettings settings;
    if (json.isEmpty())
        return settings;
    settings.interface = json.value(QLatin1String("interface")).toString();
    const int mode = json.value(QLatin1String("dhcp")).toInt();
    for (const boot::DhcpMode known : {boot::DhcpMode::Proxy, boot::DhcpMode::Off}) {
        if (mode == static_cast<int>(known))
            settings.dhcpMode = known;
    }
    settings.range = fromValue<Ipv4Range>(json.value(QLatin1String("range")));
    settings.quarantine = fromValue<Ipv4Range>(json.value(QLatin1String("quarantine")));
    const QJsonValue lease = json.value(QLatin1String("lease"));
    settings.leaseSeconds =
        lease.isNull() ? std::nullopt : std::optional(static_cast<std::uint32_t>(lease.toInteger()));
    settings.gateway = fromValue<Ipv4Address>(json.value(QLatin1String("gateway")));
    const QJsonArray servers = json.value(QLatin1String("dns")).toArray();
    for (const QJsonValue server : servers) {
        if (const auto address = fromValue<Ipv4Address>(server))
            settings.dns.push_back(*address);
    }
    settings.httpPort = static_cast<quint16>(json.value(QLatin1String("httpPort")).toInt(80));
    settings.syslogPort = static_cast<quint16>(json.value(QLatin1String("syslogPort")).toInt(514));
    settings.checksAddresses = json.value(QLatin1String("checksAddresses")).toBool(true);
    settings.toleratesOtherServers = json.value(QLatin1String("toleratesOtherServers")).toBool();
    if (json.value(QLatin1String("asksBootServer")).toBool())
        settings.proxyStyle = boot::ProxyStyle::BootServer;
    settings.answersOnlyApproved = json.value(QLatin1String("answersOnlyApproved")).toBool();
    settings.isAuthoritative = json.value(QLatin1String("isAuthoritative")).toBool();
    return settings;
}

} // namespace rackmuster::engine
