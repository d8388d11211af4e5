#include "app/reader/Confinement.h"
#include "core/media/MediumRecord.h"
#include "core/media/ReaderProtocol.h"

#include <QtGlobal>

#include <charconv>
#include <cstdio>
#include <fcntl.h>
#include <new>
#include <optional>
#include <string_view>
#include <unistd.h>

// Reads one image that the console opened and tells what is on it (core/media/ReaderProtocol.h). It does so
// confined: whatever the image does to it ends with this process.

namespace rackmuster::reader {

namespace {

using namespace media::reader;

struct Task {
    std::string name;
    bool hasHostBiosLoader = false;
    Limits limits;
};

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<Task> taskOf(const std::vector<std::string_view>& words) {
    if (words.size() != 5 || (words[2] != "host" && words[2] != "own"))
        return std::nullopt;
    const auto memory = number(words[3]);
    const auto seconds = number(words[4]);
    if (!memory || !seconds)
        return std::nullopt;
    return Task{std::string(words[1]), words[2] == "host", {*memory, *seconds, largestAnswer}};
}

/// Appends to the answer. Error: System, NotAllowed.
Result<void> say(Bytes bytes, std::uint64_t& said) {
    said += bytes.size();
    if (said > largestAnswer)
        return fail(ErrorCode::NotAllowed, "Answering");
    while (!bytes.empty()) {
        const ssize_t count = ::write(Answer, bytes.data(), bytes.size());
        if (count < 0)
            return failSystem("Answering");
        bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return {};
}

/// Ends the process itself: giving a million paths back one by one takes as long as reading them.
[[noreturn]] void read(const Task& task) {
    const auto medium =
        media::readMedium(std::make_shared<const FileDescriptor>(Image), task.name, task.hasHostBiosLoader,
                          media::MemoryFile(std::make_shared<const FileDescriptor>(Kept)));
    std::uint64_t said = 0;
    const auto answered = media::encodeMedium(medium, [&said](Bytes bytes) { return say(bytes, said); });
    ::_exit(answered ? Answered : TooMuchToSay);
}

ExitCode run(const std::vector<std::string_view>& words) {
    const auto task = taskOf(words);
    if (!task || ::fcntl(Kept, F_GETFD) < 0) {
        std::fputs("rackmuster-reader reads installation images for Rackmuster, which starts it itself.\n",
                   stderr);
        return WrongUse;
    }
    ::close_range(DescriptorCount, ~0U, 0);
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {}); // it looks for a log
    if (!confine(task->limits))
        return NotConfined;
    try {
        read(*task);
    } catch (const std::bad_alloc&) {
        return OutOfMemory;
    }
}

} // namespace

} // namespace rackmuster::reader

int main(int argc, char** argv) {
    return rackmuster::reader::run({argv, argv + argc});
}
