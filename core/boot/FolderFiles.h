#pragma once

#include "core/boot/BootFile.h"

#include <optional>
#include <string>
#include <vector>

namespace rackmuster::boot {

/// One name of a directory.
struct FolderEntry {
    std::string name;
    bool isDirectory = false;
    std::uint64_t size = 0; ///< bytes; 0 of a directory

    bool operator==(const FolderEntry&) const = default;
};

/// A folder of the operator's that is served read only. A port: what implements it must never leave the
/// folder, whatever is asked for (A4). Thread-safe. Paths are canonical (canonicalPath()); "" is the folder.
class FolderFiles {
public:
    static constexpr std::size_t maximumNames = 10'000; ///< that a listing shows

    virtual ~FolderFiles() = default;
    /// The file as it is now, with a strong ETag that changes when it does; nothing when it is not there, not
    /// a regular file, or not readable.
    [[nodiscard]] virtual std::optional<BootFile> find(const std::string& path) const = 0;
    /// What a directory holds, in no order: regular files and directories, at most maximumNames + 1 of them;
    /// nothing when it is no directory.
    [[nodiscard]] virtual std::optional<std::vector<FolderEntry>> list(const std::string& path) const = 0;
};

/// A plain HTML page that people and repository tools can read: the names in byte order, escaped, directories
/// with a slash behind.
[[nodiscard]] std::string listingPage(std::string_view title, std::vector<FolderEntry> entries);

/// The same as a file to serve.
[[nodiscard]] BootFile listingFile(std::string_view title, std::vector<FolderEntry> entries);

/// `path` as it stands in a URL (RFC 3986 3.3): every byte but unreserved ones and '/' as %XX.
[[nodiscard]] std::string urlPath(std::string_view path);

} // namespace rackmuster::boot
