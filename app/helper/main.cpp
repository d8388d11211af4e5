#include "app/helper/Capture.h"
#include "app/helper/Privileges.h"
#include "app/helper/Sockets.h"
#include "core/net/HelperProtocol.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <net/if.h>
#include <sys/socket.h>
#include <unistd.h>

// Opens what needs a right, gives it to the program that started it, drops every right, and copies the
// capture until that program is gone. It reads no file, takes no path, and knows one request
// (core/net/HelperProtocol.h).

namespace rackmuster::helper {

namespace {

constexpr int control = STDIN_FILENO; // pkexec closes all others

using Descriptors = std::vector<FileDescriptor>;

bool isControlSocket() {
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(control, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

Result<net::HelperRequest> receiveRequest() {
    std::array<std::uint8_t, net::HelperRequest::size + 1> buffer{}; // one more, to notice a longer one
    const ssize_t count = ::recv(control, buffer.data(), buffer.size(), 0);
    if (count < 0)
        return failSystem("Receiving the request");
    return net::decodeHelperRequest({buffer.data(), static_cast<std::size_t>(count)});
}

bool sendReply(const net::HelperReply& reply, const Descriptors& descriptors) {
    std::vector<std::uint8_t> message = net::encodeHelperReply(reply);
    iovec part{message.data(), message.size()};
    constexpr std::size_t most = static_cast<std::size_t>(net::HelperDescriptor::Count);
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * most)> ancillary{};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    if (!descriptors.empty()) {
        std::vector<int> numbers;
        for (const FileDescriptor& descriptor : descriptors)
            numbers.push_back(descriptor.get());
        const std::size_t bytes = numbers.size() * sizeof(int);
        header.msg_control = ancillary.data();
        header.msg_controllen = CMSG_SPACE(bytes);
        cmsghdr* rights = CMSG_FIRSTHDR(&header);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(bytes);
        std::memcpy(CMSG_DATA(rights), numbers.data(), bytes);
    }
    return ::sendmsg(control, &header, MSG_NOSIGNAL) == static_cast<ssize_t>(message.size());
}

struct Opened {
    Capture capture;
    FileDescriptor captureInput; ///< write end of the pipe
    Descriptors descriptors;     ///< in the order of HelperDescriptor
    std::uint32_t interfaceIndex;
};

/// All that needs a right; none is left when it returns.
Result<Opened> openAll(const net::HelperRequest& request) {
    const unsigned index = ::if_nametoindex(request.interface.c_str());
    if (index == 0)
        return fail(ErrorCode::NoSuchInterface, request.interface);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        return failSystem("Making a pipe");
    FileDescriptor input(ends[1]);
    Descriptors descriptors;
    descriptors.emplace_back(ends[0]);
    if (request.needsServers) {
        Result<Descriptors> sockets = openSockets(request);
        if (!sockets)
            return tl::unexpected(sockets.error());
        for (FileDescriptor& socket : *sockets)
            descriptors.push_back(std::move(socket));
    }
    Result<Capture> capture = Capture::open(request.interface);
    if (!capture)
        return tl::unexpected(capture.error());
    if (Result<void> dropped = dropPrivileges(); !dropped)
        return tl::unexpected(dropped.error());
    return Opened{std::move(*capture), std::move(input), std::move(descriptors), index};
}

int run() {
    const Result<net::HelperRequest> request = receiveRequest();
    Result<Opened> opened = request ? openAll(*request) : tl::unexpected(request.error());
    net::HelperReply reply;
    if (!opened) {
        reply.error = opened.error();
        sendReply(reply, {});
        return EXIT_FAILURE;
    }
    reply.interfaceIndex = opened->interfaceIndex;
    reply.hasServers = request->needsServers;
    reply.hasSyslog = opened->descriptors.size() == static_cast<std::size_t>(net::HelperDescriptor::Count);
    if (!sendReply(reply, opened->descriptors))
        return EXIT_FAILURE;
    opened->descriptors.clear(); // ours would keep the ports busy, and the pipe open without a reader
    opened->capture.stream(control, opened->captureInput);
    return EXIT_SUCCESS;
}

} // namespace

} // namespace rackmuster::helper

int main() {
    ::clearenv();
    std::signal(SIGPIPE, SIG_IGN);
    if (!rackmuster::helper::isControlSocket()) {
        std::fputs("rackmuster-nethelper opens network sockets for Rackmuster, which starts it itself.\n",
                   stderr);
        return EXIT_FAILURE;
    }
    return rackmuster::helper::run();
}
