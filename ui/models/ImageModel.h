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
};

/// The images in the order the engine gives, behind them the files that are being or could not be imported.
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

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void removePending(const QString& path);
    [[nodiscard]] int indexOfPending(const QString& path) const;

    std::vector<ImageEntry> m_entries;
    QString m_defaultId;
};

} // namespace rackmuster::ui
