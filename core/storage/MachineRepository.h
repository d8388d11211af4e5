#pragma once

#include "core/base/Result.h"
#include "core/roster/Machine.h"
#include "core/storage/Connection.h"

#include <span>
#include <vector>

namespace rackmuster::storage {

/// The table `machines`: one column per field of roster::Machine, the MAC as key. Errors: Database.
class MachineRepository {
public:
    /// `connection` must outlive the repository.
    explicit MachineRepository(const Connection& connection) : m_connection(connection) {}

    [[nodiscard]] Result<std::vector<roster::Machine>> load() const;
    /// Inserts or replaces.
    [[nodiscard]] Result<void> put(std::span<const roster::Machine> machines) const;
    /// MACs that are not there do not matter.
    [[nodiscard]] Result<void> remove(std::span<const MacAddress> machines) const;

private:
    const Connection& m_connection;
};

} // namespace rackmuster::storage
