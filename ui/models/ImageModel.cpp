#include "ui/models/ImageModel.h"

#include "ui/text/PlainText.h"

#include <QFileInfo>

#include <algorithm>

namespace rackmuster::ui {

using State = ImageEntry::State;

QString ImageEntry::key() const {
    return state == State::Ready ? QStringLiteral("image ") + image.id : QStringLiteral("file ") + image.path;
}

void ImageModel::setImages(const std::vector<engine::ImageInfo>& images) {
    removeGone(images);
    for (std::size_t i = 0; i < images.size(); ++i)
        placeImage(static_cast<int>(i), images[i]);
}

void ImageModel::removeGone(const std::vector<engine::ImageInfo>& images) {
    for (int row = rowCount() - 1; row >= 0; --row) {
        const bool isThere =
            entry(row).state != State::Ready ||
            std::any_of(images.begin(), images.end(), [this, row](const engine::ImageInfo& image) {
                return image.id == entry(row).image.id;
            });
        if (!isThere)
            removeRow(row);
    }
}

/// The rows before `row` are in place, so that the image is found there or behind.
void ImageModel::placeImage(int row, const engine::ImageInfo& image) {
    const int known = indexOfImage(image.id);
    if (known < 0) {
        beginInsertRows({}, row, row);
        m_entries.insert(m_entries.begin() + row, {State::Ready, image, image.problem});
        endInsertRows();
        return;
    }
    if (known != row) {
        beginMoveRows({}, known, known, {}, row);
        std::rotate(m_entries.begin() + row, m_entries.begin() + known, m_entries.begin() + known + 1);
        endMoveRows();
    }
    ImageEntry& shown = m_entries[static_cast<std::size_t>(row)];
    if (shown.image == image)
        return;
    shown.image = image;
    shown.problem = image.problem;
    Q_EMIT dataChanged(index(row), index(row));
}

void ImageModel::setDefaultId(const QString& id) {
    if (id == m_defaultId)
        return;
    m_defaultId = id;
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

QString ImageModel::defaultName() const {
    const engine::ImageInfo* const image = find(m_defaultId);
    return image ? image->name : QString();
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
    if (const int row = indexOfPending(path); row >= 0)
        removeRow(row);
}

void ImageModel::removeRow(int row) {
    beginRemoveRows({}, row, row);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
}

int ImageModel::indexOfImage(const QString& id) const {
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&id](const ImageEntry& entry) {
        return entry.state == State::Ready && entry.image.id == id;
    });
    return found == m_entries.end() ? -1 : static_cast<int>(found - m_entries.begin());
}

const engine::ImageInfo* ImageModel::find(const QString& id) const {
    const int row = indexOfImage(id);
    return row < 0 ? nullptr : &entry(row).image;
}

const engine::ImageInfo* ImageModel::findByFile(const QString& path) const {
    const QString file = QFileInfo(path).canonicalFilePath(); // empty when there is none
    const auto found = std::find_if(m_entries.begin(), m_entries.end(), [&file](const ImageEntry& entry) {
        return !file.isEmpty() && entry.state == State::Ready &&
               QFileInfo(entry.image.path).canonicalFilePath() == file;
    });
    return found == m_entries.end() ? nullptr : &found->image;
}

bool ImageModel::isImporting(const QString& path) const {
    const int row = indexOfPending(path);
    return row >= 0 && entry(row).state == State::Importing;
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
