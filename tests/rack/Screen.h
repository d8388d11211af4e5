#pragma once

#include <QImage>

#include <string>
#include <vector>

namespace rackmuster::test {

/// True when a console in text mode shows `picture`, with nothing above it or to its left, whatever the size
/// of its characters: all of the character is light where a line has '#', and all of it dark elsewhere, to
/// the right of the line as well.
[[nodiscard]] bool shows(const QImage& screen, const std::vector<std::string>& picture);

} // namespace rackmuster::test
