#pragma once

#include "core/base/Result.h"
#include "core/storage/Connection.h"

#include <map>
#include <string>
#include <vector>

namespace rackmuster::storage {

/// A folder that is served under a name.
struct StoredFolder {
    std::string name;
    std::string path;
    bool operator==(const StoredFolder&) const = default;
};
/// A kernel of the operator's own, by reference.
struct StoredKernel {
    std::string name;
    std::string kernel;               ///< path
    std::vector<std::string> initrds; ///< paths, in their order
    std::string arguments;
    bool operator==(const StoredKernel&) const = default;
};

/// What is served besides the images: the tables folders, extra_initrds, kernels and kernel_initrds. Loads in
/// the order of the names. Errors: Database.
class FileSourceRepository {
public:
    /// `connection` must outlive the repository.
    explicit FileSourceRepository(const Connection& connection) : m_connection(connection) {}

    [[nodiscard]] Result<std::vector<StoredFolder>> loadFolders() const;
    [[nodiscard]] Result<void> putFolder(const StoredFolder& folder) const;
    [[nodiscard]] Result<void> removeFolder(const std::string& name) const;

    /// image id -> paths, in the order in which they are appended.
    [[nodiscard]] Result<std::map<std::string, std::vector<std::string>>> loadExtraInitrds() const;
    /// Replaces those of the image; none removes them.
    [[nodiscard]] Result<void> putExtraInitrds(const std::string& imageId,
                                               const std::vector<std::string>& paths) const;

    [[nodiscard]] Result<std::vector<StoredKernel>> loadKernels() const;
    [[nodiscard]] Result<void> putKernel(const StoredKernel& kernel) const;
    [[nodiscard]] Result<void> removeKernel(const std::string& name) const;

private:
    const Connection& m_connection;
};

} // namespace rackmuster::storage
