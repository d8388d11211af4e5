#pragma once

#include "ui/Tokens.h"

#include <QString>

namespace rackmuster::ui {

/// The application's style sheet with every colour taken from `tokens`.
[[nodiscard]] QString styleSheet(const Tokens& tokens);

} // namespace rackmuster::ui
