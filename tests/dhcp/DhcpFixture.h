#pragma once

#include "core/storage/LeaseDatabase.h"
#include "tests/dhcp/DhcpService.h"
#include "tests/support/DhcpLoad.h"
#include "tests/support/NetworkNamespace.h"
#include "tests/support/RunningServer.h"
#include "tests/support/ServerEventLog.h"

#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace rackmuster::tests {

inline bool isThorough() {
    return qEnvironmentVariableIntValue("RACKMUSTER_THOROUGH") == 1;
}

/// A DHCP server at the console's end of a cable, and clients at the other. The network of the service is
/// larger than that of the cable's addresses, so that a thousand machines have room.
class DhcpFixture {
public:
    explicit DhcpFixture(const NetworkNamespace& network) : m_network(network), m_database(databasePath()) {
        service.interface = NetworkNamespace::serverInterface;
        service.address = NetworkNamespace::serverAddress;
        service.prefixLength = 16;
        service.range = "192.168.100.0-192.168.129.255";
    }

    DhcpService service;
    boot::DhcpLimits::Settings limits;

    [[nodiscard]] QString databasePath() const { return m_directory.filePath(QStringLiteral("leases.db")); }
    /// `store`: instead of the real database; not owned.
    void start(boot::LeaseStore* store = nullptr) {
        stop();
        const NetworkNamespace::Visit visit = m_network.enterServer();
        auto options = service.open(store != nullptr ? *store : m_database, m_clock, log.sink());
        options.limits = limits;
        m_server = std::make_unique<net::DhcpServer>(std::move(options));
        m_running = std::make_unique<RunningServer<net::DhcpServer>>(*m_server);
    }
    void stop() {
        m_running.reset();
        m_server.reset();
    }
    /// Clients that broadcast.
    [[nodiscard]] DhcpLoad::Options load(std::uint32_t clients) const {
        DhcpLoad::Options options;
        options.interface = NetworkNamespace::clientInterface;
        options.server = NetworkNamespace::serverAddress;
        options.clients = clients;
        options.patience = std::chrono::seconds(3);
        return options;
    }
    [[nodiscard]] std::unique_ptr<DhcpLoad> clients(DhcpLoad::Options options) const {
        const NetworkNamespace::Visit visit = m_network.enterClient();
        return std::make_unique<DhcpLoad>(std::move(options));
    }
    [[nodiscard]] std::unique_ptr<DhcpLoad> clients(std::uint32_t count) const {
        return clients(load(count));
    }
    /// What a server that starts now would find; only while none runs.
    [[nodiscard]] std::vector<boot::StoredLease> stored() const {
        return storage::LeaseDatabase(databasePath()).load().value();
    }
    [[nodiscard]] storage::LeaseDatabase& database() { return m_database; }

    ServerEventLog log;

private:
    const NetworkNamespace& m_network;
    QTemporaryDir m_directory;
    storage::LeaseDatabase m_database;
    SystemClock m_clock;
    std::unique_ptr<net::DhcpServer> m_server;
    std::unique_ptr<RunningServer<net::DhcpServer>> m_running;
};

} // namespace rackmuster::tests
