#include "core/boot/LoaderText.h"

#include "core/boot/Banner.h"

#include <algorithm>
#include <charconv>
#include <iterator>

namespace rackmuster::boot {

namespace {

bool isShown(char c) {
    const bool isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool isDigit = c >= '0' && c <= '9';
    return isLetter || isDigit || std::string_view(" .,:_+-/").find(c) != std::string_view::npos;
}

/// "77:00:02": what tells the machines of one maker apart.
constexpr std::size_t shownOfMac = 8;

std::string_view firstLabel(std::string_view hostname) {
    return hostname.substr(0, hostname.find('.'));
}

/// Below what is there already.
void draw(std::string_view text, unsigned columnsPerDot, std::vector<std::string>& picture) {
    std::vector<std::string> lines = bannerLines(text, columnsPerDot);
    if (!lines.empty() && !picture.empty())
        picture.emplace_back();
    std::move(lines.begin(), lines.end(), std::back_inserter(picture));
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

ParkedScreen parkedScreen(const MachineBoot& machine) {
    ParkedScreen screen;
    const std::string mac = machine.mac.toString();
    draw(machine.slotLabel, 2, screen.picture);
    draw(firstLabel(machine.hostname), 1, screen.picture);
    draw(std::string_view(mac).substr(mac.size() - shownOfMac), 1, screen.picture);
    screen.text = machine.slotLabel.empty() ? "NO SLOT YET" : "SLOT " + screenText(machine.slotLabel);
    if (!machine.hostname.empty())
        screen.text += "  " + screenText(machine.hostname);
    screen.text += "  WAITING FOR APPROVAL  " + mac;
    return screen;
}

std::string painted(std::string_view line, std::string_view ink, std::string_view plain) {
    std::string out;
    char last = '\0';
    for (const char c : line) {
        if (c != last)
            out += c == '#' ? ink : plain;
        out += last = c;
    }
    return out.append(plain);
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
