#pragma once

#include "core/engine/InterfaceList.h"

#include <QAbstractListModel>

#include <vector>

namespace rackmuster::ui {

/// The network ports of this computer, as cards to choose from.
class InterfaceModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { NameRole = Qt::UserRole, DetailRole, AddressRole, UsableRole };

    using QAbstractListModel::QAbstractListModel;

    /// Keeps the rows, and with them the choice, when nothing changed.
    void setInterfaces(std::vector<engine::InterfaceInfo> interfaces);
    [[nodiscard]] const engine::InterfaceInfo& interface(int row) const {
        return m_interfaces.at(static_cast<std::size_t>(row));
    }
    /// -1 when there is none of that name.
    [[nodiscard]] int indexOf(const QString& name) const;
    /// The first wired port with link and address, else the first one; -1 without any.
    [[nodiscard]] int bestChoice() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString detail(const engine::InterfaceInfo& info) const;

    std::vector<engine::InterfaceInfo> m_interfaces;
};

} // namespace rackmuster::ui
