#include "core/boot/MenuArguments.h"

#include "core/boot/FolderFiles.h"
#include "core/boot/LoaderText.h"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <vector>

namespace rackmuster::boot {

namespace {

/// One kernel argument: "name=value", or a bare name.
struct Word {
    std::string name;
    std::optional<std::string> value;

    [[nodiscard]] std::string text() const { return value ? name + '=' + *value : name; }
};

std::vector<Word> wordsOf(const std::string& line) {
    std::istringstream stream(line);
    std::vector<Word> out;
    for (std::string text; stream >> text;) {
        const std::size_t equals = text.find('=');
        if (equals == std::string::npos)
            out.push_back({text, std::nullopt});
        else
            out.push_back({text.substr(0, equals), text.substr(equals + 1)});
    }
    return out;
}

/// What a rule may look at, and what it asks to be added.
struct Entry {
    const MenuEntry& entry;
    const ImageFiles& image;
    std::string tree; ///< URL
    std::vector<Word> words;
    bool needsAddress = false; ///< Something is fetched before the system has a network of its own.

    [[nodiscard]] bool has(std::string_view name) const {
        return std::any_of(words.begin(), words.end(), [&](const Word& word) { return word.name == name; });
    }
    /// The last one counts; empty when there is none.
    [[nodiscard]] std::string valueOf(std::string_view name) const {
        std::string out;
        for (const Word& word : words) {
            if (word.name == name)
                out = word.value.value_or("");
        }
        return out;
    }
    [[nodiscard]] bool contains(const std::string& path) const { return image.files.contains(path); }
    [[nodiscard]] std::string urlOf(const std::string& path) const {
        return path.empty() ? tree : tree + '/' + urlPath(path);
    }
    [[nodiscard]] bool isCasper() const {
        return valueOf("boot") == "casper" || entry.kernelPath.starts_with("casper/");
    }
};

std::string withoutSlashes(std::string_view path) {
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    return std::string(path.substr(0, path.find_last_not_of('/') + 1));
}

/// The path on the medium that a value names: "cdrom", "cdrom:/ks.cfg", "hd:LABEL=X:/ks.cfg" (Anaconda),
/// "cd:/", "dvd:///x?device=..." (linuxrc). Empty: its root. Nothing when it names something else.
std::optional<std::string> pathOnMedium(std::string_view value) {
    const std::size_t colon = std::min(value.find(':'), value.size());
    const std::string_view scheme = value.substr(0, colon);
    std::string_view rest = value.substr(std::min(colon + 1, value.size()));
    rest = rest.substr(0, rest.find('?'));
    if (scheme == "cdrom" || scheme == "cd" || scheme == "dvd")
        return withoutSlashes(rest);
    if (scheme != "hd" || colon == value.size())
        return std::nullopt;
    const std::size_t device = rest.find(':'); // the device is the medium: it is the medium's own menu
    return device == std::string_view::npos ? std::string() : withoutSlashes(rest.substr(device + 1));
}

// --- the rules: each gets a word that names the medium and gives the words for the network; the word itself
// when it does not apply.

using Words = std::vector<Word>;

/// inst.stage2=hd:LABEL=X, inst.repo=cdrom, install=cd:/ : where the installer's tree is.
Words sourceRule(const Word& word, Entry& entry) {
    const auto path = pathOnMedium(word.value.value_or(""));
    if (!path)
        return {word};
    entry.needsAddress = true;
    return {{word.name, entry.urlOf(*path)}};
}

/// inst.ks=cdrom:/ks.cfg, inst.dd=hd:LABEL=X:/dd.iso : one file of the medium.
Words fileRule(const Word& word, Entry& entry) {
    auto path = pathOnMedium(word.value.value_or(""));
    if (path && path->empty() && word.name.ends_with("ks"))
        path = "ks.cfg"; // Anaconda's own default
    if (!path || !entry.contains(*path))
        return {word};
    entry.needsAddress = true;
    return {{word.name, entry.urlOf(*path)}};
}

/// root=live:CDLABEL=X : dracut's live root, which it also fetches (dracut.cmdline(7), rd.live.*).
Words liveRootRule(const Word& word, Entry& entry) {
    constexpr std::array<std::string_view, 4> media{
        "live:CDLABEL=", "live:LABEL=", "live:UUID=", "live:/dev/"};
    const std::string value = word.value.value_or("");
    if (std::none_of(media.begin(), media.end(), [&](std::string_view m) { return value.starts_with(m); }))
        return {word};
    const auto chosen = [&](const char* name, const char* usual) {
        const std::string given = entry.valueOf(name);
        return given.empty() ? std::string(usual) : given;
    };
    const std::string path =
        withoutSlashes(chosen("rd.live.dir", "LiveOS")) + '/' + chosen("rd.live.squashimg", "squashfs.img");
    if (!entry.contains(path))
        return {word};
    entry.needsAddress = true;
    return {{word.name, "live:" + entry.urlOf(path)}};
}

/// file=/cdrom/preseed/x.seed : debian-installer fetches what url= names. To a live system of Ubuntu url= is
/// its whole image, and that has the file.
Words preseedRule(const Word& word, Entry& entry) {
    constexpr std::string_view medium = "/cdrom/";
    const std::string value = word.value.value_or("");
    const std::string path = value.starts_with(medium) ? withoutSlashes(value.substr(medium.size())) : "";
    if (path.empty() || entry.isCasper() || !entry.contains(path))
        return {word};
    return {{"url", entry.urlOf(path)}};
}

/// archisolabel=ARCH : archiso, also of SystemRescue, fetches <archiso_http_srv><archisobasedir>/...
Words archisoRule(const Word& word, Entry& entry) {
    if (entry.valueOf("archisobasedir").empty() || entry.has("archiso_http_srv"))
        return {word};
    entry.needsAddress = true;
    return {{"archiso_http_srv", entry.tree + '/'}};
}

/// A check of the medium, and the name that another loader gave an initrd.
Words dropRule(const Word& /*word*/, Entry& /*entry*/) {
    return {};
}

struct Rule {
    std::string_view name;
    Words (*translate)(const Word& word, Entry& entry);
};

constexpr std::array rules{
    Rule{"inst.stage2", sourceRule},
    Rule{"stage2", sourceRule},
    Rule{"inst.repo", sourceRule},
    Rule{"repo", sourceRule},
    Rule{"method", sourceRule},
    Rule{"install", sourceRule},
    Rule{"inst.ks", fileRule},
    Rule{"ks", fileRule},
    Rule{"inst.updates", fileRule},
    Rule{"updates", fileRule},
    Rule{"inst.dd", fileRule},
    Rule{"dd", fileRule},
    Rule{"autoyast", fileRule},
    Rule{"root", liveRootRule},
    Rule{"file", preseedRule},
    Rule{"preseed/file", preseedRule},
    Rule{"archisolabel", archisoRule},
    Rule{"archisodevice", archisoRule},
    Rule{"archisosearchuuid", archisoRule},
    Rule{"rd.live.check", dropRule},
    Rule{"mediacheck", dropRule},
    Rule{"initrd", dropRule},
};

Words translate(const Word& word, Entry& entry) {
    const auto* const rule = std::find_if(rules.begin(), rules.end(),
                                          [&](const Rule& candidate) { return candidate.name == word.name; });
    return rule == rules.end() ? Words{word} : rule->translate(word, entry);
}

// --- what a system that finds its medium by itself has to be told

/// Media before RHEL 7 and of SUSE name no source: their installer looks round for it.
void addSource(const Entry& entry, Words& out) {
    const auto names = [&](std::initializer_list<std::string_view> keys) {
        return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return entry.has(key); });
    };
    if (entry.image.family == InstallerFamily::RedHat &&
        !names({"inst.stage2", "stage2", "inst.repo", "repo", "method", "root"})) {
        const bool isOld = majorVersion(entry.image.version) < 7;
        out.push_back({isOld ? "repo" : "inst.repo", entry.tree});
        if (isOld)
            out.push_back({"ksdevice", "bootif"});
        out.push_back({"ip", "dhcp"});
    }
    if (entry.image.family == InstallerFamily::Suse && !names({"install"}))
        out.push_back({"install", entry.tree});
}

