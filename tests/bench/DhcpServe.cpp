#include "core/net/DhcpServer.h"
#include "core/storage/LeaseDatabase.h"

#include <QCoreApplication>

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>

// The console's DHCP server with its real lease database and nothing else, on sockets like the helper's, for
// races with other DHCP servers and for tests that kill it.
// usage: bench_dhcp_serve INTERFACE ADDRESS/PREFIX FIRST-LAST LEASES.DB [check] [limit] [slack]

using namespace rackmuster;

namespace {

const net::StopSignal* stopSignal = nullptr;

void onSignal(int) {
    stopSignal->raise();
}

[[noreturn]] void die(const char* what) {
    std::perror(what);
    std::exit(1);
}

FileDescriptor openUdp(const char* interface) {
    FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    const int buffer = 4 * 1024 * 1024;
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_port = htons(67);
    if (::setsockopt(socket.get(), SOL_SOCKET, SO_BROADCAST, &on, sizeof on) != 0 ||
        ::setsockopt(socket.get(), IPPROTO_IP, IP_PKTINFO, &on, sizeof on) != 0 ||
        ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer) != 0 ||
        ::setsockopt(socket.get(), SOL_SOCKET, SO_BINDTODEVICE, interface,
                     static_cast<socklen_t>(std::strlen(interface))) != 0 ||
        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&any), sizeof any) != 0)
        die("UDP port 67");
    return socket;
}

FileDescriptor openPacket(int interfaceIndex, std::uint16_t protocol) {
    FileDescriptor socket(::socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    sockaddr_ll place{};
    place.sll_family = AF_PACKET;
    place.sll_protocol = htons(protocol);
    place.sll_ifindex = interfaceIndex;
    const bool isBound =
        protocol == 0 || ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&place), sizeof place) == 0;
    if (!socket.isOpen() || !isBound)
        die("packet socket");
    return socket;
}

std::shared_ptr<const boot::Catalog> makeCatalog(const char* interface, const std::string& network,
                                                 const char* range, bool checks) {
    boot::Catalog::Contents contents;
    contents.server.interface = interface;
    contents.server.address = Ipv4Address::parse(network.substr(0, network.find('/'))).value();
    contents.server.network = Ipv4Network(
        contents.server.address, static_cast<unsigned>(std::stoul(network.substr(network.find('/') + 1))));
    contents.dhcp.range = Ipv4Range::parse(range).value();
    contents.dhcp.leaseSeconds = 3600;
    contents.dhcp.checksAddresses = checks;
    contents.hostFiles["pxelinux.0"] = {};
    return std::make_shared<const boot::Catalog>(std::move(contents));
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc < 5) {
        std::fprintf(stderr,
                     "usage: %s INTERFACE ADDRESS/PREFIX FIRST-LAST LEASES.DB [check] [limit] [slack]\n",
                     argv[0]);
        return 2;
    }
    const auto has = [&](const char* word) {
        for (int i = 5; i < argc; ++i) {
            if (std::strcmp(argv[i], word) == 0)
                return true;
        }
        return false;
    };
    net::StopSignal stop;
    stopSignal = &stop;
    std::signal(SIGTERM, onSignal);

    storage::LeaseDatabase store(QString::fromLocal8Bit(argv[4]));
    SystemClock clock;
    net::DhcpServer::Options options;
    options.interfaceIndex = static_cast<int>(::if_nametoindex(argv[1]));
    options.socket = openUdp(argv[1]);
    options.packet = openPacket(options.interfaceIndex, 0);
    if (has("check"))
        options.arp = openPacket(options.interfaceIndex, ETH_P_ARP);
    options.catalog =
        std::make_shared<Published<boot::Catalog>>(makeCatalog(argv[1], argv[2], argv[3], has("check")));
    options.store = &store;
    options.clock = &clock;
    options.events = [](const net::ServerEvent& event) {
        if (const auto* failed = std::get_if<net::ServiceFailed>(&event))
            std::fprintf(stderr, "%s: %s\n", failed->service.c_str(), message(failed->error).c_str());
    };
    if (!has("slack"))
        options.leaseSlack = {}; // a race for durable leases writes every one
    if (!has("limit"))
        options.limits.perSecond = 0;
    net::DhcpServer server(std::move(options));
    server.run(stop);
    return 0;
}
