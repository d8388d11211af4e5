#include "ui/models/ImageModel.h"

#include "ui/text/PlainText.h"

#include <QFileInfo>

#include <algorithm>

namespace rackmuster::ui {

using State = ImageEntry::State;

void ImageModel::setImages(const std::vector<engine::ImageInfo>& images) {
    std::vector<ImageEntry> entries;
    entries.reserve(images.size());
    for (const engine::ImageInfo& image : images)
        entries.push_back({State::Ready, image, image.problem});
    std::copy_if(m_entries.begin(), m_entries.end(), std::back_inserter(entries),
                 [](const ImageEntry& entry) { return entry.state != State::Ready; });
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

void ImageModel::setDefaultId(const QString& id) {
    if (id == m_defaultId)
        return;
    m_defaultId = id;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

QString ImageModel::defaultName() const {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [this](const ImageEntry& entry) {
        return entry.state == State::Ready && entry.image.id == m_defaultId;
    });
    return found == m_entries.end() ? QString() : found->image.name;
}

void ImageModel::beginImports(const QStringList& paths) {
    for (const QString& path : paths) {
        removePending(path); // a second try replaces the card of the first
        ImageEntry entry{.state = State::Importing};
        entry.image.path = path;
        entry.image.name = QFileInfo(path).fileName();
        beginInsertRows({}, rowCount(), rowCount());
        m_entries.push_back(std::move(entry));
        endInsertRows();
    }
}

void ImageModel::finishImport(const QString& path) {
    removePending(path);
}

void ImageModel::failImport(const QString& path, const Error& error) {
    if (indexOfPending(path) < 0)
        beginImports({path});
    const int row = indexOfPending(path);
    ImageEntry& entry = m_entries[static_cast<std::size_t>(row)];
    entry.state = State::Failed;
    entry.problem = error;
    Q_EMIT dataChanged(index(row), index(row));
}

void ImageModel::dismiss(const QString& path) {
    removePending(path);
}

void ImageModel::removePending(const QString& path) {
    const int row = indexOfPending(path);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
}

int ImageModel::indexOfPending(const QString& path) const {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&path](const ImageEntry& entry) {
        return entry.state != State::Ready && entry.image.path == path;
    });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

int ImageModel::readyCount() const {
    return static_cast<int>(std::count_if(m_entries.begin(), m_entries.end(), [](const ImageEntry& entry) {
        return entry.state == State::Ready;
    }));
}

int ImageModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant ImageModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ImageEntry& shown = entry(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return printable(shown.image.name);
    case IdRole:
        return shown.image.id;
    case PathRole:
        return shown.image.path;
    default:
        return {};
    }
}

} // namespace rackmuster::ui
