#pragma once

#include <QString>

#include <string_view>

namespace rackmuster::ui {

/// Text that came from a machine, a file or the network, safe to show on one line: control characters and
/// direction overrides appear as \n, \x1b, \u202e.
[[nodiscard]] QString printable(const QString& text);
[[nodiscard]] QString printable(std::string_view utf8);

/// The same for a tool tip, which would take markup for markup.
[[nodiscard]] QString toolTipText(const QString& text);

} // namespace rackmuster::ui
