#pragma once

#include "core/boot/BootFile.h"

#include <atomic>
#include <map>
#include <memory>
#include <string>

namespace rackmuster::tests {

/// Serves what a test puts in, looked up by canonical path. Filled before the server starts, then only read.
class MapSource final : public boot::BootFileSource {
public:
    [[nodiscard]] std::optional<boot::BootFile> find(std::string_view path,
                                                     Ipv4Address /*peer*/) const override {
        ++m_lookups;
        const auto canonical = boot::canonicalPath(path);
        const auto found = canonical ? m_files.find(*canonical) : m_files.end();
        return found == m_files.end() ? std::nullopt : std::optional(found->second);
    }

    /// A file that is rendered in memory.
    boot::BootFile& addText(const std::string& path, std::string text) {
        boot::BootFile& file = m_files[path];
        file.content = std::make_shared<const std::string>(std::move(text));
        return file;
    }
    /// A file that lies on disc.
    boot::BootFile& addSlices(const std::string& path, std::vector<boot::FileSlice> slices) {
        boot::BootFile& file = m_files[path];
        file.content = std::move(slices);
        return file;
    }

    [[nodiscard]] int lookups() const { return m_lookups; }

private:
    std::map<std::string, boot::BootFile> m_files;
    mutable std::atomic<int> m_lookups{0};
};

} // namespace rackmuster::tests
