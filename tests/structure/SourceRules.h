#pragma once

#include <QString>
#include <QStringList>

namespace rackmuster::tests {

/// What a source file does against the arrows of CONTRIBUTING.md and the READMEs: one "path:line: reason" for
/// each include that may not be there and each banned call. `path` is relative to the root of the project.
[[nodiscard]] QStringList violationsIn(const QString& path, const QString& text);

/// Does the source at `path` include the header of its own name before anything else? That proves that the
/// header compiles by itself.
[[nodiscard]] bool startsWithOwnHeader(const QString& path, const QString& text);

/// The line without comments and without what stands in string literals. `isInComment` carries a /* over line
/// ends.
[[nodiscard]] QString codeOf(const QString& line, bool& isInComment);

/// Does this CMakeLists.txt make a library or a program?
[[nodiscard]] bool definesTarget(const QString& cmakeText);

} // namespace rackmuster::tests
