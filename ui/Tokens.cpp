#include "ui/Tokens.h"

#include <algorithm>
#include <cmath>

namespace rackmuster::ui {

namespace {

constexpr QColor rgb(unsigned value) {
    return QColor(static_cast<int>(value >> 16U & 0xFFU), static_cast<int>(value >> 8U & 0xFFU),
                  static_cast<int>(value & 0xFFU));
}

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& color) {
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

// Light "idle" ink is darker than the design's #7A8591, which misses AA on its ground (3.3 : 1).
constexpr Tokens light{
    .background = rgb(0xF4F6F8),
    .surface = rgb(0xFFFFFF),
    .line = rgb(0xDCE1E7),
    .text = rgb(0x1A1F26),
    .muted = rgb(0x5A6673),
    .selection = rgb(0xE6EEFC),
    .onAccent = rgb(0xFFFFFF),
    .tones = {{
        {rgb(0x147A3D), rgb(0xE3F4E9)}, // ok
        {rgb(0x1D5FD6), rgb(0xE6EEFC)}, // running
        {rgb(0xA65A00), rgb(0xFDF0DC)}, // waiting
        {rgb(0xB3261E), rgb(0xFBE6E4)}, // problem
        {rgb(0x0B6E69), rgb(0xDDF3F1)}, // came back
        {rgb(0x5F6A76), rgb(0xECEFF2)}, // idle
    }},
    .emblems = {{
        {rgb(0x1D5FD6), rgb(0xE6EEFC)}, // blue
        {rgb(0x4A4FC4), rgb(0xE9EAFB)}, // indigo
        {rgb(0x7A3FBF), rgb(0xF1E8FB)}, // violet
        {rgb(0xA0297F), rgb(0xFAE6F3)}, // magenta
        {rgb(0x7A5330), rgb(0xF4ECE3)}, // brown
        {rgb(0x5C6620), rgb(0xF0F2DF)}, // olive
        {rgb(0x0B6E69), rgb(0xDDF3F1)}, // teal
        {rgb(0x2F6480), rgb(0xE2EEF4)}, // steel
    }},
};

constexpr Tokens dark{
    .background = rgb(0x121518),
    .surface = rgb(0x1A1E23),
    .line = rgb(0x2C333B),
    .text = rgb(0xE7EAEE),
    .muted = rgb(0x9AA6B2),
    .selection = rgb(0x1C2C47),
    .onAccent = rgb(0x121518),
    .tones = {{
        {rgb(0x5BD38A), rgb(0x163323)}, // ok
        {rgb(0x7FB0FF), rgb(0x1C2C47)}, // running
        {rgb(0xF5B85C), rgb(0x3A2A12)}, // waiting
        {rgb(0xFF8A80), rgb(0x401C1A)}, // problem
        {rgb(0x62DDD3), rgb(0x133632)}, // came back
        {rgb(0x8A95A1), rgb(0x262C33)}, // idle
    }},
    .emblems = {{
        {rgb(0x7FB0FF), rgb(0x1C2C47)}, // blue
        {rgb(0xA9ACFF), rgb(0x26284A)}, // indigo
        {rgb(0xCBA3FF), rgb(0x33224A)}, // violet
        {rgb(0xF39BD6), rgb(0x431C38)}, // magenta
        {rgb(0xD9B48E), rgb(0x38291A)}, // brown
        {rgb(0xC3CE7A), rgb(0x2B2F15)}, // olive
        {rgb(0x62DDD3), rgb(0x133632)}, // teal
        {rgb(0x8CC7E6), rgb(0x17303C)}, // steel
    }},
};

} // namespace

const Tokens& lightTokens() {
    return light;
}

const Tokens& darkTokens() {
    return dark;
}

double contrast(const QColor& first, const QColor& second) {
    const double one = luminance(first);
    const double two = luminance(second);
    return (std::max(one, two) + 0.05) / (std::min(one, two) + 0.05);
}

} // namespace rackmuster::ui
