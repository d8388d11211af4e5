#pragma once

#include "core/boot/Catalog.h"
#include "core/media/IsoTree.h"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace rackmuster::media {

/// The image as its boot menus see it: paths as they write them, and the text of further menus.
class MenuTree {
public:
    /// A small text file by its path in `files`; empty when it cannot be read.
    using TextOf = std::function<std::string(const std::string& path)>;

    /// `files` must outlive this.
    MenuTree(const IsoFiles& files, TextOf textOf) : m_files(files), m_textOf(std::move(textOf)) {}

    /// The file that a menu in `directory` calls `written`, as the tree spells it: a device in front
    /// ("($root)/linux") does not count, a relative path is taken from `directory` and then from the root,
    /// letter case matters only where the tree has both. Empty when there is none.
    [[nodiscard]] std::string find(std::string_view written, std::string_view directory) const;
    [[nodiscard]] std::string textOf(const std::string& path) const { return m_textOf(path); }
    [[nodiscard]] const IsoFiles& files() const { return m_files; }

private:
    /// `path` as the tree spells it; empty when it is not there.
    [[nodiscard]] std::string spelled(const std::string& path) const;

    const IsoFiles& m_files;
    TextOf m_textOf;
    mutable std::unordered_map<std::string, const std::string*> m_byLowerCase; ///< made by the first miss
};

/// One choice of a menu.
struct MenuChoice {
    boot::MenuEntry entry;
    std::string submenu; ///< title of the menu inside the menu that it stands in; empty: the first one
};

/// "isolinux" of "isolinux/txt.cfg"; empty for a file of the root.
[[nodiscard]] std::string_view directoryOf(std::string_view path);
/// "txt.cfg" of "isolinux/txt.cfg".
[[nodiscard]] std::string_view nameOf(std::string_view path);

} // namespace rackmuster::media
