#pragma once

#include "core/base/Clock.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/switchport/SwitchAccess.h"
#include "core/switchport/SwitchTables.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace rackmuster::switchport {

using ObjectId = std::vector<std::uint32_t>;

/// One SNMP session with one context of a switch, by libnetsnmp, the only file that knows it. One thread at a
/// time for all sessions of the process.
class SnmpSession {
public:
    /// `vlan`: the context; nothing for the default one. Errors: SwitchSilent, SwitchRefused, Malformed,
    /// System.
    [[nodiscard]] static Result<SnmpSession> open(const SwitchAccess& access, std::optional<int> vlan,
                                                  std::stop_token stop);
    SnmpSession(SnmpSession&& other) noexcept;
    SnmpSession& operator=(SnmpSession&&) = delete;
    ~SnmpSession();

    /// All rows of a column, until `deadline`. Errors: those of walkSwitch().
    [[nodiscard]] Result<std::vector<SnmpRow>> walk(const ObjectId& column, Instant deadline);

private:
    struct Exchange;
    struct Batch {
        std::vector<SnmpRow> rows;
        ObjectId last; ///< Empty: the column is at its end.
    };
    explicit SnmpSession(const SwitchAccess& access, std::stop_token stop)
        : m_access(access), m_stop(std::move(stop)) {}
    [[nodiscard]] Result<Batch> getBulk(const ObjectId& from, const ObjectId& column, Instant deadline);
    [[nodiscard]] Result<void> waitFor(Exchange& exchange, Instant deadline);
    void readOnce(int waited);

    SwitchAccess m_access;
    std::stop_token m_stop;
    FileDescriptor m_wake; ///< eventfd: readable when stopped
    void* m_handle = nullptr;
};

} // namespace rackmuster::switchport
