#include "tests/rack/Screen.h"

#include <algorithm>
#include <array>

namespace rackmuster::test {

namespace {

constexpr std::array cells{QSize(9, 16), QSize(8, 16),
                           QSize(8, 19)}; // of VGA's text mode and of EFI's consoles

constexpr std::size_t marginColumns = 12; // one more letter of the largest would be seen here

bool isLight(const QImage& screen, QPoint point) {
    return qGray(screen.pixel(point)) > 127;
}

/// Of all that is light.
QPoint cornerOf(const QImage& screen) {
    QPoint corner(screen.width(), screen.height());
    for (int y = 0; y < screen.height(); ++y) {
        for (int x = 0; x < screen.width(); ++x) {
            if (isLight(screen, {x, y}))
                corner = {std::min(corner.x(), x), std::min(corner.y(), y)};
        }
    }
    return corner;
}

bool isAll(const QImage& screen, QRect cell, bool light) {
    if (!screen.rect().contains(cell))
        return false;
    for (int y = cell.top(); y <= cell.bottom(); ++y) {
        for (int x = cell.left(); x <= cell.right(); ++x) {
            if (isLight(screen, {x, y}) != light)
                return false;
        }
    }
    return true;
}

bool standsAt(const QImage& screen, QPoint corner, QSize cell, const std::vector<std::string>& picture,
              std::size_t columns) {
    for (std::size_t row = 0; row < picture.size(); ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            const QPoint at(static_cast<int>(column) * cell.width(), static_cast<int>(row) * cell.height());
            const bool light = column < picture[row].size() && picture[row][column] == '#';
            if (!isAll(screen, {corner + at, cell}, light))
                return false;
        }
    }
    return true;
}

} // namespace

bool shows(const QImage& screen, const std::vector<std::string>& picture) {
    std::size_t columns = 0;
    for (const std::string& line : picture)
        columns = std::max(columns, line.size() + marginColumns);
    return std::any_of(cells.begin(), cells.end(), [&](QSize cell) {
        return standsAt(screen, cornerOf(screen), cell, picture, columns);
    });
}

} // namespace rackmuster::test
