#pragma once

#include "core/base/Result.h"
#include "core/storage/Connection.h"

#include <QString>

namespace rackmuster::storage {

/// A file ready for use: durable, readable by its owner only, at the newest schema.
struct DatabaseFile {
    Connection connection;
    bool wasQuarantined = false; ///< What stood there was corrupt and is set aside (R50).
};

/// Opens or creates `path` with WAL, synchronous=FULL and mode 0600, and upgrades it by the migrations in
/// `migrations`. A corrupt file, with its -wal, goes to <path>.corrupt-<UTC time>, and a new one is begun.
/// Errors: Database, SchemaTooNew.
/// `pageSize` is in bytes, a power of two from 512 to 65,536; a file that exists keeps its own.
[[nodiscard]] Result<DatabaseFile> openDatabaseFile(const QString& path, const QString& migrations,
                                                    int pageSize = 4096);

} // namespace rackmuster::storage
