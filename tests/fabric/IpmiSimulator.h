#pragma once

#include <QByteArray>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdint>

namespace rackmuster::tests {

/// A real BMC in software: ipmi_sim of OpenIPMI, IPMI 2.0 by RMCP+ on a loopback port of its own. User
/// "operator", password "secret-1". Its chassis is two files.
class IpmiSimulator {
public:
    static constexpr auto program = "/usr/bin/ipmi_sim";

    ~IpmiSimulator();
    [[nodiscard]] bool start();
    [[nodiscard]] std::uint16_t port() const { return m_port; }
    /// "power": 0 or 1; "boot": none, default or pxe.
    [[nodiscard]] QByteArray chassis(const QString& name) const;

private:
    [[nodiscard]] bool write(const QString& name, const QByteArray& bytes) const;

    QTemporaryDir m_directory;
    QProcess m_process;
    std::uint16_t m_port = 0;
};

} // namespace rackmuster::tests
