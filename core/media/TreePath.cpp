#include "core/media/TreePath.h"

#include "core/media/IsoTree.h"

#include <algorithm>
#include <numeric>

namespace rackmuster::media {

namespace {

bool isControl(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

} // namespace

bool isUsableName(std::string_view name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
           std::none_of(name.begin(), name.end(), isControl);
}

bool isUsablePath(std::string_view path) {
    if (path.size() > IsoLimits{}.pathLength)
        return false;
    for (;;) {
        const std::size_t slash = path.find('/');
        if (!isUsableName(path.substr(0, slash)))
            return false;
        if (slash == std::string_view::npos)
            return true;
        path.remove_prefix(slash + 1);
    }
}

std::string printableName(std::string_view text) {
    std::string out(text.substr(0, 200));
    std::replace_if(out.begin(), out.end(), isControl, '?');
    return out;
}

std::uint64_t sizeOfSlices(const std::vector<boot::FileSlice>& slices) {
    return std::accumulate(
        slices.begin(), slices.end(), std::uint64_t{0},
        [](std::uint64_t sum, const boot::FileSlice& slice) { return sum + slice.length; });
}

} // namespace rackmuster::media
