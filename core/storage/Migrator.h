#pragma once

#include "core/base/Result.h"
#include "core/storage/Connection.h"

#include <QString>

namespace rackmuster::storage {

/// Brings the schema from PRAGMA user_version to the newest migration of `directory` (":/sql/state"): files
/// 001.sql, 002.sql, ... without gaps, one transaction each. Errors: Database, SchemaTooNew.
[[nodiscard]] Result<void> migrate(const Connection& connection, const QString& directory);

/// How many migrations `directory` holds: the version of a schema made today.
[[nodiscard]] int newestVersion(const QString& directory);

/// Runs migration `version` (1...) of `directory`.
[[nodiscard]] Result<void> applyMigration(const Connection& connection, const QString& directory,
                                          int version);

} // namespace rackmuster::storage
