#include "core/engine/WireInfo.h"

#include <QJsonArray>

#include <algorithm>
#include <set>

namespace rackmuster::engine {

namespace {

QString text(std::string_view utf8) {
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

void addVlan(QJsonObject& json, const boot::VlanTags& vlan) {
    if (vlan.outer)
        json.insert(QStringLiteral("vlan"), *vlan.outer);
    if (vlan.inner)
        json.insert(QStringLiteral("innerVlan"), *vlan.inner);
}

/// What a neighbour is; not when it was heard.
QJsonObject factsOf(const NeighbourInfo& info) {
    const boot::Neighbour& neighbour = info.neighbour;
    QJsonObject json{{QStringLiteral("kind"), text(boot::toWord(neighbour.kind))},
                     {QStringLiteral("dhcpServer"), neighbour.isDhcpServer},
                     {QStringLiteral("name"), text(neighbour.name)},
                     {QStringLiteral("description"), text(neighbour.description)},
                     {QStringLiteral("vendor"), info.vendor}};
    if (neighbour.address)
        json.insert(QStringLiteral("ip"), text(neighbour.address->toString()));
    addVlan(json, neighbour.vlan);
    return json;
}

QJsonObject neighbourToJson(const NeighbourInfo& info) {
    const boot::Neighbour& neighbour = info.neighbour;
    QJsonObject json = factsOf(info);
    json.insert(QStringLiteral("mac"), text(neighbour.mac.toString()));
    json.insert(QStringLiteral("firstHeard"), text(toIsoText(neighbour.firstHeard)));
    json.insert(QStringLiteral("lastHeard"), text(toIsoText(neighbour.lastHeard)));
    json.insert(QStringLiteral("count"), static_cast<qint64>(neighbour.count));
    return json;
}

QJsonObject portToJson(const boot::SwitchPort& port) {
    QJsonObject json{{QStringLiteral("switch"), text(port.switchName)},
                     {QStringLiteral("port"), text(port.port)},
                     {QStringLiteral("hardware"), text(port.mac.toString())}};
    if (port.vlan)
        json.insert(QStringLiteral("vlan"), *port.vlan);
    return json;
}

QJsonArray portsToJson(const std::vector<boot::SwitchPort>& ports) {
    QJsonArray array;
    for (const boot::SwitchPort& port : ports)
        array.append(portToJson(port));
    return array;
}

QJsonObject treeToJson(const boot::SpanningTree& tree) {
    return {{QStringLiteral("protocol"), text(boot::toWord(tree.protocol))},
            {QStringLiteral("root"), text(tree.root.toString())},
            {QStringLiteral("bridge"), text(tree.bridge.toString())},
            {QStringLiteral("forwardDelay"), static_cast<qint64>(tree.forwardDelay.count())}};
}

} // namespace

WireInfo makeWireInfo(const boot::WirePicture& picture, const Vendors& vendors,
                      const roster::Roster& roster) {
    WireInfo info;
    for (const boot::Neighbour& neighbour : picture.neighbours) {
        if (roster.find(neighbour.mac) == nullptr)
            info.neighbours.push_back({neighbour, vendors.nameOf(neighbour.mac)});
    }
    info.switchPorts = picture.switchPorts;
    info.spanningTree = picture.spanningTree;
    info.taggedVlans = picture.taggedVlans;
    return info;
}

std::vector<EngineEvent> wireNews(const WireInfo& before, const WireInfo& after, WallTime now) {
    std::vector<EngineEvent> news;
    std::set<MacAddress> known;
    for (const NeighbourInfo& info : before.neighbours)
        known.insert(info.neighbour.mac);
    for (const NeighbourInfo& info : after.neighbours) {
        if (!known.contains(info.neighbour.mac))
            news.push_back({now, QStringLiteral("neighbour"), info.neighbour.mac, factsOf(info)});
    }
    if (before.switchPorts != after.switchPorts)
        news.push_back({now,
                        QStringLiteral("switch-port"),
                        std::nullopt,
                        {{QStringLiteral("ports"), portsToJson(after.switchPorts)}}});
    if (before.spanningTree != after.spanningTree) {
        QJsonObject facts = after.spanningTree ? treeToJson(*after.spanningTree) : QJsonObject();
        facts.insert(QStringLiteral("isOver"), !after.spanningTree);
        news.push_back({now, QStringLiteral("spanning-tree"), std::nullopt, facts});
    }
    return news;
}

QJsonObject wireToJson(const WireInfo& wire) {
    QJsonArray neighbours;
    for (const NeighbourInfo& info : wire.neighbours)
        neighbours.append(neighbourToJson(info));
    QJsonArray vlans;
    for (const std::uint16_t vlan : wire.taggedVlans)
        vlans.append(vlan);
    QJsonObject json{{QStringLiteral("switchPorts"), portsToJson(wire.switchPorts)},
                     {QStringLiteral("taggedVlans"), vlans},
                     {QStringLiteral("neighbours"), neighbours}};
    if (wire.spanningTree)
        json.insert(QStringLiteral("spanningTree"), treeToJson(*wire.spanningTree));
    return json;
}

} // namespace rackmuster::engine
