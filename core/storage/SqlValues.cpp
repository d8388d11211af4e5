#include "core/storage/SqlValues.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace rackmuster::storage {

QVariant toSql(std::string_view text) {
    // From an empty view Qt would make a null string, which is NULL in the database.
    return text.empty() ? QVariant(QStringLiteral(""))
                        : QVariant(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
}

QVariant toSql(std::uint64_t number) {
    return QVariant(static_cast<qlonglong>(number));
}

QVariant toSql(bool flag) {
    return QVariant(flag ? 1 : 0);
}

QVariant toSql(WallTime time) {
    return QVariant(static_cast<qlonglong>(time.time_since_epoch().count()));
}

QVariant toSql(const MacAddress& mac) {
    return toSql(mac.toString());
}

QVariant toSql(const std::vector<MacAddress>& macs) {
    std::string out;
    for (const MacAddress& mac : macs)
        out += (out.empty() ? "" : " ") + mac.toString();
    return toSql(out);
}

QVariant toSql(const Ipv4Address& address) {
    return toSql(address.toString());
}

QVariant toSql(const Uuid& uuid) {
    return toSql(uuid.toString());
}

QVariant toSql(const std::map<std::string, std::string>& texts) {
    QJsonObject object;
    for (const auto& [name, value] : texts)
        object.insert(QString::fromStdString(name), QString::fromStdString(value));
    return object.isEmpty() ? QStringLiteral("")
                            : QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

std::string RowReader::text(const char* column) const {
    return value(column).toString().toStdString();
}

std::optional<std::string> RowReader::optionalText(const char* column) const {
    return value(column).isNull() ? std::nullopt : std::optional(text(column));
}

bool RowReader::flag(const char* column) const {
    return value(column).toLongLong() != 0;
}

std::optional<int> RowReader::optionalNumber(const char* column) const {
    return value(column).isNull() ? std::nullopt : std::optional(number<int>(column));
}

std::optional<WallTime> RowReader::time(const char* column) const {
    if (value(column).isNull())
        return std::nullopt;
    return WallTime(std::chrono::milliseconds(value(column).toLongLong()));
}

std::vector<MacAddress> RowReader::macs(const char* column) {
    std::vector<MacAddress> out;
    for (const QString& word : value(column).toString().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        if (const auto mac = MacAddress::parse(word.toStdString()))
            out.push_back(*mac);
        else
            reject(column);
    }
    return out;
}

std::map<std::string, std::string> RowReader::texts(const char* column) {
    const QByteArray json = value(column).toString().toUtf8();
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!json.isEmpty() && !document.isObject())
        reject(column);
    std::map<std::string, std::string> out;
    const QJsonObject object = document.object();
    for (auto entry = object.begin(); entry != object.end(); ++entry)
        out.emplace(entry.key().toStdString(), entry.value().toString().toStdString());
    return out;
}

QVariant RowReader::value(const char* column) const {
    return m_query.value(QLatin1String(column));
}

void RowReader::reject(const char* column) {
    if (!m_failure)
        m_failure =
            QStringLiteral("“%1” cannot be a %2").arg(value(column).toString(), QLatin1String(column));
}

} // namespace rackmuster::storage
