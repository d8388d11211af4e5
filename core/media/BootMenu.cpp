#include "core/media/BootMenu.h"

#include "core/base/Hex.h"
#include "core/media/GrubMenu.h"
#include "core/media/SyslinuxMenu.h"
#include "core/media/TreePath.h"
#include "core/media/TreeText.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

namespace rackmuster::media {

namespace {

constexpr std::size_t maxEntries = 64;
constexpr std::size_t maxMenus = 16;
constexpr std::size_t maxText = 2U << 20U; // bytes of all menus together

constexpr std::array<std::string_view, 3> syslinuxNames{"isolinux.cfg", "syslinux.cfg", "txt.cfg"};

/// The menus of the tree in the order in which they are read: BIOS before UEFI, main menus before parts,
/// short paths first.
std::vector<std::string> menusOf(const MenuTree& tree) {
    std::set<std::pair<std::array<std::size_t, 2>, std::string>> found;
    for (const auto& [path, slices] : tree.files()) {
        const std::string name = lowerCase(nameOf(path));
        const auto* const syslinux = std::find(syslinuxNames.begin(), syslinuxNames.end(), name);
        if (syslinux != syslinuxNames.end() || name == "grub.cfg")
            found.insert({{static_cast<std::size_t>(syslinux - syslinuxNames.begin()), path.size()}, path});
    }
    std::vector<std::string> out;
    for (const auto& [order, path] : found) {
        if (out.size() < maxMenus)
            out.push_back(path);
    }
    return out;
}

/// A title for people: one line without control characters and leading dots ("... Expert install").
std::string cleanTitle(std::string_view title) {
    while (title.starts_with('.') || title.starts_with(' '))
        title.remove_prefix(1);
    std::string out;
    for (const std::string_view word : wordsOf(title))
        out.append(out.empty() ? "" : " ").append(word);
    return printableName(out);
}

/// What two spellings of one title have in common.
std::string keyOf(std::string_view title) {
    std::string out = lowerCase(title);
    std::erase_if(out, [](char c) {
        return static_cast<unsigned char>(c) < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9');
    });
    return out;
}

/// Takes the choices of one menu after the other.
class EntryCollector {
public:
    void add(std::vector<MenuChoice> menu);
    [[nodiscard]] std::vector<boot::MenuEntry> take() { return std::move(m_out); }

private:
    [[nodiscard]] bool hasSame(const boot::MenuEntry& entry) const;

    std::set<std::string> m_keys; ///< of the titles so far
    std::vector<boot::MenuEntry> m_out;
};

bool EntryCollector::hasSame(const boot::MenuEntry& entry) const {
    return std::any_of(m_out.begin(), m_out.end(), [&entry](const boot::MenuEntry& other) {
        return other.kernelPath == entry.kernelPath && other.initrdPaths == entry.initrdPaths &&
               other.arguments == entry.arguments;
    });
}

void EntryCollector::add(std::vector<MenuChoice> menu) {
    const std::set<std::string> earlier = m_keys;
    for (MenuChoice& choice : menu) {
        boot::MenuEntry& entry = choice.entry;
        entry.title = cleanTitle(entry.title);
        if (m_out.size() >= maxEntries || entry.title.empty() || earlier.contains(keyOf(entry.title)) ||
            hasSame(entry))
            continue;
        if (m_keys.contains(keyOf(entry.title)) && !choice.submenu.empty())
            entry.title = cleanTitle(choice.submenu) + ": " + entry.title;
        if (m_keys.insert(keyOf(entry.title)).second)
            m_out.push_back(std::move(entry));
    }
}

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view escape = text.substr(i, 4);
        const auto high = escape.size() == 4 ? hexValue(escape[2]) : std::nullopt;
        const auto low = escape.size() == 4 ? hexValue(escape[3]) : std::nullopt;
        if (escape.starts_with("\\x") && high && low) {
            out += static_cast<char>(*high << 4U | *low);
            i += 3;
        } else {
            out += text[i];
        }
    }
    return out;
}

