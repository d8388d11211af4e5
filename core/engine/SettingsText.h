#pragma once

#include "core/engine/ServiceSettings.h"

#include <string>

namespace rackmuster::engine {

/// Settings as one JSON text for the database, and back. What cannot be read takes its default.
[[nodiscard]] std::string toJsonText(const ServiceSettings& settings);
[[nodiscard]] ServiceSettings settingsFromJsonText(const std::string& text);

} // namespace rackmuster::engine
