// What the engine makes of the network besides its machines: other DHCP servers, and addresses that they
// gave.

#include "core/engine/EngineCore.h"

namespace rackmuster::engine {

/// Who gives addresses decides what another server means (R09).
Services::OtherServers Engine::Core::otherServersFor(const ServiceSettings& settings) {
    if (settings.dhcpMode != boot::DhcpMode::Own)
        return Services::OtherServers::Expected;
    return settings.toleratesOtherServers ? Services::OtherServers::Tolerated
                                          : Services::OtherServers::Refused;
}

/// An operator finds a box by who made it.
Error Engine::Core::withVendor(Error error) const {
    const auto mac = MacAddress::parse(error.detail);
    const QString vendor =
        error.code == ErrorCode::OtherDhcpServer && mac ? m_vendors.nameOf(*mac) : QString();
    if (!vendor.isEmpty())
        error.detail += ", " + vendor.toStdString();
    return error;
}

/// Beside another DHCP server nobody tells us a machine's address. Its first request does: only it asks for
/// what lies in its own directory. From then on it is known by its address, as grub needs it (P69).
void Engine::Core::learnAddress(const net::FileServed& served) {
    const bool isOfOwnDirectory = served.machine && served.path.starts_with("m/");
    if (m_settings.dhcpMode != boot::DhcpMode::Proxy || !isOfOwnDirectory)
        return;
    m_publisher.setPeer(served.peer, *served.machine);
    note(m_keeper.apply(roster::Leased{*served.machine, served.peer}, wallNow()));
}

} // namespace rackmuster::engine
