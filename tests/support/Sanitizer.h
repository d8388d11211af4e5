#pragma once

namespace rackmuster::tests {

/// Whether a sanitizer is built in: times and memory are its own then, and mean nothing.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isSanitized = true;
#else
constexpr bool isSanitized = false;
#endif

} // namespace rackmuster::tests
