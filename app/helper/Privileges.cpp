#include "app/helper/Privileges.h"

#include <memory>
#include <sys/capability.h>
#include <sys/prctl.h>

namespace rackmuster::helper {

namespace {

struct FreeCapabilities {
    void operator()(cap_t set) const { ::cap_free(set); }
};
using Capabilities = std::unique_ptr<std::remove_pointer_t<cap_t>, FreeCapabilities>;

bool holdsNone() {
    const Capabilities none(::cap_init());
    const Capabilities mine(::cap_get_proc());
    return none && mine && ::cap_compare(mine.get(), none.get()) == 0;
}

} // namespace

Result<void> dropPrivileges() {
    const Capabilities none(::cap_init());
    const bool isDropped = none && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                           ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) == 0 &&
                           ::cap_set_proc(none.get()) == 0;
    if (!isDropped)
        return fail(ErrorCode::HelperFailed, "dropping its rights", failSystem({}).value().detail);
    if (!holdsNone())
        return fail(ErrorCode::HelperFailed, "dropping its rights", "some are left");
    return {};
}

} // namespace rackmuster::helper
