#pragma once

#include "core/engine/Snapshot.h"

#include <QAbstractListModel>
#include <QStringList>

#include <optional>
#include <vector>

namespace rackmuster::ui {

/// One card of the Images page: an image, or a file on its way to become one.
struct ImageEntry {
    enum class State { Ready, Importing, Failed };

    State state = State::Ready;
    engine::ImageInfo image;      ///< Only `path` and `name` (the file's) before it is ready.
    std::optional<Error> problem; ///< Why the import failed, or what happened to the file since.

    /// Tells an entry from every other one as long as it is shown.
    [[nodiscard]] QString key() const;
};

/// The images in the order the engine gives, behind them the files that are being or could not be imported.
/// News of an image, such as the progress of a job, change its row only.
class ImageModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole, PathRole };

    using QAbstractListModel::QAbstractListModel;

    void setImages(const std::vector<engine::ImageInfo>& images);
    void setDefaultId(const QString& id);
    [[nodiscard]] const QString& defaultId() const { return m_defaultId; }
    /// The default image's name; empty when there is none.
    [[nodiscard]] QString defaultName() const;

    void beginImports(const QStringList& paths);
    void finishImport(const QString& path);
    void failImport(const QString& path, const Error& error);
    /// Drops the card of a failed import.
    void dismiss(const QString& path);

    [[nodiscard]] const ImageEntry& entry(int row) const {
        return m_entries.at(static_cast<std::size_t>(row));
    }
    [[nodiscard]] int readyCount() const;
    /// Null when there is no such image.
    [[nodiscard]] const engine::ImageInfo* find(const QString& id) const;
    /// The image that is served from this file, by whatever link its path leads there; null: none.
    [[nodiscard]] const engine::ImageInfo* findByFile(const QString& path) const;
    [[nodiscard]] bool isImporting(const QString& path) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void removeGone(const std::vector<engine::ImageInfo>& images);
    void placeImage(int row, const engine::ImageInfo& image);
    void removeRow(int row);
    void removePending(const QString& path);
    [[nodiscard]] int indexOfImage(const QString& id) const;
    [[nodiscard]] int indexOfPending(const QString& path) const;

    std::vector<ImageEntry> m_entries;
    QString m_defaultId;
};

} // namespace rackmuster::ui
