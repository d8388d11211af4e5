#include "core/base/ChildProcess.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace rackmuster {

namespace {

class SpawnPlan {
public:
    SpawnPlan() {
        ::posix_spawn_file_actions_init(&m_actions);
        ::posix_spawnattr_init(&m_attributes);
        // What our threads block or ignore is no business of the program's.
        sigset_t none;
        ::sigemptyset(&none);
        ::posix_spawnattr_setsigmask(&m_attributes, &none);
        sigset_t ignored;
        ::sigemptyset(&ignored);
        ::sigaddset(&ignored, SIGPIPE);
        ::posix_spawnattr_setsigdefault(&m_attributes, &ignored);
        ::posix_spawnattr_setflags(&m_attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnPlan() {
        ::posix_spawn_file_actions_destroy(&m_actions);
        ::posix_spawnattr_destroy(&m_attributes);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    /// The descriptors must stay open until run(). Error: System.
    Result<void> give(const std::vector<int>& descriptors);
    /// 0, or what errno would say.
    int run(const ChildProcess::Options& options, pid_t& pid) const;

private:
    posix_spawn_file_actions_t m_actions{};
    posix_spawnattr_t m_attributes{};
    std::vector<FileDescriptor> m_copies;
};

Result<void> SpawnPlan::give(const std::vector<int>& descriptors) {
    const int count = static_cast<int>(descriptors.size());
    for (int number = 0; number < count; ++number) {
        const int given = descriptors[static_cast<std::size_t>(number)];
        if (given < 0) {
            ::posix_spawn_file_actions_addopen(&m_actions, number, "/dev/null", O_RDWR, 0);
            continue;
        }
        // One that has the number of another's place would be gone when its turn comes.
        FileDescriptor copy(::fcntl(given, F_DUPFD_CLOEXEC, count));
        if (!copy.isOpen())
            return failSystem("Starting a program");
        ::posix_spawn_file_actions_adddup2(&m_actions, copy.get(), number);
        m_copies.push_back(std::move(copy));
    }
    ::posix_spawn_file_actions_addclosefrom_np(&m_actions, count);
    return {};
}

int SpawnPlan::run(const ChildProcess::Options& options, pid_t& pid) const {
    std::vector<std::string> words{options.program};
    words.insert(words.end(), options.arguments.begin(), options.arguments.end());
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (std::string& word : words)
        arguments.push_back(word.data());
    arguments.push_back(nullptr);
    char* const environment[] = {nullptr};
    return ::posix_spawn(&pid, options.program.c_str(), &m_actions, &m_attributes, arguments.data(),
                         environment);
}

std::optional<ChildProcess::End> reap(pid_t pid) {
    int status = 0;
    while (::waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR)
            return std::nullopt;
    }
    return WIFSIGNALED(status) ? ChildProcess::End{0, WTERMSIG(status)}
                               : ChildProcess::End{WEXITSTATUS(status), 0};
}

} // namespace

Result<ChildProcess> ChildProcess::start(const Options& options) {
    SpawnPlan plan;
    if (const auto given = plan.give(options.descriptors); !given)
        return tl::unexpected(given.error());
    ChildProcess started;
    const int status = plan.run(options, started.m_pid);
    if (status != 0)
        started.m_pid = -1;
    if (status == EACCES || status == EPERM)
        return fail(ErrorCode::NoPrivilege, options.program);
    if (status != 0)
        return fail(ErrorCode::NoSuchFile, options.program, std::generic_category().message(status));
    started.m_handle = FileDescriptor(static_cast<int>(::syscall(SYS_pidfd_open, started.m_pid, 0)));
    if (!started.m_handle.isOpen())
        return failSystem("Watching a program");
    return started;
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : m_handle(std::move(other.m_handle)), m_pid(std::exchange(other.m_pid, -1)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
    std::swap(m_handle, other.m_handle);
    std::swap(m_pid, other.m_pid);
    return *this;
}

ChildProcess::~ChildProcess() {
    if (m_pid < 0)
        return;
    ::kill(m_pid, SIGKILL); // not reaped yet, so the number is still its own
    (void)reap(m_pid);
}

std::optional<ChildProcess::End> ChildProcess::wait(std::chrono::milliseconds patience) {
    using std::chrono::steady_clock;
    const auto deadline = steady_clock::now() + patience;
    pollfd ended{m_handle.get(), POLLIN, 0};
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now());
        const int count = ::poll(&ended, 1, static_cast<int>(std::max(left.count(), std::int64_t{0})));
        if (count > 0)
            return reap(std::exchange(m_pid, -1));
        if (count == 0 || errno != EINTR)
            return std::nullopt;
    }
}

void ChildProcess::kill() const {
    ::syscall(SYS_pidfd_send_signal, m_handle.get(), SIGKILL, nullptr, 0);
}

} // namespace rackmuster
