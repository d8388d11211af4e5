#include "app/helper/PortHolder.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <vector>

namespace rackmuster::helper {

namespace {

namespace fs = std::filesystem;

/// The inode of a line of /proc/net/{udp,tcp} whose local port is `port`; of TCP only listeners count.
std::optional<std::string> inodeOnPort(const std::string& line, Transport transport, std::uint16_t port) {
    std::istringstream stream(line);
    std::vector<std::string> words;
    for (std::string word; words.size() < 10 && stream >> word;)
        words.push_back(word);
    if (words.size() < 10 || (transport == Transport::Tcp && words[3] != "0A"))
        return std::nullopt;
    const std::string& local = words[1];
    const std::size_t colon = local.find(':');
    std::uint16_t found = 0;
    if (colon == std::string::npos ||
        std::from_chars(local.data() + colon + 1, local.data() + local.size(), found, 16).ec != std::errc() ||
        found != port)
        return std::nullopt;
    return words[9];
}

/// What the descriptors of the sockets on `port` link to: "socket:[4711]".
std::set<std::string> socketLinks(Transport transport, std::uint16_t port) {
    const std::string table = transport == Transport::Udp ? "/proc/net/udp" : "/proc/net/tcp";
    std::set<std::string> links;
    for (const std::string& path : {table, table + "6"}) {
        std::ifstream file(path);
        for (std::string line; std::getline(file, line);) {
            if (const auto inode = inodeOnPort(line, transport, port))
                links.insert("socket:[" + *inode + "]");
        }
    }
    return links;
}

bool holdsOneOf(const fs::path& process, const std::set<std::string>& links) {
    std::error_code error; // a process that ended or is not ours to look into
    for (fs::directory_iterator entry(process / "fd", error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code unreadable;
        if (links.contains(fs::read_symlink(entry->path(), unreadable).string()))
            return true;
    }
    return false;
}

bool isNumber(const std::string& text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

std::string portHolder(Transport transport, std::uint16_t port) {
    const std::set<std::string> links = socketLinks(transport, port);
    std::error_code error;
    for (fs::directory_iterator entry("/proc", error), end; !error && entry != end; entry.increment(error)) {
        const std::string id = entry->path().filename().string();
        if (!isNumber(id) || !holdsOneOf(entry->path(), links))
            continue;
        std::ifstream file(entry->path() / "comm");
        std::string name;
        std::getline(file, name);
        return (name.empty() ? "a program" : name) + " (process " + id + ")";
    }
    return "another program";
}

} // namespace rackmuster::helper
