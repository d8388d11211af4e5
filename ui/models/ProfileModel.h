#pragma once

#include "core/engine/Snapshot.h"

#include <QAbstractListModel>

#include <vector>

namespace rackmuster::ui {

/// The profiles by name, with what each is.
class ProfileModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { NameRole = Qt::UserRole, DescriptionRole, DefaultRole };

    using QAbstractListModel::QAbstractListModel;

    void setProfiles(const std::vector<engine::ProfileInfo>& profiles, const QString& defaultName);
    [[nodiscard]] const engine::ProfileInfo& profile(int row) const {
        return m_profiles.at(static_cast<std::size_t>(row));
    }
    [[nodiscard]] const QString& defaultName() const { return m_defaultName; }
    /// -1 when there is none of that name.
    [[nodiscard]] int indexOf(const QString& name) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString description(const engine::ProfileInfo& profile) const;

    std::vector<engine::ProfileInfo> m_profiles;
    QString m_defaultName;
};

} // namespace rackmuster::ui
