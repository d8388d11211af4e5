#include "core/boot/LoaderText.h"

#include "core/boot/Banner.h"

#include <algorithm>
#include <charconv>

namespace rackmuster::boot {

namespace {

bool isShown(char c) {
    const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool isDigit = c >= '0' && c <= '9';
    return isLetter || isDigit || std::string_view(" .,:_+-/").find(c) != std::string_view::npos;
}

} // namespace

std::string oneLine(std::string_view text) {
    std::string out(text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
        ' ');
    const std::size_t begin = out.find_first_not_of(' ');
    if (begin == std::string::npos)
        return {};
    return out.substr(begin, out.find_last_not_of(' ') - begin + 1);
}

std::string screenText(std::string_view text) {
    std::string out = oneLine(text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return !isShown(c); }, '?');
    return out;
}

std::vector<std::string> parkedScreen(const MachineBoot& machine, char blank) {
    std::vector<std::string> lines = bannerLines(machine.slotLabel, blank);
    std::string line = machine.slotLabel.empty() ? "NO SLOT YET" : "SLOT " + screenText(machine.slotLabel);
    if (!machine.hostname.empty())
        line += "  " + screenText(machine.hostname);
    lines.push_back(line + "  WAITING FOR APPROVAL  " + machine.mac.toString());
    return lines;
}

std::string installText(const MachineBoot& machine, const ImageFiles& image) {
    std::string text =
        machine.menuEntry.empty() ? "Installing " : "Starting " + screenText(machine.menuEntry) + " of ";
    text += screenText(image.name);
    if (!machine.hostname.empty())
        text += " on " + screenText(machine.hostname);
    return text;
}

unsigned majorVersion(std::string_view version) {
    unsigned major = 0;
    const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), major);
    return error == std::errc{} ? major : 99;
}

std::string machineDirectory(MacAddress mac) {
    return "m/" + mac.toHex();
}

} // namespace rackmuster::boot
