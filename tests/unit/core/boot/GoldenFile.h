#pragma once

#include "core/base/ByteReader.h"

#include <QString>

#include <string>

namespace rackmuster::tests {

/// What differs between `actual` and the file tests/golden/`name`; empty when nothing does. With
/// RACKMUSTER_UPDATE_GOLDEN=1 in the environment the file is written instead.
[[nodiscard]] QString differenceToGolden(const QString& name, const std::string& actual);

/// Bytes as lines of sixteen, for files that people compare.
[[nodiscard]] std::string hexDump(Bytes bytes);

} // namespace rackmuster::tests
