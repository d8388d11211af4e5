#pragma once

#include "core/base/FileStamp.h"
#include "core/base/Result.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace rackmuster {

/// Owns one open descriptor and closes it. Move only.
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) : m_fd(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept
        : m_fd(std::exchange(other.m_fd, -1)), m_origin(std::exchange(other.m_origin, std::nullopt)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept;
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor();

    /// Opens a regular file for reading. It belongs to somebody else, who may write to it, so what it was
    /// like is remembered: see checkUnchanged(). Error: NoSuchFile.
    [[nodiscard]] static Result<FileDescriptor> openForReading(const std::string& path);

    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    /// Gives the descriptor away; the caller closes it.
    [[nodiscard]] int release() { return std::exchange(m_fd, -1); }
    void reset() { *this = FileDescriptor(); }
    /// What the file was like when openForReading() opened it; nothing for a descriptor made otherwise, whose
    /// bytes only this program writes.
    [[nodiscard]] std::optional<FileStamp> stamp() const {
        return m_origin ? std::optional(m_origin->stamp) : std::nullopt;
    }
    /// How openForReading() found it; empty for a descriptor made otherwise. For messages.
    [[nodiscard]] std::string path() const { return m_origin ? m_origin->path : std::string(); }
    /// The file was not written to or cut since it was opened. Asked after reading, it vouches for what was
    /// read (R44). Never fails without a stamp(). Errors: FileChanged, System.
    [[nodiscard]] Result<void> checkUnchanged() const;
    /// The same open file once more, with a position and read-ahead of its own and with its stamp; also when
    /// nobody finds it by its path any more. Error: System.
    [[nodiscard]] Result<FileDescriptor> reopened() const;

    /// Fills `into` from `offset`; a short file is an error (Truncated). Never maps memory (R44: no SIGBUS).
    [[nodiscard]] Result<void> readExactly(std::uint64_t offset, std::span<std::uint8_t> into) const;
    /// Size of the file in bytes now.
    [[nodiscard]] Result<std::uint64_t> size() const;

private:
    struct Origin {
        std::string path;
        FileStamp stamp;
    };

    int m_fd = -1;
    std::optional<Origin> m_origin;
};

} // namespace rackmuster
