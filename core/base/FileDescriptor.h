#pragma once

#include "core/base/Result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>

namespace rackmuster {

/// Owns one open descriptor and closes it. Move only.
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int fd) : m_fd(fd) {}
    FileDescriptor(FileDescriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    FileDescriptor& operator=(FileDescriptor&& other) noexcept;
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor();

    /// Opens a regular file for reading. Error: NoSuchFile.
    [[nodiscard]] static Result<FileDescriptor> openForReading(const std::string& path);

    [[nodiscard]] int get() const { return m_fd; }
    [[nodiscard]] bool isOpen() const { return m_fd >= 0; }
    /// Gives the descriptor away; the caller closes it.
    [[nodiscard]] int release() { return std::exchange(m_fd, -1); }
    void reset() { *this = FileDescriptor(); }

    /// Fills `into` from `offset`; a short file is an error (Truncated). Never maps memory (R44: no SIGBUS).
    [[nodiscard]] Result<void> readExactly(std::uint64_t offset, std::span<std::uint8_t> into) const;
    /// Size of the file in bytes now.
    [[nodiscard]] Result<std::uint64_t> size() const;

private:
    int m_fd = -1;
};

} // namespace rackmuster
