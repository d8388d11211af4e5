#pragma once

#include <QColor>

#include <array>
#include <cstddef>
#include <cstdint>

namespace rackmuster::ui {

/// What a colour says. Never shown without a mark or a word.
enum class ToneName : std::uint8_t { Ok, Running, Waiting, Problem, CameBack, Idle };
inline constexpr std::size_t toneCount = 6;

/// Tints that say nothing: they tell one distribution's badge from another's.
inline constexpr std::size_t emblemCount = 8;

/// Ink on its own ground, as pills and rack slots use them.
struct Tone {
    QColor ink;
    QColor ground;
};

/// Every colour of the window. No widget, delegate or style names a colour of its own.
struct Tokens {
    QColor background;
    QColor surface;
    QColor line;
    QColor text;
    QColor muted;
    QColor selection;
    QColor onAccent; ///< Text on a filled accent button.
    std::array<Tone, toneCount> tones;
    std::array<Tone, emblemCount> emblems;

    [[nodiscard]] const Tone& tone(ToneName name) const { return tones[static_cast<std::size_t>(name)]; }
    [[nodiscard]] const QColor& accent() const { return tone(ToneName::Running).ink; }
};

[[nodiscard]] const Tokens& lightTokens();
[[nodiscard]] const Tokens& darkTokens();

/// WCAG 2.1 contrast ratio, 1..21.
[[nodiscard]] double contrast(const QColor& first, const QColor& second);

/// Distances and sizes in device-independent pixels.
namespace metrics {
inline constexpr int tiny = 4;
inline constexpr int small = 8;
inline constexpr int medium = 12;
inline constexpr int large = 16;
inline constexpr int huge = 24;
inline constexpr int radius = 6;
inline constexpr int cardRadius = 8;
inline constexpr int rowHeight = 33;
inline constexpr int compactRowHeight = 27;
inline constexpr int fontSize = 13;
inline constexpr int topBarHeight = 56;
inline constexpr int sideBarWidth = 168;
inline constexpr int narrowSideBarWidth = 60;
inline constexpr int rackWidth = 206;
inline constexpr int narrowRackWidth = 150;
inline constexpr int narrowWindow = 1180; ///< Below this width the sides give way to the table.
} // namespace metrics

} // namespace rackmuster::ui
