#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/boot/BootFile.h"
#include "core/media/MemoryFile.h"

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace rackmuster::media {

/// The directory tree of an image, read in place: where each regular file's bytes are. ISO 9660 (ECMA-119)
/// with Rock Ridge (SUSP, RRIP), UDF over it, and the EFI boot image and the loaders out of packages as
/// directories of their own. Limits of
/// R43: 1,000,000 entries, depth 64, 32 continuation hops, every extent inside the file.
class IsoImage {
public:
    /// Errors: NoSuchFile, NotAnIso, TruncatedIso, BrokenIso.
    [[nodiscard]] static Result<IsoImage> open(const std::string& path);
    /// The same on an open file; `name` is for messages. `kept` takes what lies nowhere as it is.
    [[nodiscard]] static Result<IsoImage> read(std::shared_ptr<const FileDescriptor> file,
                                               const std::string& name, MemoryFile kept = {});
    struct Contents {
        std::shared_ptr<const FileDescriptor> file;
        std::string volumeId;
        std::uint64_t size = 0;
        bool isUdfUnread = false;
        std::unordered_map<std::string, std::vector<boot::FileSlice>> files;
        std::vector<std::string> skipped;
    };
    /// An image that another process read (MediumRecord).
    explicit IsoImage(Contents contents);

    [[nodiscard]] const std::string& volumeId() const { return m_volumeId; }
    [[nodiscard]] std::uint64_t size() const { return m_size; } ///< of the image file, bytes
    /// There is a UDF volume that cannot be read, beside an ISO 9660 tree in which sizes above 4 GiB may be
    /// cut.
    [[nodiscard]] bool isUdfUnread() const { return m_isUdfUnread; }
    /// Regular files by path without a leading slash: Rock Ridge names when there are any, else Joliet names,
    /// else lower-cased without ";1". Symbolic links to files of the image are files too. An empty file has
    /// one slice of length 0; slices that touch are joined.
    [[nodiscard]] const std::unordered_map<std::string, std::vector<boot::FileSlice>>& files() const {
        return m_files;
    }
    [[nodiscard]] bool contains(const std::string& path) const { return m_files.contains(path); }
    /// "path: reason" of entries that were left out (hostile names, loops, lost parts); the first hundred.
    [[nodiscard]] const std::vector<std::string>& skipped() const { return m_skipped; }
    /// The first `limit` bytes of a file, fewer when it is shorter. Errors: NoSuchFile, Truncated, System.
    [[nodiscard]] Result<std::string> readStart(const std::string& path, std::uint64_t limit) const;
    /// The whole file as text. Errors: NoSuchFile; NotAllowed when larger than `limit` bytes; Truncated,
    /// System.
    [[nodiscard]] Result<std::string> readText(const std::string& path,
                                               std::uint64_t limit = 1U << 20U) const;
    [[nodiscard]] const std::shared_ptr<const FileDescriptor>& file() const { return m_file; }

private:
    IsoImage() = default;

    std::shared_ptr<const FileDescriptor> m_file;
    std::string m_volumeId;
    std::uint64_t m_size = 0;
    bool m_isUdfUnread = false;
    MemoryFile m_kept;
    std::unordered_map<std::string, std::vector<boot::FileSlice>> m_files;
    std::vector<std::string> m_skipped;
};

} // namespace rackmuster::media