/// live-boot (Debian's live systems) takes its file system from fetch=.
void addLiveBoot(const Entry& entry, Words& out) {
    if (entry.valueOf("boot") != "live" || entry.has("fetch") || entry.has("httpfs") || entry.has("netboot"))
        return;
    const std::string directory = entry.valueOf("live-media-path");
    const std::string path = withoutSlashes(directory.empty() ? "live" : directory) + "/filesystem.squashfs";
    if (entry.contains(path))
        out.push_back({"fetch", entry.urlOf(path)});
}

/// casper (Ubuntu's live systems) takes its whole image from url=.
void addCasper(const Entry& entry, const ServerIdentity& server, Words& out) {
    if (!entry.isCasper() || entry.has("url") || entry.has("netboot") || entry.image.whole.length == 0)
        return;
    out.push_back({"url", server.httpBase() + "/w/" + entry.image.id + ".iso"});
    if (!entry.has("ip"))
        out.push_back({"ip", "dhcp"});
}

std::string joined(const Words& words, const std::string& more) {
    std::string out;
    const auto add = [&out](const std::string& text) {
        if (!out.empty() && !text.empty())
            out += ' ';
        out += text;
    };
    const auto end = std::find_if(words.begin(), words.end(), [](const Word& word) {
        return !word.value && (word.name == "---" || word.name == "--");
    });
    for (auto word = words.begin(); word != end; ++word)
        add(word->text());
    add(more);
    for (auto word = end; word != words.end(); ++word)
        add(word->text());
    return out;
}

} // namespace

std::string imageTreeUrl(const ImageFiles& image, const ServerIdentity& server) {
    return server.httpBase() + "/i/" + image.id;
}

std::string menuArguments(const MenuEntry& menuEntry, const ImageFiles& image, const ServerIdentity& server,
                          std::string_view more) {
    const std::string line = oneLine(menuEntry.arguments);
    if (menuEntry.initrdPaths.empty())
        return joined(wordsOf(line), std::string(more));
    Entry entry{menuEntry, image, imageTreeUrl(image, server), wordsOf(line)};
    Words out;
    for (const Word& word : entry.words) {
        for (Word& translated : translate(word, entry))
            out.push_back(std::move(translated));
    }
    Words added;
    addSource(entry, added);
    addLiveBoot(entry, added);
    addCasper(entry, server, added);
    if (entry.needsAddress && !entry.has("ip"))
        added.push_back({"ip", "dhcp"});
    std::string behind = joined(added, std::string(more));
    return joined(out, behind);
}

} // namespace rackmuster::boot
