#include "core/power/RedfishDocuments.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <algorithm>

namespace rackmuster::power {

namespace {

constexpr qsizetype longestPath = 512; // identifiers have some ten letters

Result<QJsonObject> parse(const QByteArray& document, const std::string& host) {
    const QJsonDocument json = QJsonDocument::fromJson(document);
    if (!json.isObject())
        return fail(ErrorCode::BmcFailed, host, "its answer is no Redfish document");
    return json.object();
}

/// A path of the same service: the password goes nowhere else.
bool isPath(const QString& path) {
    return path.startsWith(QLatin1String("/redfish/")) && path.size() <= longestPath &&
           !path.contains(QLatin1String("..")) && std::all_of(path.begin(), path.end(), [](QChar c) {
               return c > u' ' && c < u'\x7F' && c != u'\\';
           });
}

QStringList words(const QJsonValue& array) {
    QStringList out;
    for (const QJsonValue value : array.toArray())
        out.append(value.toString());
    return out;
}

/// A machine that is off takes any of them; On is the gentlest and the one that all but a few have.
QString resetTypeOf(const QJsonObject& action) {
    const QJsonValue allowable = action.value(QLatin1String("ResetType@Redfish.AllowableValues"));
    if (!allowable.isArray())
        return QStringLiteral("On"); // it does not say; every service has On (DSP0268, ResetType)
    const QStringList allowed = words(allowable);
    for (const QString& type :
         {QStringLiteral("On"), QStringLiteral("ForceOn"), QStringLiteral("PushPowerButton")}) {
        if (allowed.contains(type))
            return type;
    }
    return {};
}

} // namespace

Result<QString> readSystems(const QByteArray& document, const QString& wanted, const std::string& host) {
    const auto json = parse(document, host);
    if (!json)
        return tl::unexpected(json.error());
    QStringList paths;
    for (const QJsonValue member : json->value(QLatin1String("Members")).toArray()) {
        const QString path = member.toObject().value(QLatin1String("@odata.id")).toString();
        if (isPath(path) &&
            (wanted.isEmpty() || path.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty) == wanted))
            paths.append(path);
    }
    if (paths.isEmpty())
        return fail(ErrorCode::BmcFailed, host,
                    wanted.isEmpty() ? "it tells of no system" : "it has no system " + wanted.toStdString());
    if (paths.size() > 1)
        return fail(ErrorCode::BmcFailed, host,
                    "it has " + std::to_string(paths.size()) + " systems; name one as ADDRESS/SYSTEM");
    return paths.constFirst();
}

Result<RedfishSystem> readSystem(const QByteArray& document, const std::string& host) {
    const auto json = parse(document, host);
    if (!json)
        return tl::unexpected(json.error());
    RedfishSystem system;
    const QString state = json->value(QLatin1String("PowerState")).toString();
    if (state != QLatin1String("On") && state != QLatin1String("Off") &&
        state != QLatin1String("PoweringOn") && state != QLatin1String("PoweringOff"))
        return fail(ErrorCode::BmcFailed, host, "it does not say whether the machine is on");
    system.state = state == QLatin1String("Off") ? PowerState::Off : PowerState::On;
    const QJsonObject action = json->value(QLatin1String("Actions"))
                                   .toObject()
                                   .value(QLatin1String("#ComputerSystem.Reset"))
                                   .toObject();
    system.resetTarget = action.value(QLatin1String("target")).toString();
    if (isPath(system.resetTarget))
        system.resetType = resetTypeOf(action);
    const QJsonValue targets = json->value(QLatin1String("Boot"))
                                   .toObject()
                                   .value(QLatin1String("BootSourceOverrideTarget@Redfish.AllowableValues"));
    system.bootsFromNetwork = !targets.isArray() || words(targets).contains(QLatin1String("Pxe"));
    return system;
}

std::string readRedfishError(const QByteArray& document) {
    constexpr qsizetype shown = 200;
    const QJsonObject error =
        QJsonDocument::fromJson(document).object().value(QLatin1String("error")).toObject();
    const QJsonArray details = error.value(QLatin1String("@Message.ExtendedInfo")).toArray();
    QString text =
        details.isEmpty() ? QString() : details.first().toObject().value(QLatin1String("Message")).toString();
    if (text.isEmpty())
        text = error.value(QLatin1String("message")).toString();
    text = text.left(shown).simplified();
    text.removeIf([](QChar c) { return !c.isPrint(); });
    while (text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return text.toStdString();
}

} // namespace rackmuster::power
