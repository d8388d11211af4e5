#include "core/media/SyslinuxMenu.h"

#include "core/media/TreeText.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace rackmuster::media {

namespace {

constexpr std::size_t maxFiles = 64;    // of a menu with all that it includes
constexpr std::size_t maxChoices = 512; // before doubles are taken out
constexpr std::size_t maxLine = 4096;   // bytes of arguments, as of a kernel's

// What "kernel" may name besides a Linux kernel (syslinux.txt, "KERNEL file").
constexpr std::array<std::string_view, 9> otherPrograms{".c32", ".com", ".cbt", ".bss", ".bs",
                                                        ".bin", ".img", ".0",   ".efi"};

/// The text behind the first `count` words.
std::string_view behind(std::string_view line, std::size_t count) {
    const auto words = wordsOf(line);
    if (words.size() <= count)
        return {};
    return trim(line.substr(static_cast<std::size_t>(words[count].data() - line.data())));
}

/// A title without the marks of its hot keys.
std::string titleOf(std::string_view text) {
    std::string out(text);
    out.erase(std::remove(out.begin(), out.end(), '^'), out.end());
    return out;
}

/// What stands below one LABEL.
struct Label {
    std::string name, title, kernel;
    std::optional<std::string> append;
    std::string initrds; ///< of an INITRD line
    bool isLinux = true;
    bool isOffered = true;
};

class SyslinuxReader {
public:
    SyslinuxReader(const MenuTree& tree, std::string directory, std::set<std::string>& seen)
        : m_tree(tree), m_directory(std::move(directory)), m_seen(seen) {}

    void readFile(const std::string& path);
    [[nodiscard]] std::vector<MenuChoice> take();

private:
    void readLine(std::string_view line);
    void readLabelLine(const std::string& keyword, std::string_view rest);
    void readMenuLine(std::string_view line);
    void finishLabel();
    void follow(std::string_view written);
    [[nodiscard]] std::optional<boot::MenuEntry> entryOf(const Label& label) const;
    bool addInitrds(std::string_view list, boot::MenuEntry& entry) const;

    const MenuTree& m_tree;
    std::string m_directory; ///< of the first file: relative paths are taken from there
    std::set<std::string>& m_seen;
    std::optional<Label> m_label;
    std::string m_append; ///< of the labels that have none of their own
    std::vector<std::string> m_submenus;
    bool m_isInHelp = false;
    std::vector<MenuChoice> m_out;
};

void SyslinuxReader::readFile(const std::string& path) {
    if (path.empty() || m_seen.size() >= maxFiles || !m_seen.insert(path).second)
        return;
    const std::string text = m_tree.textOf(path);
    for (const std::string_view line : linesOf(text))
        readLine(trim(line));
}

void SyslinuxReader::follow(std::string_view written) {
    if (!written.empty())
        readFile(m_tree.find(written, m_directory));
}

void SyslinuxReader::readLine(std::string_view line) {
    const auto words = wordsOf(line);
    if (words.empty() || line.starts_with('#'))
        return;
    const std::string keyword = lowerCase(words.front());
    const std::string second = words.size() > 1 ? lowerCase(words[1]) : std::string();
    if (m_isInHelp || (keyword == "text" && second == "help")) {
        m_isInHelp = keyword != "endtext";
    } else if (keyword == "label") {
        finishLabel();
        m_label.emplace();
        m_label->name = std::string(behind(line, 1));
    } else if (keyword == "menu") {
        readMenuLine(line);
    } else if (keyword == "include") {
        follow(second.empty() ? second : words[1]);
    } else if (m_label) {
        readLabelLine(keyword, behind(line, 1));
    } else if (keyword == "append") {
        m_append = std::string(behind(line, 1));
    }
}

void SyslinuxReader::readLabelLine(const std::string& keyword, std::string_view rest) {
    constexpr std::array<std::string_view, 9> others{"com32", "boot",    "bss",       "pxe",   "fdimage",
                                                     "image", "comboot", "localboot", "config"};
    if (keyword == "kernel" || keyword == "linux") {
        m_label->kernel = std::string(rest);
        m_label->isLinux = keyword == "linux" ||
                           std::none_of(otherPrograms.begin(), otherPrograms.end(),
                                        [name = lowerCase(rest)](auto end) { return name.ends_with(end); });
    } else if (keyword == "append") {
        m_label->append = rest == "-" ? std::string() : std::string(rest);
    } else if (keyword == "initrd") {
        m_label->initrds = std::string(rest);
    } else if (std::find(others.begin(), others.end(), keyword) != others.end()) {
        m_label->isLinux = false;
        if (keyword == "config") {
            finishLabel();
            follow(rest);
        }
    }
}

void SyslinuxReader::readMenuLine(std::string_view line) {
    const auto words = wordsOf(line);
    const std::string what = words.size() > 1 ? lowerCase(words[1]) : std::string();
    if (what == "begin") {
        finishLabel();
        m_submenus.push_back(titleOf(behind(line, 2)));
    } else if (what == "end") {
        finishLabel();
        if (!m_submenus.empty())
            m_submenus.pop_back();
    } else if (what == "title" && !m_submenus.empty() && !m_label) {
        m_submenus.back() = titleOf(behind(line, 2));
    } else if (what == "include" && words.size() > 2) {
        follow(words[2]);
    } else if (m_label && what == "label") {
        m_label->title = titleOf(behind(line, 2));
    } else if (m_label && (what == "hide" || what == "disable" || what == "disabled")) {
        m_label->isOffered = false;
    }
}

bool SyslinuxReader::addInitrds(std::string_view list, boot::MenuEntry& entry) const {
    entry.initrdPaths.clear();
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string path = m_tree.find(trim(list.substr(0, comma)), m_directory);
        if (path.empty())
            return false;
        entry.initrdPaths.push_back(path);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return true;
}

std::optional<boot::MenuEntry> SyslinuxReader::entryOf(const Label& label) const {
    constexpr std::string_view initrdWord = "initrd=";
    boot::MenuEntry out;
    out.title = label.title.empty() ? label.name : label.title;
    out.kernelPath = m_tree.find(label.kernel, m_directory);
    const std::string append = label.append.value_or(m_append);
    std::string_view initrds = label.initrds;
    for (const std::string_view word : wordsOf(append)) {
        if (!word.starts_with(initrdWord))
            out.arguments.append(out.arguments.empty() ? "" : " ").append(word);
        else if (label.initrds.empty())
            initrds = word.substr(initrdWord.size());
    }
    const bool isStarted = !label.kernel.empty() && !out.kernelPath.empty() && append.size() <= maxLine;
    if (!isStarted || !addInitrds(initrds, out))
        return std::nullopt;
    return out;
}

void SyslinuxReader::finishLabel() {
    if (m_label && m_label->isLinux && m_label->isOffered && m_out.size() < maxChoices) {
        if (auto entry = entryOf(*m_label))
            m_out.push_back({std::move(*entry), m_submenus.empty() ? std::string() : m_submenus.back()});
    }
    m_label.reset();
}

std::vector<MenuChoice> SyslinuxReader::take() {
    finishLabel();
    return std::move(m_out);
}

} // namespace

std::vector<MenuChoice> readSyslinuxMenu(const MenuTree& tree, const std::string& path,
                                         std::set<std::string>& seen) {
    SyslinuxReader reader(tree, std::string(directoryOf(path)), seen);
    reader.readFile(path);
    return reader.take();
}

} // namespace rackmuster::media
