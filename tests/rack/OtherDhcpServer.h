#pragma once

#include "tests/rack/VirtualRack.h"

#include <QProcess>

namespace rackmuster::test {

/// A real dnsmasq that gives addresses from a free port of the rack's switch, in a network namespace of its
/// own that goes with it. It knows nothing of booting. Its address is 10.77.0.2, its range .50-.60.
class OtherDhcpServer {
public:
    explicit OtherDhcpServer(const VirtualRack& rack) : m_rack(rack) {}
    ~OtherDhcpServer();
    OtherDhcpServer(const OtherDhcpServer&) = delete;
    OtherDhcpServer& operator=(const OtherDhcpServer&) = delete;

    /// True when it serves; `moreOptions` of dnsmasq.
    bool start(const QString& moreOptions = {});
    /// What it said of its leases.
    [[nodiscard]] QByteArray log();

private:
    bool waitForLine(const char* text);

    const VirtualRack& m_rack;
    QProcess m_process;
    QByteArray m_log;
};

} // namespace rackmuster::test
