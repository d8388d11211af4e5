// B21: what the capture hears of a flood.
//   bench_capture_load send INTERFACE RATE SECONDS       DISCOVERs at a rate; prints how many
//   bench_capture_load hear INTERFACE HELPER             until its input ends; prints frames decoded and
//   frames lost

#include "core/base/ByteWriter.h"
#include "core/base/Clock.h"
#include "core/net/HelperClient.h"
#include "core/net/PcapStream.h"
#include "core/wire/Dhcp.h"
#include "core/wire/Frame.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

using namespace rackmuster;

namespace {

std::vector<std::uint8_t> discover(std::uint32_t number) {
    wire::DhcpMessage message;
    message.op = 1;
    message.xid = number;
    message.chaddr = {0x02, 0x54};
    for (unsigned i = 0; i < 4; ++i)
        message.chaddr[2 + i] = static_cast<std::uint8_t>(number >> (24 - 8 * i));
    message.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Discover));
    message.set(wire::DhcpOption::VendorClass, std::string_view("PXEClient:Arch:00000:UNDI:002001"));
    ByteWriter out;
    out.fill(6, 0xFF);
    out.bytes(Bytes(message.chaddr).first(6));
    out.u16be(0x0800);
    out.bytes(
        wire::encodeIpv4Udp(Ipv4Address(), 68, Ipv4Address::broadcast(), 67, *wire::encodeDhcp(message)));
    return std::move(out).take();
}

int send(const char* interface, double rate, double seconds) {
    const FileDescriptor socket(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0));
    sockaddr_ll to{};
    to.sll_family = AF_PACKET;
    to.sll_ifindex = static_cast<int>(::if_nametoindex(interface));
    const Instant start = BootClock::now();
    std::uint32_t sent = 0;
    for (double elapsed = 0; elapsed < seconds;
         elapsed = std::chrono::duration<double>(BootClock::now() - start).count()) {
        while (sent < elapsed * rate) {
            const auto frame = discover(sent);
            if (::sendto(socket.get(), frame.data(), frame.size(), 0, reinterpret_cast<const sockaddr*>(&to),
                         sizeof to) < 0)
                return 1;
            ++sent;
        }
    }
    std::printf("sent=%u\n", sent);
    return 0;
}

int hear(const char* interface, const char* helper) {
    auto client = net::HelperClient::open(helper, {interface, 80, false, 0});
    if (!client) {
        std::fprintf(stderr, "%s\n", message(client.error()).c_str());
        return 1;
    }
    net::PcapStream stream;
    std::array<std::uint8_t, 65536> buffer{};
    std::uint64_t heard = 0;
    std::uint64_t lost = 0;
    for (;;) {
        std::array<pollfd, 2> ready{pollfd{STDIN_FILENO, POLLIN, 0},
                                    pollfd{client->sockets().capture.get(), POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), -1) < 0)
            return 1;
        if (ready[1].revents == 0)
            break; // the input ended, and nothing waits
        const ssize_t count = ::read(ready[1].fd, buffer.data(), buffer.size());
        if (count <= 0)
            return 1;
        stream.append(Bytes(buffer).first(static_cast<std::size_t>(count)));
        for (;;) {
            const auto record = stream.next();
            if (!record || !*record)
                break;
            if ((*record)->bytes.empty())
                lost += (*record)->originalLength;
            else if (const auto udp = wire::decodeUdpFrame((*record)->bytes); udp && *udp)
                heard += wire::decodeDhcp((*udp)->payload).has_value() ? 1U : 0U;
        }
    }
    std::printf("heard=%llu lost=%llu\n", static_cast<unsigned long long>(heard),
                static_cast<unsigned long long>(lost));
    return 0;
}

} // namespace

int main(int argc, char* argv[]) {
    const std::string_view act = argc > 1 ? argv[1] : "";
    if (act == "send" && argc == 5)
        return send(argv[2], std::atof(argv[3]), std::atof(argv[4]));
    if (act == "hear" && argc == 4)
        return hear(argv[2], argv[3]);
    std::fputs("usage: bench_capture_load send INTERFACE RATE SECONDS | hear INTERFACE HELPER\n", stderr);
    return 2;
}
