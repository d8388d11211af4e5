#include "core/wire/RemoteText.h"

#include <algorithm>

namespace rackmuster::wire {

namespace {

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

} // namespace

std::string remoteText(std::string_view text, std::size_t limit) {
    while (!text.empty() && (isControl(text.back()) || text.back() == ' '))
        text.remove_suffix(1);
    if (text.size() > limit) {
        std::size_t end = limit;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80)
            --end; // inside of a UTF-8 sequence
        text = text.substr(0, end);
    }
    std::string out(text);
    std::ranges::replace_if(out, isControl, ' ');
    return out;
}

} // namespace rackmuster::wire
