#pragma once

#include "core/base/Result.h"
#include "core/storage/Connection.h"
#include "core/storage/SqlValues.h"

#include <QSqlError>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <initializer_list>
#include <vector>

namespace rackmuster::storage {

/// Runs one statement with `values` for its question marks. Error: Database.
inline Result<void> runWith(const Connection& connection, const QString& sql,
                            std::initializer_list<QVariant> values) {
    auto query = connection.prepare(sql);
    if (!query)
        return tl::unexpected(query.error());
    for (const QVariant& value : values)
        query->addBindValue(value);
    return connection.run(*query);
}

/// Every row of `sql`, turned into a T by `read`, which takes a RowReader. Error: Database.
template <typename T, typename Read>
Result<std::vector<T>> loadAll(const Connection& connection, const QString& sql, Read read) {
    auto query = connection.execute(sql);
    if (!query)
        return tl::unexpected(query.error());
    std::vector<T> out;
    while (query->next()) {
        RowReader row(*query);
        out.push_back(read(row));
        if (row.failure())
            return connection.failure(*row.failure());
    }
    if (query->lastError().isValid())
        return connection.failure(query->lastError());
    return out;
}

} // namespace rackmuster::storage
