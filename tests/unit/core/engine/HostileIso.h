#pragma once

#include <QString>

namespace rackmuster::tests {

// Images that are within the limits of R43, and ask for as much as those allow.

/// A tree of `entries` files, 10,000 in a directory; above 1,000,000 no reader takes it.
[[nodiscard]] QString makeCrowdedIso(const QString& directory, int entries);

} // namespace rackmuster::tests
