#include "core/net/TftpServer.h"
#include "core/net/UdpEndpoint.h"
#include "tests/support/MapSource.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <sys/socket.h>
#include <thread>

using namespace rackmuster;

namespace {

FileDescriptor requestSocket(Ipv4Address address) {
    FileDescriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    const sockaddr_in local = net::UdpEndpoint{address, 69}.toSocketAddress();
    const bool isBound = socket.isOpen() &&
                         ::setsockopt(socket.get(), IPPROTO_IP, IP_PKTINFO, &on, sizeof on) == 0 &&
                         ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&local), sizeof local) == 0;
    return isBound ? std::move(socket) : FileDescriptor();
}

} // namespace

/// bench_tftp_serve ADDRESS INTERFACE FILE...: our TFTP server on port 69 without the helper, until a signal.
int main(int argc, char** argv) {
    const auto address = Ipv4Address::parse(argc < 4 ? "" : argv[1]);
    if (!address) {
        std::fputs("bench_tftp_serve ADDRESS INTERFACE FILE...\n", stderr);
        return 2;
    }
    const auto source = std::make_shared<tests::MapSource>();
    for (int i = 3; i < argc; ++i) {
        auto file = FileDescriptor::openForReading(argv[i]);
        const auto size = file ? file->size() : tl::unexpected(file.error());
        if (!size) {
            std::fprintf(stderr, "bench_tftp_serve: %s\n", message(size.error()).c_str());
            return 1;
        }
        source->addSlices(std::filesystem::path(argv[i]).filename().string(),
                          {{std::make_shared<const FileDescriptor>(std::move(*file)), 0, *size}});
    }
    net::TftpServer::Options options;
    options.socket = requestSocket(*address);
    if (!options.socket.isOpen()) {
        std::perror("bench_tftp_serve: port 69");
        return 1;
    }
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    const SystemClock clock;
    options.interface = argv[2];
    options.source = [source] {
        return source;
    };
    options.clock = &clock;
    options.events = [](const net::ServerEvent& event) {
        if (const auto* failed = std::get_if<net::ServiceFailed>(&event))
            std::fprintf(stderr, "bench_tftp_serve: %s\n", message(failed->error).c_str());
    };
    net::TftpServer server(std::move(options));
    const net::StopSignal stop;
    std::thread thread([&] { server.run(stop); });
    int received = 0;
    sigwait(&ends, &received);
    stop.raise();
    thread.join();
    return 0;
}
