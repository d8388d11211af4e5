#pragma once

#include <QString>

namespace rackmuster::tests {

/// Makes a small ISO with the tree of a RHEL-family release in `directory` and returns its path; empty when
/// xorriso is not installed (the test skips then). `version` stands in .treeinfo, e.g. "9.4".
[[nodiscard]] QString makeRedHatIso(const QString& directory, const QString& version = QStringLiteral("9.4"));
/// The same of Ubuntu Server 24.04.1 and of openSUSE Leap 15.6.
[[nodiscard]] QString makeUbuntuIso(const QString& directory);
[[nodiscard]] QString makeSuseIso(const QString& directory);

} // namespace rackmuster::tests
