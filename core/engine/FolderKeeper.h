#pragma once

#include "core/base/Result.h"
#include "core/boot/Catalog.h"
#include "core/engine/Snapshot.h"

#include <QString>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace rackmuster::engine {

/// A folder's name stands in addresses and in names of variables: letters, digits, '.', '-' and '_', a letter
/// or digit first, at most 64.
[[nodiscard]] bool isFolderName(const QString& name);

/// The folders that are served below x/. Engine thread only.
class FolderKeeper {
public:
    /// A new folder, or another path for its name. Errors: Malformed (the name), NoSuchFile, NotAllowed.
    [[nodiscard]] Result<void> put(const QString& name, const QString& path);
    /// The same for one that was put in an earlier run: one that is gone stays, with its problem.
    void restore(const QString& name, const QString& path);
    [[nodiscard]] bool remove(const QString& name); ///< False when there is none.
    /// Looks whether the folders are where they were; takes back those that came back. True when something
    /// changed.
    [[nodiscard]] bool refresh();

    /// In the order of their names.
    [[nodiscard]] std::vector<FolderInfo> infos(const boot::ServerIdentity& server) const;
    [[nodiscard]] std::map<std::string, std::shared_ptr<const boot::FolderFiles>> files() const;

private:
    class Folder;
    std::map<QString, std::shared_ptr<Folder>> m_folders; ///< by name
};

} // namespace rackmuster::engine
