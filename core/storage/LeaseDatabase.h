#pragma once

#include "core/base/Result.h"
#include "core/boot/LeaseStore.h"
#include "core/storage/Connection.h"

#include <QString>

#include <optional>

namespace rackmuster::storage {

/// `leases.db`: WAL, synchronous=FULL, mode 0600, so a lease is on disk before its ACK (A5). Opened by the
/// first load() or commit(), in the thread that then owns it (the DHCP server's writer); close() in that
/// thread too. A corrupt file is set aside as leases.db.corrupt-<time> (R50). Errors: Database, SchemaTooNew.
class LeaseDatabase final : public boot::LeaseStore {
public:
    explicit LeaseDatabase(QString path);

    [[nodiscard]] Result<std::vector<boot::StoredLease>> load() override;
    /// `removed` go first. Of two leases for one address the later one stays.
    [[nodiscard]] Result<void> commit(std::span<const boot::StoredLease> changed,
                                      std::span<const MacAddress> removed) override;
    void close() override;
    /// What stood there was corrupt: earlier leases are unknown. False before the first load() or commit().
    [[nodiscard]] bool wasQuarantined() const { return m_wasQuarantined; }
    [[nodiscard]] bool hasLostLeases() const override { return m_wasQuarantined; }

private:
    /// Prepared once, as every group of a busy rack needs them.
    struct Statements {
        QSqlQuery remove;
        QSqlQuery renew;
        QSqlQuery put;
    };
    [[nodiscard]] Result<void> ensureOpen();
    [[nodiscard]] Result<void> prepare();
    [[nodiscard]] Result<void> removeAll(std::span<const MacAddress> machines);
    [[nodiscard]] Result<void> putAll(std::span<const boot::StoredLease> leases);
    [[nodiscard]] Result<void> put(const boot::StoredLease& lease);

    QString m_path;
    std::optional<Connection> m_connection; ///< nothing: not open
    std::optional<Statements> m_statements; ///< gone before the connection is
    bool m_wasQuarantined = false;
};

} // namespace rackmuster::storage
