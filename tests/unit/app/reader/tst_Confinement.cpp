#include "app/reader/Confinement.h"
#include "core/base/FileDescriptor.h"
#include "tests/support/Sanitizer.h"

#include <QTest>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <new>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace rackmuster;

namespace {

constexpr int survived = 77;
constexpr int outOfMemory = 78;
constexpr reader::Limits roomy{512U << 20U, 60, 1U << 20U};

/// What becomes of a process that confines itself and then acts: its wait status.
int statusAfter(const std::function<void()>& act, const reader::Limits& limits = roomy) {
    const pid_t pid = ::fork();
    if (pid == 0) {
        std::signal(SIGABRT, SIG_DFL); // QtTest would tell a story
        if (!reader::confine(limits))
            ::_exit(1);
        try {
            act();
        } catch (const std::bad_alloc&) {
            ::_exit(outOfMemory);
        }
        ::_exit(survived);
    }
    int status = -1;
    if (pid < 0 || ::waitpid(pid, &status, 0) != pid)
        return -1;
    return status;
}

bool isExit(int status, int code) {
    return WIFEXITED(status) && WEXITSTATUS(status) == code;
}

bool isSignal(int status, int signal) {
    return WIFSIGNALED(status) && WTERMSIG(status) == signal;
}

using Act = std::function<void()>;

} // namespace

Q_DECLARE_METATYPE(std::function<void()>)

/// Design rule A3, each act in a process of its own.
class TestConfinement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatReadsAnImageIsAllowed() {
        const FileDescriptor file(::memfd_create("image", MFD_CLOEXEC));
        const auto status = statusAfter([&file] {
            char byte = 'x';
            const bool isDone = ::pwrite(file.get(), &byte, 1, 0) == 1 &&
                                ::pread(file.get(), &byte, 1, 0) == 1 &&
                                ::lseek(file.get(), 0, SEEK_END) == 1;
            std::vector<char> memory(64U << 20U, 'x');
            memory.resize(96U << 20U);
            if (!isDone || memory.back() != 0)
                ::_exit(1);
        });
        QVERIFY2(isExit(status, survived), qPrintable(QString::number(status)));
    }

    void anythingElseEndsIt_data() {
        QTest::addColumn<std::function<void()>>("act");
        const auto row = [](const char* name, Act act) {
            QTest::newRow(name) << std::move(act);
        };
        row("open", [] { (void)::open("/etc/passwd", O_RDONLY); });
        row("open by number", [] { (void)::syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", nullptr, 0); });
        row("create", [] { (void)::open("/tmp/rackmuster-never", O_WRONLY | O_CREAT, 0600); });
        row("unlink", [] { (void)::unlink("/tmp/rackmuster-never"); });
        row("socket", [] { (void)::socket(AF_INET, SOCK_STREAM, 0); });
        row("unix socket", [] { (void)::socket(AF_UNIX, SOCK_STREAM, 0); });
        row("execve", [] { (void)::execl("/bin/true", "true", nullptr); });
        row("fork", [] { (void)::fork(); });
        row("vfork", [] { (void)::syscall(SYS_clone, SIGCHLD, nullptr); });
        row("kill", [] { (void)::kill(::getppid(), 0); });
        row("ptrace", [] { (void)::syscall(SYS_ptrace, 16, ::getppid(), nullptr, nullptr); });
        row("io_uring", [] { (void)::syscall(SYS_io_uring_setup, 1, nullptr); });
        row("memfd", [] { (void)::memfd_create("x", 0); });
        row("dup", [] { (void)::dup(0); });
        row("raise a limit", [] {
            const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
            (void)::setrlimit(RLIMIT_CPU, &none);
        });
        row("be seen again", [] { (void)::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); });
        row("program in memory",
            [] { (void)::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); });
        row("memory made a program", [] {
            void* page = ::mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
            (void)::mprotect(page, 4096, PROT_READ | PROT_EXEC);
        });
        row("file in memory", [] { (void)::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, 0, 0); });
        row("other signal to itself", [] { (void)::raise(SIGTERM); });
    }
    void anythingElseEndsIt() {
        QFETCH(std::function<void()>, act);
        const int status = statusAfter(act);
        QVERIFY2(isSignal(status, SIGSYS), qPrintable(QString::number(status)));
    }

    void aFailedCheckIsToldAsSuch() {
        const int status = statusAfter([] { std::abort(); });
        QVERIFY2(isSignal(status, SIGABRT), qPrintable(QString::number(status)));
    }

    void memoryIsLimited() {
        if (tests::isSanitized)
            QSKIP("AddressSanitizer needs its own address space");
        const int status = statusAfter([] { const std::vector<char> memory(600U << 20U); });
        QVERIFY2(isExit(status, outOfMemory), qPrintable(QString::number(status)));
    }

    void processorTimeIsLimited() {
        const int status = statusAfter(
            [] {
                for (std::atomic<unsigned> spin = 0;;)
                    ++spin;
            },
            {512U << 20U, 1, 1U << 20U});
        QVERIFY2(isSignal(status, SIGXCPU), qPrintable(QString::number(status)));
    }

    void whatIsWrittenIsLimited() {
        const FileDescriptor file(::memfd_create("answer", MFD_CLOEXEC));
        const int status = statusAfter([&file] { (void)::pwrite(file.get(), "x", 1, 1U << 20U); });
        QVERIFY2(isSignal(status, SIGXFSZ), qPrintable(QString::number(status)));
    }
};

QTEST_APPLESS_MAIN(TestConfinement)
#include "tst_Confinement.moc"
