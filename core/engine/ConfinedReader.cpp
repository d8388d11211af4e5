#include "core/engine/ConfinedReader.h"

#include "core/base/ChildProcess.h"
#include "core/engine/HelperPath.h"
#include "core/media/MediumRecord.h"
#include "core/media/ReaderProtocol.h"

#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <sys/mman.h>
#include <utility>
#include <vector>

namespace rackmuster::engine {

namespace {

namespace reader = media::reader;

Result<FileDescriptor> makeMemory(const char* name) {
    FileDescriptor made(::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!made.isOpen())
        return failSystem("Keeping a part of the image in memory");
    return made;
}

/// From now on nobody changes it: the servers send from it, and the reader is gone.
Result<void> seal(const FileDescriptor& memory) {
    if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return failSystem("Keeping a part of the image in memory");
    return {};
}

std::string secondsText(std::chrono::milliseconds time) {
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

std::string signalText(int signal) {
    const char* const name = ::sigdescr_np(signal);
    return "signal " + std::to_string(signal) + (name == nullptr ? "" : std::string(", ") + name);
}

/// Nothing when it ended with an answer.
std::optional<Error> failureOf(const ChildProcess::End& end, const std::string& program,
                               const std::string& image, const ReaderLimits& limits) {
    const auto because = [&](ErrorCode code, std::string detail) {
        return Error{code, image, std::move(detail)};
    };
    if (end.signal == SIGSYS)
        return because(ErrorCode::ReaderEscaped, {});
    if (end.signal == SIGXCPU)
        return because(ErrorCode::ReadingTooSlow, secondsText(limits.processorTime));
    if (end.signal != 0)
        return because(ErrorCode::ReaderFailed, signalText(end.signal));
    switch (end.exitCode) {
    case reader::Answered:
        return std::nullopt;
    case reader::OutOfMemory:
    case reader::TooMuchToSay:
        return because(ErrorCode::ReadingTooLarge, std::to_string(limits.addressSpace >> 20U) + " MiB");
    case reader::NotConfined:
        return Error{ErrorCode::ReaderUnusable, program, "this system does not confine it"};
    default:
        return because(ErrorCode::ReaderFailed, "exit code " + std::to_string(end.exitCode));
    }
}

Result<std::vector<std::uint8_t>> contentOf(const FileDescriptor& answer, const std::string& image) {
    const auto size = answer.size();
    if (!size)
        return tl::unexpected(size.error());
    if (*size > reader::largestAnswer)
        return fail(ErrorCode::ReaderFailed, image, "its answer is too long");
    std::vector<std::uint8_t> bytes(*size);
    return answer.readExactly(0, bytes).map([&] { return std::move(bytes); });
}

/// The three files of one reading.
struct Files {
    std::shared_ptr<const FileDescriptor> image, kept;
    FileDescriptor answer;
};

Result<Files> openFiles(const std::string& path) {
    auto image = FileDescriptor::openForReading(path);
    if (!image)
        return tl::unexpected(image.error());
    auto answer = makeMemory("rackmuster-answer");
    auto kept = makeMemory("rackmuster-image");
    if (!answer || !kept)
        return tl::unexpected(answer ? kept.error() : answer.error());
    return Files{std::make_shared<const FileDescriptor>(std::move(*image)),
                 std::make_shared<const FileDescriptor>(std::move(*kept)), std::move(*answer)};
}

Result<ChildProcess> start(const std::string& program, const std::string& path, bool hasHostBiosLoader,
                           const ReaderLimits& limits, const Files& files) {
    std::vector<int> descriptors(reader::DescriptorCount, -1);
    descriptors[reader::Image] = files.image->get();
    descriptors[reader::Answer] = files.answer.get();
    descriptors[reader::Kept] = files.kept->get();
    auto started =
        ChildProcess::start({program,
                             {path, hasHostBiosLoader ? "host" : "own", std::to_string(limits.addressSpace),
                              std::to_string(limits.processorTime.count())},
                             std::move(descriptors)});
    if (!started)
        return fail(ErrorCode::ReaderUnusable, program,
                    started.error().detail.empty() ? "it may not be run" : started.error().detail);
    return started;
}

Result<media::Medium> take(const Files& files, const std::string& path) {
    if (const auto sealed = seal(*files.kept); !sealed)
        return tl::unexpected(sealed.error());
    const auto record = contentOf(files.answer, path);
    if (!record)
        return tl::unexpected(record.error());
    return media::decodeMedium(*record, path, files.image, files.kept);
}

} // namespace

ConfinedReader::ConfinedReader() : ConfinedReader(findReader().toStdString()) {}

ConfinedReader::ConfinedReader(std::string program, ReaderLimits limits)
    : m_program(std::move(program)), m_limits(limits) {}

Result<media::Medium> ConfinedReader::read(const std::string& path, bool hasHostBiosLoader,
                                           const std::stop_token& stop) const {
    auto files = openFiles(path);
    if (!files)
        return tl::unexpected(files.error());
    auto process = start(m_program, path, hasHostBiosLoader, m_limits, *files);
    if (!process)
        return tl::unexpected(process.error());
    const std::stop_callback killing(stop, [&process] { process->kill(); });
    const auto end = process->wait(m_limits.wallTime);
    if (stop.stop_requested())
        return fail(ErrorCode::ReadingCancelled, path);
    if (!end)
        return fail(ErrorCode::ReadingTooSlow, path, secondsText(m_limits.wallTime));
    if (auto failure = failureOf(*end, m_program, path, m_limits))
        return tl::unexpected(std::move(*failure));
    return take(*files, path);
}

} // namespace rackmuster::engine
