#include "ui/models/ProfileModel.h"

#include "ui/text/PlainText.h"
#include "ui/text/Words.h"

#include <algorithm>

namespace rackmuster::ui {

void ProfileModel::setProfiles(const std::vector<engine::ProfileInfo>& profiles, const QString& defaultName) {
    beginResetModel();
    m_profiles = profiles;
    m_defaultName = defaultName;
    endResetModel();
}

int ProfileModel::indexOf(const QString& name) const {
    const auto found =
        std::find_if(m_profiles.begin(), m_profiles.end(),
                     [&name](const engine::ProfileInfo& profile) { return profile.name == name; });
    return found == m_profiles.end() ? -1 : static_cast<int>(found - m_profiles.begin());
}

int ProfileModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_profiles.size());
}

QVariant ProfileModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const engine::ProfileInfo& shown = profile(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return printable(shown.name);
    case NameRole:
        return shown.name;
    case DescriptionRole:
        return description(shown);
    case DefaultRole:
        return shown.name == m_defaultName;
    default:
        return {};
    }
}

QString ProfileModel::description(const engine::ProfileInfo& profile) const {
    QStringList parts{answerFileWord(profile.family)};
    if (profile.isBuiltIn)
        parts << tr("built in");
    if (profile.name == m_defaultName)
        parts << tr("default");
    return parts.join(QStringLiteral(" · "));
}

} // namespace rackmuster::ui
