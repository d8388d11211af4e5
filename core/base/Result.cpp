#include "core/base/Result.h"

#include <cerrno>
#include <system_error>

namespace rackmuster {

tl::unexpected<Error> failSystem(std::string subject) {
    return fail(ErrorCode::System, std::move(subject), std::generic_category().message(errno));
}

} // namespace rackmuster
