#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/base/Result.h"
#include "core/base/Uuid.h"

#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::storage {

// One spelling of every value in the database; an empty optional is NULL.

[[nodiscard]] QVariant toSql(std::string_view text);
[[nodiscard]] QVariant toSql(std::uint64_t number);
[[nodiscard]] QVariant toSql(bool flag);
[[nodiscard]] QVariant toSql(WallTime time);
[[nodiscard]] QVariant toSql(const MacAddress& mac);
/// With blanks between them.
[[nodiscard]] QVariant toSql(const std::vector<MacAddress>& macs);
/// A JSON object; no text for an empty one.
[[nodiscard]] QVariant toSql(const std::map<std::string, std::string>& texts);
[[nodiscard]] QVariant toSql(const Ipv4Address& address);
[[nodiscard]] QVariant toSql(const Uuid& uuid);
inline QVariant toSql(const std::string& text) {
    return toSql(std::string_view(text));
}
inline QVariant toSql(int number) {
    return QVariant(static_cast<qlonglong>(number));
}
inline QVariant toSql(std::uint32_t number) {
    return toSql(std::uint64_t{number});
}
template <typename T>
[[nodiscard]] QVariant toSql(const std::optional<T>& value) {
    return value ? toSql(*value) : QVariant();
}

/// Reads the present row of a query by column name. A value that does not parse leaves a default and is
/// remembered: ask failure() after the last column.
class RowReader {
public:
    explicit RowReader(const QSqlQuery& query) : m_query(query) {}

    [[nodiscard]] std::string text(const char* column) const;
    [[nodiscard]] std::optional<std::string> optionalText(const char* column) const;
    [[nodiscard]] bool flag(const char* column) const;
    [[nodiscard]] std::optional<int> optionalNumber(const char* column) const;
    [[nodiscard]] std::optional<WallTime> time(const char* column) const;
    template <typename Number>
    [[nodiscard]] Number number(const char* column) const {
        return static_cast<Number>(value(column).toLongLong());
    }
    [[nodiscard]] std::vector<MacAddress> macs(const char* column);
    [[nodiscard]] std::map<std::string, std::string> texts(const char* column);
    /// MacAddress, Ipv4Address or Uuid; nothing when NULL.
    template <typename T>
    [[nodiscard]] std::optional<T> parsed(const char* column) {
        const auto written = optionalText(column);
        if (!written)
            return std::nullopt;
        const auto result = T::parse(*written);
        if (result)
            return *result;
        reject(column);
        return std::nullopt;
    }
    /// A word of an enumeration.
    template <typename T>
    [[nodiscard]] T word(const char* column, std::optional<T> (*fromWord)(std::string_view)) {
        const auto result = fromWord(text(column));
        if (!result)
            reject(column);
        return result.value_or(T{});
    }

    /// The first value that did not parse, as a reason.
    [[nodiscard]] const std::optional<QString>& failure() const { return m_failure; }

private:
    [[nodiscard]] QVariant value(const char* column) const;
    void reject(const char* column);

    const QSqlQuery& m_query;
    std::optional<QString> m_failure;
};

} // namespace rackmuster::storage
