#include "core/boot/FolderFiles.h"

#include <algorithm>

namespace rackmuster::boot {

namespace {

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

bool isUnreserved(char c) {
    const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool isDigit = c >= '0' && c <= '9';
    return isLetter || isDigit || std::string_view("-._~/").find(c) != std::string_view::npos;
}

/// "./" so that a name with a colon is not taken for a scheme.
std::string lineOf(const FolderEntry& entry) {
    const char* const end = entry.isDirectory ? "/" : "";
    return "<a href=\"./" + urlPath(entry.name) + end + "\">" + escaped(entry.name) + end + "</a>" +
           (entry.isDirectory ? std::string() : "  " + std::to_string(entry.size)) + '\n';
}

} // namespace

std::string urlPath(std::string_view path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : path) {
        if (isUnreserved(c)) {
            out += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4U];
        out += digits[byte & 0xFU];
    }
    return out;
}

std::string listingPage(std::string_view title, std::vector<FolderEntry> entries) {
    std::sort(entries.begin(), entries.end(),
              [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
    const bool isCut = entries.size() > FolderFiles::maximumNames;
    if (isCut)
        entries.resize(FolderFiles::maximumNames);
    std::string out = "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + escaped(title) +
                      "</title></head><body>\n<h1>" + escaped(title) +
                      "</h1>\n<pre>\n<a href=\"../\">../</a>\n";
    for (const FolderEntry& entry : entries)
        out += lineOf(entry);
    out += "</pre>\n";
    if (isCut)
        out += "<p>There are more names than can be shown.</p>\n";
    return out + "</body></html>\n";
}

BootFile listingFile(std::string_view title, std::vector<FolderEntry> entries) {
    BootFile page;
    page.content = std::make_shared<const std::string>(listingPage(title, std::move(entries)));
    page.mediaType = "text/html; charset=utf-8";
    return page;
}

} // namespace rackmuster::boot
