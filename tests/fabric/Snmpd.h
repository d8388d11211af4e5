#pragma once

#include <QByteArray>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdint>

namespace rackmuster::tests {

/// Rows of the MIBs of a switch, as answer-snmp reads them.
class MibRows {
public:
    /// Bridge port `port` is interface 100 + `port` and is called `name`.
    void addPort(int port, const QByteArray& name);
    /// The MAC 52:54:0:0:HIGH:LOW on a bridge port, in dot1dTpFdbPort.
    void addMac(int low, int port, int high = 0);
    /// Likewise in dot1qTpFdbPort.
    void addVlanMac(int vlan, int low, int port);
    [[nodiscard]] const QByteArray& text() const { return m_text; }

private:
    QByteArray m_text;
};

/// A real snmpd on a loopback port of its own that answers with the given rows. Users: "operator" with
/// `password` and AES by SHA, "operator256" by SHA-256 and "operator512" by SHA-512; the community is
/// "fabric".
class Snmpd {
public:
    static constexpr auto program = "/usr/sbin/snmpd";
    static constexpr auto password = "authentic1";
    static constexpr auto privacyPassword = "private123";

    ~Snmpd();
    /// `vlan20`: another snmpd, which has the bridge of VLAN 20. True when it serves.
    [[nodiscard]] bool start(const MibRows& rows, const Snmpd* vlan20 = nullptr);
    [[nodiscard]] std::uint16_t port() const { return m_port; }

private:
    QTemporaryDir m_directory;
    QProcess m_process;
    QByteArray m_log;
    std::uint16_t m_port = 0;
};

} // namespace rackmuster::tests
