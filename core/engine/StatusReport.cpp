#include "core/engine/StatusReport.h"

namespace rackmuster::engine {

namespace {

QString word(ServiceState state) {
    switch (state) {
    case ServiceState::Running:
        return QStringLiteral("running");
    case ServiceState::Paused:
        return QStringLiteral("paused");
    case ServiceState::Failed:
        return QStringLiteral("failed");
    case ServiceState::Stopped:
        break;
    }
    return QStringLiteral("stopped");
}

} // namespace

QJsonObject statusToJson(const Snapshot& snapshot) {
    const ServicesInfo& services = snapshot.services;
    QJsonObject json{{QStringLiteral("running"), services.isRunning},
                     {QStringLiteral("paused"), services.isPaused},
                     {QStringLiteral("interface"), services.interface},
                     {QStringLiteral("dhcp"), word(services.dhcp)},
                     {QStringLiteral("tftp"), word(services.tftp)},
                     {QStringLiteral("http"), word(services.http)},
                     {QStringLiteral("capture"), word(services.capture)},
                     {QStringLiteral("captureDropped"), static_cast<qint64>(services.captureDropped)},
                     {QStringLiteral("leases"), services.leases},
                     {QStringLiteral("bytesSent"), static_cast<qint64>(services.bytesSent)},
                     {QStringLiteral("wire"), wireToJson(snapshot.wire)}};
    if (services.address)
        json.insert(QStringLiteral("address"), QString::fromStdString(services.address->toString()));
    if (services.problem)
        json.insert(QStringLiteral("problem"), QString::fromStdString(message(*services.problem)));
    return json;
}

} // namespace rackmuster::engine
