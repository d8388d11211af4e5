#pragma once

#include "core/base/Result.h"
#include "core/storage/StateDatabase.h"

#include <QString>

#include <set>
#include <string>

namespace rackmuster::engine {

/// Where copies of images lie: `images` in the state directory, for its owner only. A copy grows as
/// `.<image id>.part` and then takes the name of its image.
class LibraryFolder {
public:
    explicit LibraryFolder(const QString& stateDirectory);

    /// Makes the folder when it is not there. Error: NoSuchFile.
    [[nodiscard]] Result<void> make() const;
    [[nodiscard]] std::string partPath(const std::string& imageId) const;
    [[nodiscard]] std::string pathOf(const std::string& fileName) const;
    /// A file name for a copy of image `name` that no file has and that is not `taken`: "Rocky
    /// Linux 9.4.iso".
    [[nodiscard]] std::string freeName(const QString& name, const std::string& imageId,
                                       const std::set<std::string>& taken) const;

    /// Removes what no image owns: files on record in `database`, and parts of copies that it does not know.
    /// Error: Database; a file that cannot be removed is tried again next time.
    [[nodiscard]] Result<void> clean(storage::StateDatabase& database) const;

private:
    QString m_path;
};

} // namespace rackmuster::engine
