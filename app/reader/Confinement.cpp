#include "app/reader/Confinement.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <memory>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace rackmuster::reader {

namespace {

// A sanitizer's runtime is in the same process: it reserves terabytes of address space for its shadow, and
// tries by a pipe whether memory can be read. Builds for users have none.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool isSanitized = true;
#elif defined(__has_feature)
constexpr bool isSanitized = __has_feature(address_sanitizer) || __has_feature(thread_sanitizer);
#else
constexpr bool isSanitized = false;
#endif

struct FreeFilter {
    void operator()(void* filter) const { ::seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, FreeFilter>;

// What reading, unpacking and allocating need. Nothing here takes a path or makes a descriptor.
constexpr std::array harmless{
    SCMP_SYS(read),           SCMP_SYS(pread64),      SCMP_SYS(write),
    SCMP_SYS(pwrite64),       SCMP_SYS(lseek),        SCMP_SYS(close),
    SCMP_SYS(munmap),         SCMP_SYS(mremap),       SCMP_SYS(brk),
    SCMP_SYS(madvise),        SCMP_SYS(futex),        SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),   SCMP_SYS(getrandom),    SCMP_SYS(sched_yield),
    SCMP_SYS(getpid),         SCMP_SYS(gettid),       SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),           SCMP_SYS(exit_group),
};

constexpr std::array ofSanitizers{SCMP_SYS(pipe2), SCMP_SYS(sigaltstack)};

/// 0, or the negative errno of the first that failed.
int allow(void* filter) {
    std::vector<int> calls(harmless.begin(), harmless.end());
    if (isSanitized)
        calls.insert(calls.end(), ofSanitizers.begin(), ofSanitizers.end());
    for (const int call : calls) {
        if (const int status = ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0); status != 0)
            return status;
    }
    // Memory, but none that is a file (R44) and none that is a program.
    const std::array memory{scmp_arg_cmp{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0},
                            scmp_arg_cmp{3, SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS}};
    if (const int status =
            ::seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), memory.size(), memory.data());
        status != 0)
        return status;
    // abort() of our own: a failed check is told as what it is.
    const std::array ours{scmp_arg_cmp{0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()), 0},
                          scmp_arg_cmp{2, SCMP_CMP_EQ, SIGABRT, 0}};
    return ::seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), ours.size(), ours.data());
}

Result<void> forbidTheRest() {
    const Filter filter(::seccomp_init(SCMP_ACT_KILL_PROCESS));
    int status = filter ? 0 : -ENOMEM;
    if (status == 0)
        status = ::seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    if (status == 0)
        status = allow(filter.get());
    if (status == 0)
        status = ::seccomp_load(filter.get());
    if (status == 0)
        return {};
    errno = -status;
    return failSystem("Confining the image reader");
}

bool limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
    const rlimit both{soft, hard};
    return ::setrlimit(resource, &both) == 0;
}

bool limitAll(const Limits& limits) {
    return limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_FSIZE, limits.writtenBytes, limits.writtenBytes) &&
           // The soft limit tells the reason by its signal; the hard one would be a mere SIGKILL.
           limit(RLIMIT_CPU, limits.processorSeconds, limits.processorSeconds + 1) &&
           (isSanitized ||
            (limit(RLIMIT_NOFILE, 4, 4) && limit(RLIMIT_AS, limits.addressSpace, limits.addressSpace)));
}

} // namespace

Result<void> confine(const Limits& limits) {
    const bool isSet = ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                       ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
                       ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && limitAll(limits);
    if (!isSet)
        return failSystem("Confining the image reader");
    return forbidTheRest();
}

} // namespace rackmuster::reader
