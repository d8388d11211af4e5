#pragma once

#include "core/base/Clock.h"

#include <QString>

#include <chrono>

namespace rackmuster::ui {

/// "10.2 GB", decimal units as disks and downloads are sold.
[[nodiscard]] QString sizeText(quint64 bytes);
/// "108 MB/s".
[[nodiscard]] QString rateText(double bytesPerSecond);
/// "48 s", "11 min", "2 h 05 min"; negative spans count as zero.
[[nodiscard]] QString durationText(std::chrono::milliseconds span);
/// "0.6 s", "12 s".
[[nodiscard]] QString secondsText(double seconds);
/// "41 s left" for `bytes` at this speed; empty when the speed is not known.
[[nodiscard]] QString timeLeftText(quint64 bytes, double bytesPerSecond);
/// Local time of day, "14:02:31".
[[nodiscard]] QString clockText(WallTime time);
/// Now, for showing how long ago something was.
[[nodiscard]] WallTime wallNow();

} // namespace rackmuster::ui
