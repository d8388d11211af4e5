#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/boot/FolderFiles.h"

#include <memory>
#include <string>

namespace rackmuster::media {

/// A folder of this computer, served read only and in place. Whatever is asked for is resolved by the kernel
/// below the directory that was pinned at the start, through no symbolic link (openat2(2)), so that no path
/// leads out of it (A4). Thread-safe: it never changes.
class FolderTree final : public boot::FolderFiles {
public:
    /// Pins the directory `path`. Errors: NoSuchFile; NotAllowed on a kernel older than Linux 5.6.
    [[nodiscard]] static Result<std::shared_ptr<const FolderTree>> open(const std::string& path);

    [[nodiscard]] std::optional<boot::BootFile> find(const std::string& path) const override;
    [[nodiscard]] std::optional<std::vector<boot::FolderEntry>> list(const std::string& path) const override;

    /// `path` is the pinned directory still: not gone, nor another one in its place.
    [[nodiscard]] bool isAt(const std::string& path) const;

private:
    explicit FolderTree(FileDescriptor directory) : m_directory(std::move(directory)) {}

    FileDescriptor m_directory;
};

} // namespace rackmuster::media
