#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Ipv4Address.h"

#include <QStringList>

#include <memory>
#include <string>

namespace rackmuster::tests {

/// Two network namespaces joined by a virtual cable: the console's end and the machines' end. They have no
/// name, only the descriptors of this process, so the kernel removes them on any exit, also when the test
/// crashes. Needs root.
class NetworkNamespace {
public:
    static constexpr auto serverInterface = "rack0";
    static constexpr auto clientInterface = "port0";
    static constexpr Ipv4Address serverAddress{192, 168, 77, 1}; ///< /24, on the console's end

    /// Null with a reason in `whyNot` when this process may not make one.
    [[nodiscard]] static std::unique_ptr<NetworkNamespace> create(QString& whyNot);

    /// Keeps the calling thread, and what it starts, inside until it is destroyed.
    class Visit {
    public:
        explicit Visit(int where);
        ~Visit();
        Visit(const Visit&) = delete;
        Visit& operator=(const Visit&) = delete;

    private:
        FileDescriptor m_home;
    };
    [[nodiscard]] Visit enterServer() const { return Visit(m_server.get()); }
    [[nodiscard]] Visit enterClient() const { return Visit(m_client.get()); }

    /// Gives the machines' end another address of the same /24.
    [[nodiscard]] bool addClientAddress(Ipv4Address address) const;
    /// Runs `ip` with `arguments` at the console's end.
    [[nodiscard]] bool configureServer(const QStringList& arguments) const;

private:
    NetworkNamespace(FileDescriptor server, FileDescriptor client);

    FileDescriptor m_server;
    FileDescriptor m_client;
};

} // namespace rackmuster::tests
