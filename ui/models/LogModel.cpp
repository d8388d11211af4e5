#include "ui/models/LogModel.h"

#include "ui/text/PlainText.h"
#include "ui/text/Quantities.h"
#include "ui/text/Words.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonValue>
#include <QStringList>

namespace rackmuster::ui {

using engine::EngineEvent;

namespace {

QString factText(const QJsonValue& value) {
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    return value.toVariant().toString();
}

QString timeText(const EngineEvent& event) {
    return clockText(event.time);
}

QString eventText(const EngineEvent& event) {
    return eventWord(event.name);
}

/// Slot and name where they are known, and always the MAC.
QString machineText(const EngineEvent& event) {
    QStringList parts;
    for (const char* const fact : {"slot", "hostname"}) {
        const QJsonValue value = event.facts.value(QLatin1String(fact));
        if (!value.isUndefined() && !value.isNull())
            parts << printable(factText(value));
    }
    if (event.mac)
        parts << QString::fromStdString(event.mac->toString());
    return parts.join(QStringLiteral("  "));
}

QString detailText(const EngineEvent& event) {
    QStringList parts;
    for (auto fact = event.facts.begin(); fact != event.facts.end(); ++fact) {
        if (fact.key() != QLatin1String("slot") && fact.key() != QLatin1String("hostname"))
            parts << QStringLiteral("%1 %2").arg(printable(fact.key()), printable(factText(fact.value())));
    }
    return parts.join(QStringLiteral(" · "));
}

constexpr std::array<LogModel::Column, 4> logColumns{{
    {QT_TRANSLATE_NOOP("Columns", "Time"), 90, timeText},
    {QT_TRANSLATE_NOOP("Columns", "Event"), 160, eventText},
    {QT_TRANSLATE_NOOP("Columns", "Machine"), 290, machineText},
    {QT_TRANSLATE_NOOP("Columns", "Details"), 400, detailText},
}};

} // namespace

const std::array<LogModel::Column, 4>& LogModel::columns() {
    return logColumns;
}

void LogModel::append(const EngineEvent& event) {
    if (rowCount() == capacity) {
        beginRemoveRows({}, 0, 0);
        m_events.pop_front();
        endRemoveRows();
    }
    beginInsertRows({}, rowCount(), rowCount());
    m_events.push_back(event);
    endInsertRows();
}

QString LogModel::line(int row) const {
    QStringList cells;
    for (const Column& column : logColumns)
        cells << column.text(eventAt(row));
    return cells.join(QLatin1Char('\t'));
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int LogModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(logColumns.size());
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const QString text = logColumns.at(static_cast<std::size_t>(index.column())).text(eventAt(index.row()));
    if (role == Qt::DisplayRole)
        return text;
    if (role == Qt::ToolTipRole && !text.isEmpty())
        return text.toHtmlEscaped();
    return {};
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    if (role == Qt::DisplayRole)
        return QCoreApplication::translate("Columns", logColumns.at(static_cast<std::size_t>(section)).title);
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

} // namespace rackmuster::ui