/// The product in "Install Rocky Linux 9.4" with everything up to its version; empty: none.
std::string productIn(std::string_view title) {
    for (const std::string_view start : {"Install ", "Welcome to "}) {
        const std::size_t at = title.find(start);
        if (at == std::string_view::npos)
            continue;
        const std::string_view rest = title.substr(at + start.size());
        const std::string_view version = firstVersionIn(rest);
        if (version.empty() || version.data() == rest.data())
            continue;
        return std::string(rest.substr(0, static_cast<std::size_t>(version.data() - rest.data()))) +
               std::string(version);
    }
    return {};
}

} // namespace

BootMenus readBootMenus(const MenuTree& tree) {
    BootMenus out;
    const MenuTree noted(tree.files(), [&](const std::string& path) {
        std::string text = out.text.size() < maxText ? tree.textOf(path) : std::string();
        out.text.append(text).append("\n");
        return text;
    });
    std::set<std::string> seen;
    EntryCollector entries;
    for (const std::string& path : menusOf(tree)) {
        const bool isGrub = lowerCase(nameOf(path)) == "grub.cfg";
        entries.add(isGrub ? readGrubMenu(noted, path, seen) : readSyslinuxMenu(noted, path, seen));
    }
    out.entries = entries.take();
    return out;
}

bool startsByNetwork(const boot::MenuEntry& entry) {
    // live-boot and casper, dracut's live root, archiso, and Anaconda's second stage.
    constexpr std::array<std::string_view, 9> liveMarks{
        "boot=live",      "boot=casper", "root=live:", "rd.live.image", "archisolabel=",
        "archisodevice=", "CDLABEL=",    "hd:LABEL=",  "cdrom", /* of any option */
    };
    const bool isLivePath =
        entry.kernelPath.starts_with("casper/") || entry.kernelPath.starts_with("live/") ||
        std::any_of(entry.initrdPaths.begin(), entry.initrdPaths.end(), [](const std::string& path) {
            return path.starts_with("casper/") || path.starts_with("live/");
        });
    return !isLivePath && std::none_of(liveMarks.begin(), liveMarks.end(), [&entry](std::string_view mark) {
        return entry.arguments.find(mark) != std::string::npos;
    });
}

std::string stage2LabelOf(std::string_view menuText) {
    constexpr std::string_view mark = "stage2=hd:LABEL=";
    for (const std::string_view line : linesOf(menuText)) {
        if (const std::size_t at = line.find(mark); at != std::string_view::npos) {
            if (const auto words = wordsOf(line.substr(at + mark.size())); !words.empty())
                return unescaped(words.front());
        }
    }
    return {};
}

std::string installedTitleOf(std::string_view menuText) {
    for (const std::string_view rawLine : linesOf(menuText)) {
        const std::string_view line = trim(rawLine);
        const auto words = wordsOf(line);
        if (words.size() < 2 || line.starts_with('#'))
            continue;
        const std::string keyword = lowerCase(words[0]);
        const std::string second = lowerCase(words[1]);
        const bool isTitle =
            keyword == "menuentry" || (keyword == "menu" && (second == "label" || second == "title"));
        std::string title(line);
        std::erase(title, '^');
        if (std::string product = isTitle ? productIn(title) : std::string(); !product.empty())
            return product;
    }
    return {};
}

std::string argumentOf(std::string_view menuText, std::string_view name) {
    for (const std::string_view line : linesOf(menuText)) {
        const auto words = wordsOf(line);
        if (words.empty() || words.front().starts_with('#'))
            continue;
        for (const std::string_view word : words) {
            if (word.starts_with(name) && word.substr(name.size()).starts_with('='))
                return std::string(word.substr(name.size() + 1));
        }
    }
    return {};
}

} // namespace rackmuster::media
