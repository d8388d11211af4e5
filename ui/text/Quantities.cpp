#include "ui/text/Quantities.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace rackmuster::ui {

namespace {

QString amount(double value, int decimals) {
    return QLocale().toString(value, 'f', decimals);
}

} // namespace

QString sizeText(quint64 bytes) {
    constexpr std::array units{"B", "kB", "MB", "GB", "TB"};
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (value >= 1000.0 && unit + 1 < units.size()) {
        value /= 1000.0;
        ++unit;
    }
    return QStringLiteral("%1 %2").arg(amount(value, unit >= 3 ? 1 : 0), QLatin1String(units.at(unit)));
}

QString rateText(double bytesPerSecond) {
    const double megabytes = bytesPerSecond / 1e6;
    return QCoreApplication::translate("Quantities", "%1 MB/s")
        .arg(amount(megabytes, megabytes > 0 && megabytes < 10 ? 1 : 0));
}

QString durationText(std::chrono::milliseconds span) {
    const auto seconds =
        std::max<long long>(0, std::chrono::duration_cast<std::chrono::seconds>(span).count());
    if (seconds < 100)
        return QCoreApplication::translate("Quantities", "%1 s").arg(seconds);
    const long long minutes = seconds / 60;
    if (minutes < 100)
        return QCoreApplication::translate("Quantities", "%1 min").arg(minutes);
    return QCoreApplication::translate("Quantities", "%1 h %2 min")
        .arg(minutes / 60)
        .arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

QString secondsText(double seconds) {
    return QCoreApplication::translate("Quantities", "%1 s").arg(amount(seconds, seconds < 10 ? 1 : 0));
}

QString timeLeftText(quint64 bytes, double bytesPerSecond) {
    if (bytesPerSecond <= 0)
        return {};
    constexpr double longest = 1e6; // seconds; beyond it the number says nothing
    const double seconds = std::min(longest, std::ceil(static_cast<double>(bytes) / bytesPerSecond));
    return QCoreApplication::translate("Quantities", "%1 left")
        .arg(durationText(std::chrono::seconds(static_cast<long long>(seconds))));
}

QString clockText(WallTime time) {
    return QDateTime::fromMSecsSinceEpoch(time.time_since_epoch().count())
        .toString(QStringLiteral("HH:mm:ss"));
}

WallTime wallNow() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

} // namespace rackmuster::ui
