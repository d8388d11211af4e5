#include "core/media/GrubMenu.h"

#include "core/media/GrubScript.h"
#include "core/media/TreeText.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace rackmuster::media {

namespace {

constexpr std::size_t maxFiles = 64;       // of a menu with all that it sources
constexpr std::size_t maxChoices = 512;    // before doubles are taken out
constexpr std::size_t maxExpansion = 4096; // bytes of a word or an argument line, as of a kernel's
constexpr std::size_t maxVariables = 1000;
constexpr std::size_t maxInitrds = 16; // of one entry

template <std::size_t size>
bool isOneOf(const std::array<std::string_view, size>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// What only a running grub knows.
constexpr std::array<std::string_view, 4> runtimeNames{"cmdpath", "grub_platform", "grub_cpu", "lang"};
constexpr std::array<std::string_view, 4> linuxCommands{"linux", "linuxefi", "linux16", "linux32"};
constexpr std::array<std::string_view, 3> initrdCommands{"initrd", "initrdefi", "initrd16"};
constexpr std::array<std::string_view, 4> otherSystems{"multiboot", "multiboot2", "xen_hypervisor",
                                                       "chainloader"};
constexpr std::array<std::string_view, 4> sourceCommands{"source", ".", "configfile", "normal"};
constexpr std::array<std::string_view, 3> branchWords{"then", "else", "do"};
// Options of menuentry and submenu that take the next word.
constexpr std::array<std::string_view, 4> titleOptions{"--class", "--users", "--hotkey", "--id"};

/// A path without the device in front of it: "($root)/linux" is "/linux".
GrubWord withoutDevice(GrubWord word) {
    if (word.empty() || word.front().isVariable || !word.front().text.starts_with('('))
        return word;
    while (!word.empty()) {
        const std::size_t end = word.front().isVariable ? std::string::npos : word.front().text.find(')');
        if (end != std::string::npos) {
            word.front().text.erase(0, end + 1);
            break;
        }
        word.erase(word.begin());
    }
    return word;
}

/// A word with its variables filled in.
struct Expanded {
    std::string text;
    bool isKnown = true; ///< false: it holds what only a running grub knows
    bool isWhole = true; ///< false: it holds a variable that nobody sets
};

/// An entry while its block is read.
struct OpenEntry {
    boot::MenuEntry entry;
    bool isUsable = true;
    bool hasInitrd = false;
};

class GrubReader {
public:
    GrubReader(const MenuTree& tree, const std::string& directory, std::set<std::string>& seen)
        : m_tree(tree), m_directory(directory), m_seen(seen) {
        m_variables["prefix"] = "/" + directory;
        m_variables["root"] = "";
    }

    void readFile(const std::string& path);
    [[nodiscard]] std::vector<MenuChoice> take() { return std::move(m_out); }

private:
    enum class Block { Entry, Submenu, Other };

    void run(GrubCommand command);
    void openBlock(const std::vector<GrubWord>& words);
    void closeBlock();
    void runNamed(const std::string& name, const std::vector<GrubWord>& words);
    void takeKernel(const std::vector<GrubWord>& words);
    void takeInitrds(const std::vector<GrubWord>& words);
    void assign(const GrubWord& word);
    void setVariable(const std::string& name, std::optional<std::string> value);
    void forget(const std::vector<GrubWord>& words);
    void follow(const GrubWord& word);
    [[nodiscard]] Expanded expand(const GrubWord& word) const;
    [[nodiscard]] std::optional<std::string> titleOf(const std::vector<GrubWord>& words) const;

    const MenuTree& m_tree;
    std::string m_directory;
    std::set<std::string>& m_seen;
    std::map<std::string, std::optional<std::string>> m_variables; ///< nothing: known only to a running grub
    std::vector<Block> m_blocks;
    std::vector<std::string> m_submenus;
    std::optional<OpenEntry> m_entry;
    std::vector<MenuChoice> m_out;
    unsigned m_conditions = 0; ///< open "if", "for" and "while"
};

Expanded GrubReader::expand(const GrubWord& word) const {
    Expanded out;
    for (const GrubPart& part : word) {
        if (!part.isVariable) {
            out.text += part.text;
        } else if (const auto found = m_variables.find(part.text); found != m_variables.end()) {
            out.isKnown = out.isKnown && found->second.has_value();
            out.text += found->second.value_or("");
        } else {
            out.isWhole = false;
            out.isKnown = out.isKnown && !isOneOf(runtimeNames, part.text) && !part.text.starts_with("net_");
        }
        if (out.text.size() > maxExpansion)
            return {{}, false, false};
    }
    return out;
}

std::optional<std::string> GrubReader::titleOf(const std::vector<GrubWord>& words) const {
    for (std::size_t i = 1; i < words.size(); ++i) {
        const Expanded word = expand(words[i]);
        if (isOneOf(titleOptions, word.text))
            ++i;
        else if (!word.text.starts_with("--"))
            return word.isKnown && !word.text.empty() ? std::optional(word.text) : std::nullopt;
    }
    return std::nullopt;
}

void GrubReader::openBlock(const std::vector<GrubWord>& words) {
    const std::string name = words.empty() ? std::string() : expand(words.front()).text;
    const bool isEntry = name == "menuentry";
    if (!m_entry && (isEntry || name == "submenu")) {
        const auto title = titleOf(words);
        if (isEntry) {
            m_entry.emplace();
            m_entry->isUsable = title.has_value();
            m_entry->entry.title = title.value_or("");
        } else {
            m_submenus.push_back(title.value_or(""));
        }
        m_blocks.push_back(isEntry ? Block::Entry : Block::Submenu);
    } else {
        m_blocks.push_back(Block::Other);
    }
}

void GrubReader::closeBlock() {
    if (m_blocks.empty())
        return;
    const Block block = m_blocks.back();
    m_blocks.pop_back();
    if (block == Block::Submenu)
        m_submenus.pop_back();
    if (block != Block::Entry || !m_entry)
        return;
    if (m_entry->isUsable && !m_entry->entry.kernelPath.empty() && m_out.size() < maxChoices)
        m_out.push_back({std::move(m_entry->entry), m_submenus.empty() ? std::string() : m_submenus.back()});
    m_entry.reset();
}

void GrubReader::takeKernel(const std::vector<GrubWord>& words) {
    boot::MenuEntry& entry = m_entry->entry;
    if (!entry.kernelPath.empty() || words.size() < 2)
        return; // of another branch
    const Expanded path = expand(withoutDevice(words[1]));
    entry.kernelPath = path.isKnown ? m_tree.find(path.text, m_directory) : std::string();
    m_entry->isUsable = m_entry->isUsable && !entry.kernelPath.empty();
    for (std::size_t i = 2; i < words.size() && m_entry->isUsable; ++i) {
        const Expanded word = expand(words[i]);
        m_entry->isUsable = word.isKnown && entry.arguments.size() <= maxExpansion;
        if (!word.isWhole || word.text.empty() || word.text.starts_with("initrd="))
            continue; // "findiso=${iso_path}" says nothing
        entry.arguments += entry.arguments.empty() ? "" : " ";
        const bool isQuoted = word.text.find(' ') != std::string::npos;
        entry.arguments += isQuoted ? '"' + word.text + '"' : word.text; // as grub hands it over
    }
}

void GrubReader::takeInitrds(const std::vector<GrubWord>& words) {
    if (std::exchange(m_entry->hasInitrd, true))
        return; // of another branch
    for (std::size_t i = 1; i < words.size(); ++i) {
        const Expanded written = expand(withoutDevice(words[i]));
        if (written.text.starts_with("--"))
            continue;
        std::string path = written.isKnown ? m_tree.find(written.text, m_directory) : std::string();
        m_entry->isUsable = m_entry->isUsable && !path.empty() && i <= maxInitrds;
        if (!m_entry->isUsable)
            return;
        m_entry->entry.initrdPaths.push_back(std::move(path));
    }
}

void GrubReader::setVariable(const std::string& name, std::optional<std::string> value) {
    if (m_variables.size() < maxVariables || m_variables.contains(name))
        m_variables[name] = std::move(value);
}

/// "name=value". In a branch it counts only when nothing is known yet: the first branch wins.
void GrubReader::assign(const GrubWord& word) {
    if (word.empty() || word.front().isVariable)
        return;
    const std::size_t equals = word.front().text.find('=');
    if (equals == std::string::npos || equals == 0)
        return;
    const std::string name = word.front().text.substr(0, equals);
    GrubWord value = word;
    value.front().text.erase(0, equals + 1);
    const Expanded expanded = expand(value);
    if (name == "root" || (m_conditions > 0 && m_variables.contains(name)))
        return; // the root is the image, whatever they call it
    setVariable(name, expanded.isKnown ? std::optional(expanded.text) : std::nullopt);
}

/// Commands that set variables to what they find out.
void GrubReader::forget(const std::vector<GrubWord>& words) {
    for (std::size_t i = 1; i < words.size(); ++i) {
        std::string word = expand(words[i]).text;
        if ((word == "--set" || word == "-s") && i + 1 < words.size())
            word = "--set=" + expand(words[++i]).text;
        if (word.starts_with("--set=") && word != "--set=root")
            setVariable(word.substr(6), std::nullopt);
    }
}

void GrubReader::follow(const GrubWord& word) {
    const Expanded path = expand(withoutDevice(word));
    if (!path.isKnown)
        return;
    // What a sourced file opens it also closes; what it says of an entry is not ours to guess.
    const auto blocks = std::exchange(m_blocks, {});
    const auto entry = std::exchange(m_entry, std::nullopt);
    const auto submenus = m_submenus;
    if (entry && !entry->entry.title.empty())
        m_submenus.push_back(entry->entry.title);
    readFile(m_tree.find(path.text, m_directory));
    m_blocks = blocks;
    m_entry = entry;
    m_submenus = submenus;
}

void GrubReader::runNamed(const std::string& name, const std::vector<GrubWord>& words) {
    if (name == "if" || name == "for" || name == "while" || name == "until") {
        ++m_conditions;
        if (name == "for" && words.size() > 1)
            setVariable(expand(words[1]).text, std::nullopt);
    } else if (name == "fi" || name == "done") {
        m_conditions -= m_conditions > 0 ? 1 : 0;
    } else if (name == "set" && words.size() > 1) {
        assign(words[1]);
    } else if (name == "read" && words.size() > 1) {
        setVariable(expand(words[1]).text, std::nullopt);
    } else if (name == "search" || name == "probe" || name == "regexp") {
        forget(words);
    } else if (isOneOf(sourceCommands, name) && words.size() > 1) {
        follow(words[1]);
    } else if (m_entry && isOneOf(linuxCommands, name)) {
        takeKernel(words);
    } else if (m_entry && isOneOf(initrdCommands, name)) {
        takeInitrds(words);
    } else if (m_entry && isOneOf(otherSystems, name)) {
        m_entry->isUsable = false;
    } else {
        assign(words.front()); // "name=value" alone
    }
}

void GrubReader::run(GrubCommand command) {
    while (!command.words.empty() && isOneOf(branchWords, expand(command.words.front()).text))
        command.words.erase(command.words.begin());
    if (command.closesBlock)
        closeBlock();
    else if (command.opensBlock)
        openBlock(command.words);
    else if (!command.words.empty())
        runNamed(expand(command.words.front()).text, command.words);
}

void GrubReader::readFile(const std::string& path) {
    if (path.empty() || m_seen.size() >= maxFiles || !m_seen.insert(path).second)
        return;
    for (GrubCommand& command : parseGrubScript(m_tree.textOf(path)))
        run(std::move(command));
}

} // namespace

std::vector<MenuChoice> readGrubMenu(const MenuTree& tree, const std::string& path,
                                     std::set<std::string>& seen) {
    GrubReader reader(tree, std::string(directoryOf(path)), seen);
    reader.readFile(path);
    return reader.take();
}

} // namespace rackmuster::media
