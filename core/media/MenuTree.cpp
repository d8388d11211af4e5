#include "core/media/MenuTree.h"

#include "core/media/IsoLinks.h"
#include "core/media/TreeText.h"

namespace rackmuster::media {

std::string MenuTree::spelled(const std::string& path) const {
    if (m_files.contains(path))
        return path;
    if (m_byLowerCase.empty()) {
        for (const auto& [known, slices] : m_files)
            m_byLowerCase.emplace(lowerCase(known), &known);
    }
    const auto found = m_byLowerCase.find(lowerCase(path));
    return found == m_byLowerCase.end() ? std::string() : *found->second;
}

std::string MenuTree::find(std::string_view written, std::string_view directory) const {
    if (const std::size_t device = written.find(')');
        written.starts_with('(') && device != std::string_view::npos)
        written.remove_prefix(device + 1);
    const bool isAbsolute = written.starts_with('/');
    while (written.starts_with('/'))
        written.remove_prefix(1);
    // A path is resolved as a link that stands beside the menu would be.
    if (!isAbsolute && !directory.empty()) {
        const auto beside = resolveIsoLink(std::string(directory) + "/menu", written);
        if (std::string path = beside ? spelled(*beside) : std::string(); !path.empty())
            return path;
    }
    const auto fromRoot = resolveIsoLink("menu", written);
    return fromRoot ? spelled(*fromRoot) : std::string();
}

std::string_view directoryOf(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view nameOf(std::string_view path) {
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

} // namespace rackmuster::media
