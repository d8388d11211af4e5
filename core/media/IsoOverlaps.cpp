#include "core/media/IsoOverlaps.h"

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace rackmuster::media {

namespace {

struct Piece {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    const std::string* path = nullptr;
};

std::vector<Piece> piecesOf(const IsoFiles& files) {
    std::vector<Piece> out;
    out.reserve(files.size());
    for (const auto& [path, slices] : files) {
        for (const boot::FileSlice& slice : slices) {
            if (slice.length > 0)
                out.push_back({slice.offset, slice.offset + slice.length, &path});
        }
    }
    std::sort(out.begin(), out.end(), [](const Piece& a, const Piece& b) {
        return std::tie(a.begin, a.end, a.path) < std::tie(b.begin, b.end, b.path);
    });
    return out;
}

} // namespace

std::vector<IsoOverlap> findOverlaps(const IsoFiles& files) {
    std::vector<IsoOverlap> out;
    Piece last; // that stays and reaches furthest
    for (const Piece& piece : piecesOf(files)) {
        const bool isShared = piece.begin == last.begin && piece.end == last.end && piece.path != last.path;
        if (isShared)
            continue;
        if (piece.begin >= last.end) {
            last = piece;
        } else if (piece.end - piece.begin < last.end - last.begin) {
            out.push_back({*last.path, *piece.path});
            last = piece;
        } else {
            out.push_back({*piece.path, *last.path});
        }
    }
    return out;
}

} // namespace rackmuster::media
