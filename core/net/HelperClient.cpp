#include "core/net/HelperClient.h"

#include "core/net/HelperProtocol.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace rackmuster::net {

namespace {

constexpr timeval answerTime{5, 0};
constexpr auto endTime = std::chrono::seconds(2);

std::string systemText(int code) {
    return std::generic_category().message(code);
}

/// Runs `path` with `control` as its standard input, and no other descriptor but stderr.
Result<ChildProcess> spawn(const std::string& path, int control) {
    auto started = ChildProcess::start({path, {}, {control, -1, STDERR_FILENO}});
    if (!started && started.error().code != ErrorCode::NoPrivilege)
        return fail(ErrorCode::HelperFailed, path, started.error().detail);
    return started;
}

constexpr std::size_t mostDescriptors = static_cast<std::size_t>(HelperDescriptor::Count);

struct Answer {
    std::array<std::uint8_t, HelperReply::size + 1> bytes{}; ///< one more, to notice a longer message
    std::size_t size = 0;
    std::vector<FileDescriptor> descriptors;
};

std::vector<FileDescriptor> takeDescriptors(msghdr& header) {
    std::vector<FileDescriptor> descriptors;
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof number);
            descriptors.emplace_back(number);
        }
    }
    return descriptors;
}

Result<Answer> receiveAnswer(const FileDescriptor& control) {
    Answer answer;
    iovec part{answer.bytes.data(), answer.bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * mostDescriptors)> ancillary{};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = ancillary.data();
    header.msg_controllen = ancillary.size();
    ssize_t count = 0;
    do {
        count = ::recvmsg(control.get(), &header, MSG_CMSG_CLOEXEC);
    } while (count < 0 && errno == EINTR);
    if (count < 0 && errno == EAGAIN)
        return fail(ErrorCode::HelperFailed, "its start", "it did not answer within five seconds");
    if (count < 0)
        return fail(ErrorCode::HelperFailed, "its answer", systemText(errno));
    if (count == 0)
        return fail(ErrorCode::HelperFailed, "its start", "it ended without an answer");
    answer.size = static_cast<std::size_t>(count);
    answer.descriptors = takeDescriptors(header);
    return answer;
}

Result<SocketSet> readAnswer(Answer answer) {
    const Result<HelperReply> reply = decodeHelperReply({answer.bytes.data(), answer.size});
    if (!reply)
        return fail(ErrorCode::HelperFailed, "its answer", "it is of another version");
    if (reply->error)
        return tl::unexpected(*reply->error);
    const std::size_t servers = mostDescriptors - (reply->hasSyslog ? 0 : 2);
    if (answer.descriptors.size() != (reply->hasServers ? servers : 1))
        return fail(ErrorCode::HelperFailed, "its answer", "sockets are missing");
    const auto take = [&](HelperDescriptor which) {
        const auto place = static_cast<std::size_t>(which);
        return place < answer.descriptors.size() ? std::move(answer.descriptors[place]) : FileDescriptor();
    };
    SocketSet sockets;
    sockets.capture = take(HelperDescriptor::Capture);
    sockets.dhcp = take(HelperDescriptor::Dhcp);
    sockets.proxy = take(HelperDescriptor::Proxy);
    sockets.tftp = take(HelperDescriptor::Tftp);
    sockets.http = take(HelperDescriptor::Http);
    sockets.packet = take(HelperDescriptor::Packet);
    sockets.arp = take(HelperDescriptor::Arp);
    sockets.syslogUdp = take(HelperDescriptor::SyslogUdp);
    sockets.syslogTcp = take(HelperDescriptor::SyslogTcp);
    sockets.interfaceIndex = static_cast<int>(reply->interfaceIndex);
    return sockets;
}

Result<SocketSet> ask(const FileDescriptor& control, const HelperClient::Request& request) {
    ::setsockopt(control.get(), SOL_SOCKET, SO_RCVTIMEO, &answerTime, sizeof answerTime);
    const auto message =
        encodeHelperRequest({request.interface, request.httpPort, request.needsServers, request.syslogPort});
    if (::send(control.get(), message.data(), message.size(), MSG_NOSIGNAL) < 0)
        return fail(ErrorCode::HelperFailed, "its start", systemText(errno));
    Result<Answer> answer = receiveAnswer(control);
    if (!answer)
        return tl::unexpected(answer.error());
    return readAnswer(std::move(*answer));
}

} // namespace

Result<HelperClient> HelperClient::open(const std::string& helperPath, const Request& request) {
    // The wire would cut a longer name, and the cut one might exist.
    if (request.interface.empty() || request.interface.size() >= 16)
        return fail(ErrorCode::NoSuchInterface, request.interface);
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return failSystem("socketpair");
    FileDescriptor control(ends[0]);
    FileDescriptor theirs(ends[1]);
    Result<ChildProcess> process = spawn(helperPath, theirs.get());
    if (!process)
        return tl::unexpected(process.error());
    theirs.reset(); // or we would never see the helper's end closing
    HelperClient client(std::move(control), std::move(*process));
    Result<SocketSet> sockets = ask(client.m_control, request);
    if (!sockets)
        return tl::unexpected(sockets.error());
    client.m_sockets = std::move(*sockets);
    return client;
}

HelperClient::HelperClient(FileDescriptor control, ChildProcess process)
    : m_process(std::move(process)), m_control(std::move(control)) {}

HelperClient& HelperClient::operator=(HelperClient&& other) noexcept {
    std::swap(m_process, other.m_process);
    std::swap(m_control, other.m_control);
    std::swap(m_sockets, other.m_sockets);
    return *this;
}

HelperClient::~HelperClient() {
    if (!m_control.isOpen())
        return; // moved from
    m_control.reset();
    (void)m_process.wait(endTime); // what does not end by itself is killed with the member
}

} // namespace rackmuster::net
