#include "core/net/Interfaces.h"

#include <QFileInfo>
#include <QHostAddress>
#include <QNetworkInterface>

#include <algorithm>

namespace rackmuster::net {

namespace {

std::vector<InterfaceAddress> ipv4Addresses(const QNetworkInterface& interface) {
    std::vector<InterfaceAddress> addresses;
    for (const QNetworkAddressEntry& entry : interface.addressEntries()) {
        bool isIpv4 = false;
        const quint32 value = entry.ip().toIPv4Address(&isIpv4);
        if (isIpv4 && entry.ip().protocol() == QAbstractSocket::IPv4Protocol)
            addresses.push_back({Ipv4Address(value), static_cast<unsigned>(entry.prefixLength())});
    }
    return addresses;
}

bool isWireless(const QString& name) {
    const QString folder = QStringLiteral("/sys/class/net/") + name;
    return QFileInfo::exists(folder + QStringLiteral("/wireless")) ||
           QFileInfo::exists(folder + QStringLiteral("/phy80211"));
}

Interface describe(const QNetworkInterface& source) {
    Interface interface;
    interface.name = source.name().toStdString();
    if (const Result<MacAddress> mac = MacAddress::parse(source.hardwareAddress().toStdString()))
        interface.mac = *mac;
    interface.addresses = ipv4Addresses(source);
    // IFF_RUNNING follows the carrier (operstate).
    interface.hasLink = source.flags().testFlag(QNetworkInterface::IsRunning);
    interface.isWireless = isWireless(source.name());
    return interface;
}

/// Lower comes first: wired with link and address, then with a link, then the others.
int rank(const Interface& interface) {
    return (interface.isWireless ? 4 : 0) + (interface.hasLink ? 0 : 2) +
           (interface.addresses.empty() ? 1 : 0);
}

} // namespace

std::vector<Interface> listInterfaces() {
    std::vector<Interface> interfaces;
    for (const QNetworkInterface& interface : QNetworkInterface::allInterfaces()) {
        if (!interface.flags().testFlag(QNetworkInterface::IsLoopBack))
            interfaces.push_back(describe(interface));
    }
    std::ranges::stable_sort(interfaces, {}, rank);
    return interfaces;
}

Result<InterfaceAddress> addressOf(const std::string& interface) {
    const QNetworkInterface found = QNetworkInterface::interfaceFromName(QString::fromStdString(interface));
    if (!found.isValid())
        return fail(ErrorCode::NoSuchInterface, interface);
    const std::vector<InterfaceAddress> addresses = ipv4Addresses(found);
    if (addresses.empty())
        return fail(ErrorCode::NoAddress, interface);
    return addresses.front();
}

InterfaceState interfaceState(int index, Ipv4Address address) {
    const QNetworkInterface interface = QNetworkInterface::interfaceFromIndex(index);
    if (!interface.isValid())
        return InterfaceState::Gone;
    // IFF_RUNNING follows the carrier.
    const auto flags = interface.flags();
    if (!flags.testFlag(QNetworkInterface::IsUp) || !flags.testFlag(QNetworkInterface::IsRunning))
        return InterfaceState::NoLink;
    const QList<QNetworkAddressEntry> entries = interface.addressEntries();
    const QHostAddress wanted(address.value());
    const bool isThere = std::any_of(entries.begin(), entries.end(),
                                     [&](const QNetworkAddressEntry& entry) { return entry.ip() == wanted; });
    return isThere ? InterfaceState::Up : InterfaceState::AddressLost;
}

} // namespace rackmuster::net
