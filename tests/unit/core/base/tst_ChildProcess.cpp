#include "core/base/ChildProcess.h"

#include <QTest>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace rackmuster;
using namespace std::chrono_literals;

namespace {

constexpr auto patience = 20s;

Result<ChildProcess> shell(const std::string& script, std::vector<int> descriptors = {-1, -1, -1}) {
    return ChildProcess::start({"/bin/sh", {"-c", script}, std::move(descriptors)});
}

bool hasNoChild() {
    return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

struct Pipe {
    FileDescriptor output, input;
    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0)
            qFatal("no pipe");
        output = FileDescriptor(ends[0]);
        input = FileDescriptor(ends[1]);
    }
    /// Everything up to the end of the last writer.
    std::string readAll() {
        input.reset();
        std::string all;
        std::array<char, 4096> block{};
        for (ssize_t count = 0; (count = ::read(output.get(), block.data(), block.size())) > 0;)
            all.append(block.data(), static_cast<std::size_t>(count));
        return all;
    }
};

} // namespace

class TestChildProcess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QVERIFY(hasNoChild()); }

    void tellsHowItEnded() {
        auto exits = shell("exit 3");
        QVERIFY(exits);
        QCOMPARE(exits->wait(patience), (ChildProcess::End{3, 0}));
        auto crashes = shell("kill -SEGV $$");
        QVERIFY(crashes);
        QCOMPARE(crashes->wait(patience), (ChildProcess::End{0, SIGSEGV}));
    }

    void aProgramThatStaysIsNotWaitedForLonger() {
        Pipe silent;
        auto stays = shell("read line", {silent.output.get(), -1, -1});
        QVERIFY(stays);
        QCOMPARE(stays->wait(1ms), std::nullopt);
        stays->kill();
        QCOMPARE(stays->wait(patience), (ChildProcess::End{0, SIGKILL}));
    }

    void leavingItBehindEndsIt() {
        Pipe silent;
        const auto stays = shell("read line", {silent.output.get(), -1, -1});
        QVERIFY(stays);
    } // cleanup() finds no child

    void isEndedByAnotherThreadWhileOneWaits() {
        Pipe silent;
        auto stays = shell("read line", {silent.output.get(), -1, -1});
        QVERIFY(stays);
        std::thread other([&] { stays->kill(); });
        const auto end = stays->wait(patience);
        other.join();
        QCOMPARE(end, (ChildProcess::End{0, SIGKILL}));
    }

    void getsItsDescriptorsAndNothingElse() {
        Pipe words;
        const FileDescriptor other(::open("/dev/zero", O_RDONLY)); // not closed by exec
        QVERIFY(other.isOpen());
        auto lists = shell("for fd in /proc/self/fd/*; do echo ${fd##*/}; done; set | grep -c '^HOME=';"
                           "readlink /proc/$$/fd/0 /proc/$$/fd/3",
                           {-1, words.input.get(), -1, words.output.get()});
        QVERIFY(lists);
        const std::string told = words.readAll();
        QVERIFY(lists->wait(patience));
        const QByteArray text = QByteArray::fromStdString(told);
        QVERIFY2(text.startsWith("0\n1\n2\n3\n"), text.constData());
        QVERIFY2(!text.contains("/dev/zero") && text.contains("\n0\n/dev/null\npipe:"), text.constData());
    }

    void descriptorsMayStandInEachOthersPlaces() {
        const FileDescriptor first(::open("/dev/zero", O_RDONLY | O_CLOEXEC));
        const FileDescriptor second(::open("/dev/full", O_RDONLY | O_CLOEXEC));
        QVERIFY(first.get() > 2 && second.get() > 2);
        Pipe words;
        std::vector<int> all(static_cast<std::size_t>(std::max(first.get(), second.get())) + 1, -1);
        all[1] = words.input.get();
        all[static_cast<std::size_t>(first.get())] = second.get();
        all[static_cast<std::size_t>(second.get())] = first.get();
        auto swaps = shell("readlink /proc/$$/fd/" + std::to_string(first.get()) + " /proc/$$/fd/" +
                               std::to_string(second.get()),
                           all);
        QVERIFY(swaps);
        QCOMPARE(words.readAll(), std::string("/dev/full\n/dev/zero\n"));
        QVERIFY(swaps->wait(patience));
    }

    void aProgramThatIsNotThereIsNamed() {
        const auto nobody = ChildProcess::start({"/nonexistent/program", {}, {-1}});
        QVERIFY(!nobody);
        QCOMPARE(nobody.error().code, ErrorCode::NoSuchFile);
        QCOMPARE(nobody.error().subject, std::string("/nonexistent/program"));
        const auto forbidden = ChildProcess::start({"/etc/passwd", {}, {-1}});
        QVERIFY(!forbidden);
        QCOMPARE(forbidden.error().code, ErrorCode::NoPrivilege);
    }
};

QTEST_APPLESS_MAIN(TestChildProcess)
#include "tst_ChildProcess.moc"
