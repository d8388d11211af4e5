#pragma once

#include "core/base/Result.h"

#include <cstdint>
#include <string>

namespace rackmuster {

/// What a file was like at one moment, as far as its file system tells.
struct FileStamp {
    std::uint64_t size = 0;    ///< bytes; 0 for a block device
    std::int64_t modified = 0; ///< nanoseconds since 1970; FAT counts in steps of two seconds
    std::uint64_t device = 0;
    std::uint64_t inode = 0; ///< with `device`: which file it is; both may change when a stick comes back

    /// Nothing wrote to the one since it was the other. A file system sets the time before the bytes change,
    /// so who reads first and compares then cannot be fooled, except by someone who puts the time back.
    [[nodiscard]] bool isUnwritten(const FileStamp& other) const {
        return size == other.size && modified == other.modified;
    }
    [[nodiscard]] bool isSameFile(const FileStamp& other) const {
        return device == other.device && inode == other.inode;
    }
    bool operator==(const FileStamp&) const = default;
};

/// Of an open file. Error: System.
[[nodiscard]] Result<FileStamp> stampOf(int descriptor);
/// Of what `path` leads to. Error: NoSuchFile.
[[nodiscard]] Result<FileStamp> stampOf(const std::string& path);

} // namespace rackmuster
