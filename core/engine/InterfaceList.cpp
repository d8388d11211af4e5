#include "core/engine/InterfaceList.h"

#include "core/net/Interfaces.h"

namespace rackmuster::engine {

namespace {

InterfaceInfo toInfo(const net::Interface& interface) {
    InterfaceInfo info;
    info.name = QString::fromStdString(interface.name);
    if (interface.mac)
        info.description = QString::fromStdString(interface.mac->toString());
    if (!interface.addresses.empty()) {
        info.address = QString::fromStdString(interface.addresses.front().address.toString());
        info.prefixLength = interface.addresses.front().prefixLength;
    }
    info.hasLink = interface.hasLink;
    info.isWireless = interface.isWireless;
    return info;
}

} // namespace

std::vector<InterfaceInfo> listInterfaces() {
    std::vector<InterfaceInfo> infos;
    for (const net::Interface& interface : net::listInterfaces())
        infos.push_back(toInfo(interface));
    return infos;
}

} // namespace rackmuster::engine
