#pragma once

#include "core/base/Error.h"

#include <QString>

namespace rackmuster::ui {

/// `error` as one sentence in the reader's language, safe to show as plain text.
[[nodiscard]] QString sentence(const Error& error);

} // namespace rackmuster::ui
