#include "tests/support/CopyingCable.h"

#include <array>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rackmuster::tests {

namespace {

void setAddress(sockaddr& place, Ipv4Address address) {
    auto& in = reinterpret_cast<sockaddr_in&>(place);
    in = {};
    in.sin_family = AF_INET;
    in.sin_addr.s_addr = htonl(address.value());
}

/// A device of the calling thread's namespace that is up, with its address and that of the other end.
FileDescriptor makeEnd(Ipv4Address own, Ipv4Address other) {
    FileDescriptor device(::open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK));
    const FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    if (!device.isOpen() || ::ioctl(device.get(), TUNSETIFF, &request) != 0)
        return {};
    setAddress(request.ifr_addr, own);
    bool isReady = ::ioctl(socket.get(), SIOCSIFADDR, &request) == 0;
    setAddress(request.ifr_dstaddr, other);
    isReady = isReady && ::ioctl(socket.get(), SIOCSIFDSTADDR, &request) == 0;
    request.ifr_flags = IFF_UP | IFF_RUNNING | IFF_POINTOPOINT;
    isReady = isReady && ::ioctl(socket.get(), SIOCSIFFLAGS, &request) == 0;
    return isReady ? std::move(device) : FileDescriptor();
}

/// What a full queue does not take is lost, as on any cable.
void forward(int from, int to) {
    std::array<char, 2048> packet{};
    for (ssize_t size = 0; (size = ::read(from, packet.data(), packet.size())) > 0;)
        (void)!::write(to, packet.data(), static_cast<std::size_t>(size));
}

} // namespace

std::unique_ptr<CopyingCable> CopyingCable::create(const NetworkNamespace& network, QString& whyNot) {
    FileDescriptor server;
    FileDescriptor client;
    {
        const auto visit = network.enterServer();
        server = makeEnd(serverAddress, clientAddress);
    }
    {
        const auto visit = network.enterClient();
        client = makeEnd(clientAddress, serverAddress);
    }
    FileDescriptor stop(::eventfd(0, EFD_CLOEXEC));
    if (server.isOpen() && client.isOpen() && stop.isOpen())
        return std::unique_ptr<CopyingCable>(
            new CopyingCable(std::move(server), std::move(client), std::move(stop)));
    whyNot = QStringLiteral("TUN devices cannot be made here");
    return nullptr;
}

CopyingCable::CopyingCable(FileDescriptor server, FileDescriptor client, FileDescriptor stop)
    : m_server(std::move(server)), m_client(std::move(client)), m_stop(std::move(stop)),
      m_carrier([this] { carry(); }) {}

CopyingCable::~CopyingCable() {
    const std::uint64_t one = 1;
    if (::write(m_stop.get(), &one, sizeof one) != sizeof one)
        qFatal("A test's cable cannot be ended.");
    m_carrier.join();
}

void CopyingCable::carry() const {
    std::array<pollfd, 3> ends{pollfd{m_stop.get(), POLLIN, 0}, pollfd{m_server.get(), POLLIN, 0},
                               pollfd{m_client.get(), POLLIN, 0}};
    while (::poll(ends.data(), ends.size(), -1) > 0 && ends[0].revents == 0) {
        forward(m_server.get(), m_client.get());
        forward(m_client.get(), m_server.get());
    }
}

} // namespace rackmuster::tests
