// B17: a rack boots. Every client gets its address at the same moment, misses ten names, fetches shim in
// blocks of 512 bytes and grub in blocks of 1,024 by TFTP, as those do, and kernel and initrd by HTTP. Prints
// how long the last one took.
//   bench_boot_load SERVER INTERFACE CLIENTS     in the network namespace of the machines; files are
//   x/files/{shim,grub,initrd}

#include "core/base/Clock.h"
#include "tests/support/DhcpLoad.h"
#include "tests/support/HttpClient.h"
#include "tests/support/TftpClient.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace rackmuster;

namespace {

std::atomic<std::uint64_t> httpBytes{0};

bool fetchByTftp(Ipv4Address server, Ipv4Address own, const char* name, const char* blockSize) {
    const auto got = tests::tftpGet(
        {.server = server, .path = std::string("x/files/") + name, .options = {{"blksize", blockSize}}}, own);
    if (!got.isComplete && !std::string_view(name).starts_with("grub.cfg"))
        std::fprintf(stderr, "%s: %s is not whole: %zu bytes\n", own.toString().c_str(), name,
                     got.content.size());
    return got.isComplete;
}

bool fetchByHttp(Ipv4Address server, Ipv4Address own) {
    tests::HttpClient client(server, 80, own);
    client.setPatience(std::chrono::seconds(60)); // 48 at once share a wire that drops what is too much
    if (!client.send("GET /x/files/initrd HTTP/1.1\r\nHost: server\r\n\r\n"))
        return false;
    const tests::HttpResponse head = client.receiveHead();
    const auto length = head.headers.find("Content-Length");
    if (head.status != 200 || length == head.headers.end())
        return false;
    const std::size_t size = std::strtoull(length->second.c_str(), nullptr, 10);
    const std::size_t got = client.readSome(size);
    httpBytes += got;
    if (got < size)
        std::fprintf(stderr, "%s: initrd is not whole: %zu bytes: %s\n", own.toString().c_str(), got,
                     std::strerror(errno));
    return got == size;
}

bool boot(Ipv4Address server, Ipv4Address own) {
    for (int i = 0; i < 10; ++i) // P68
        (void)fetchByTftp(server, own, ("grub.cfg-" + std::to_string(i)).c_str(), "1024");
    return fetchByTftp(server, own, "shim", "512") && fetchByTftp(server, own, "grub", "1024") &&
           fetchByHttp(server, own);
}

} // namespace

int main(int argc, char* argv[]) {
    const auto server = Ipv4Address::parse(argc == 4 ? argv[1] : "");
    if (!server) {
        std::fputs("usage: bench_boot_load SERVER INTERFACE CLIENTS\n", stderr);
        return 2;
    }
    const Instant start = BootClock::now();
    tests::DhcpLoad load({.interface = argv[2],
                          .server = *server,
                          .clients = static_cast<std::uint32_t>(std::atoi(argv[3])),
                          .patience = std::chrono::seconds(60)});
    const auto addresses = load.burst();
    const double dhcpSeconds = std::chrono::duration<double>(BootClock::now() - start).count();
    std::vector<std::thread> machines;
    std::atomic<int> failures{static_cast<int>(addresses.begun - addresses.acked)};
    for (const tests::DhcpLoad::Client& client : load.clients()) {
        const std::string address = "ip address add " + client.address.toString() + "/22 dev " + argv[2];
        if (client.address.isNull() || std::system(address.c_str()) != 0)
            continue;
        machines.emplace_back([&, own = client.address] { failures += boot(*server, own) ? 0 : 1; });
    }
    for (std::thread& machine : machines)
        machine.join();
    std::printf("seconds=%.2f dhcp=%.2f failures=%d megabytes=%.0f\n",
                std::chrono::duration<double>(BootClock::now() - start).count(), dhcpSeconds, failures.load(),
                static_cast<double>(httpBytes.load()) / 1e6);
    return failures == 0 ? 0 : 1;
}
