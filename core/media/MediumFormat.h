#pragma once

#include "core/media/IsoTree.h"

#include <cstddef>
#include <cstdint>

/// What MediumRecord's two sides share. Change `version` with the fields.
namespace rackmuster::media::format {

constexpr std::uint32_t magic = 0x444D4D52; // "RMMD"
constexpr std::uint16_t version = 1;
constexpr std::size_t longestText = 4096; // bytes
constexpr std::size_t longestList = 4096; // items
constexpr std::size_t mostFiles = IsoLimits{}.entries;
constexpr std::size_t mostSlices = 2 * mostFiles;

enum Outcome : std::uint8_t { Failed, Read };
enum Source : std::uint8_t { OfImage, OfKept };

/// Tabs stand between the arguments of real boot menus.
constexpr bool isForbiddenInText(char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
}

} // namespace rackmuster::media::format
