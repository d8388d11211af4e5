#include "core/media/BootMenu.h"

#include "core/base/Hex.h"
#include "core/media/IsoLinks.h"
#include "core/media/TreeText.h"

#include <optional>

namespace rackmuster::media {

namespace {

/// Builds the entries out of the menu's lines.
class MenuReader {
public:
    explicit MenuReader(std::string_view directory) : m_directory(directory) {}

    void readLine(const std::vector<std::string_view>& words);
    [[nodiscard]] std::vector<KernelPair> take();

private:
    void finishEntry();
    [[nodiscard]] std::string inTree(std::string_view path) const;
    void takeInitrd(std::string_view paths);

    std::string m_directory;
    KernelPair m_entry;
    std::vector<KernelPair> m_out;
};

void MenuReader::finishEntry() {
    if (m_entry.isComplete())
        m_out.push_back(std::move(m_entry));
    m_entry = {};
}

std::string MenuReader::inTree(std::string_view path) const {
    if (const std::size_t device = path.find(')'); path.starts_with('(') && device != std::string_view::npos)
        path.remove_prefix(device + 1); // grub: ($root)/install/vmlinuz
    const bool isAbsolute = path.starts_with('/');
    while (path.starts_with('/'))
        path.remove_prefix(1);
    // A path is resolved as a link that stands beside the menu would be.
    return resolveIsoLink(isAbsolute || m_directory.empty() ? "menu" : m_directory + "/menu", path)
        .value_or("");
}

void MenuReader::takeInitrd(std::string_view paths) {
    if (m_entry.initrd.empty())
        m_entry.initrd = inTree(paths.substr(0, paths.find(',')));
}

void MenuReader::readLine(const std::vector<std::string_view>& words) {
    if (words.empty() || words.front().starts_with('#'))
        return;
    const std::string keyword = lowerCase(words.front());
    if (keyword == "label" || keyword == "menuentry" || keyword == "}")
        finishEntry();
    if (words.size() < 2)
        return;
    if (keyword == "kernel" || keyword == "linux" || keyword == "linuxefi") {
        m_entry.kernel = inTree(words[1]);
    } else if (keyword == "initrd" || keyword == "initrdefi") {
        m_entry.initrd.clear(); // its own line counts, not an argument that merely repeats it
        takeInitrd(words[1]);
    }
    if (keyword == "append") {
        for (const std::string_view word : words) {
            if (word.starts_with("initrd="))
                takeInitrd(word.substr(7));
        }
    }
}

std::vector<KernelPair> MenuReader::take() {
    finishEntry();
    return std::move(m_out);
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

} // namespace

std::vector<KernelPair> parseBootMenu(std::string_view text, std::string_view directory) {
    MenuReader reader(directory);
    for (const std::string_view line : linesOf(text))
        reader.readLine(wordsOf(line));
    return reader.take();
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

} // namespace rackmuster::media
