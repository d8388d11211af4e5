#pragma once

#include "core/base/Result.h"
#include "core/boot/BootFile.h"

#include <string>

struct stat;

namespace rackmuster::media {

/// One file of this computer that is served in place: an initrd, a kernel.
struct SingleFile {
    boot::FileSlice content;
    std::string identity; ///< As identityOf() gives it.
};

/// Opens and measures it. Error: NoSuchFile, also for what is no regular file or empty.
[[nodiscard]] Result<SingleFile> openSingleFile(const std::string& path);

/// The identity of what `path` names now; empty when it is not there. It differs as soon as the file is
/// another one or was written to.
[[nodiscard]] std::string identityAt(const std::string& path);
/// Device, inode, size and modification time.
[[nodiscard]] std::string identityOf(const struct stat& status);

} // namespace rackmuster::media
