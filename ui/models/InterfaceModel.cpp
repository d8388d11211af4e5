#include "ui/models/InterfaceModel.h"

#include "ui/text/PlainText.h"

#include <QStringList>

#include <algorithm>

namespace rackmuster::ui {

using engine::InterfaceInfo;

void InterfaceModel::setInterfaces(std::vector<InterfaceInfo> interfaces) {
    if (interfaces == m_interfaces)
        return;
    beginResetModel();
    m_interfaces = std::move(interfaces);
    endResetModel();
}

int InterfaceModel::indexOf(const QString& name) const {
    const auto found = std::find_if(m_interfaces.begin(), m_interfaces.end(),
                                    [&name](const InterfaceInfo& info) { return info.name == name; });
    return found == m_interfaces.end() ? -1 : static_cast<int>(found - m_interfaces.begin());
}

int InterfaceModel::bestChoice() const {
    const auto isReady = [](const InterfaceInfo& info) {
        return info.hasLink && !info.isWireless && !info.address.isEmpty();
    };
    const auto found = std::find_if(m_interfaces.begin(), m_interfaces.end(), isReady);
    const bool isOnlyOne = std::count_if(m_interfaces.begin(), m_interfaces.end(), isReady) == 1;
    return isOnlyOne ? static_cast<int>(found - m_interfaces.begin()) : -1;
}

int InterfaceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_interfaces.size());
}

QVariant InterfaceModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const InterfaceInfo& info = interface(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return printable(info.name);
    case DetailRole:
        return detail(info);
    case AddressRole:
        return info.address.isEmpty() ? tr("No IPv4 address")
                                      : QStringLiteral("%1/%2").arg(info.address).arg(info.prefixLength);
    case UsableRole:
        return info.hasLink && !info.address.isEmpty();
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(printable(info.name), detail(info));
    default:
        return {};
    }
}

QString InterfaceModel::detail(const InterfaceInfo& info) const {
    QStringList parts;
    if (!info.description.isEmpty())
        parts << printable(info.description);
    if (info.isWireless)
        parts << tr("Wi-Fi");
    parts << (info.hasLink ? tr("Link") : tr("No link"));
    return parts.join(QStringLiteral(" · "));
}

} // namespace rackmuster::ui
