#include "core/engine/EngineEvent.h"

namespace rackmuster::engine {

QJsonObject EngineEvent::toJson() const {
    QJsonObject json = facts;
    json.insert(QStringLiteral("time"), QString::fromStdString(toIsoText(time)));
    json.insert(QStringLiteral("event"), name);
    if (mac)
        json.insert(QStringLiteral("mac"), QString::fromStdString(mac->toString()));
    return json;
}

} // namespace rackmuster::engine
