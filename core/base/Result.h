#pragma once

#include "core/base/Error.h"

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace rackmuster {

/// A value, or the Error that says why there is none. Absent and malformed are different answers: use
/// Result<std::optional<T>> where both can happen.
template <typename T>
using Result = tl::expected<T, Error>;

/// The failing half of a Result.
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string subject = {},
                                                std::string detail = {}) {
    return tl::unexpected<Error>(Error{code, std::move(subject), std::move(detail)});
}

/// The failure of the last system call, from errno. Call it at once, before errno changes.
[[nodiscard]] tl::unexpected<Error> failSystem(std::string subject);

} // namespace rackmuster
