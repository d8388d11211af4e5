// B11-B13: bodies are thrown away in the kernel, so that the server is the slower side. A general client
// spends more on each byte than a server that sends pages does, and then all servers look alike.
//   bench_http_load SERVER PORT CONNECTIONS SECONDS PATH...     %d in a path stands for 0 to 499
// Each connection asks for one path after the other, at random. Prints "RESULT bytes microseconds requests 0
// errors": the line of http.sh's script for wrk.

#include "core/base/Clock.h"
#include "tests/support/HttpClient.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace rackmuster;

namespace {

constexpr int numbered = 500;
constexpr std::size_t turn = 1 << 20; // bytes between two looks at the clock

struct Load {
    Ipv4Address server;
    std::uint16_t port;
    Instant end;
    std::vector<std::string> paths;
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> errors{0};
};

std::vector<std::string> expand(const std::string& path) {
    const std::size_t mark = path.find("%d");
    if (mark == std::string::npos)
        return {path};
    std::vector<std::string> paths;
    for (int number = 0; number < numbered; ++number)
        paths.push_back(path.substr(0, mark) + std::to_string(number) + path.substr(mark + 2));
    return paths;
}

/// Until the body is here or the time is over; false when the server gave less than it said.
bool takeBody(tests::HttpClient& client, std::size_t left, Load& load) {
    while (left > 0 && BootClock::now() < load.end) {
        const std::size_t wanted = std::min(left, turn);
        const std::size_t got = client.readSome(wanted);
        load.bytes += got;
        if (got < wanted)
            return false;
        left -= got;
    }
    return true;
}

void ask(Load& load, unsigned seed) {
    tests::HttpClient client(load.server, load.port);
    client.setPatience(std::chrono::seconds(30));
    std::mt19937 random(seed); // the same order for every server
    while (BootClock::now() < load.end) {
        const std::string& path = load.paths[random() % load.paths.size()];
        if (!client.send("GET " + path + " HTTP/1.1\r\nHost: server\r\n\r\n")) {
            ++load.errors;
            return;
        }
        const tests::HttpResponse head = client.receiveHead();
        const auto length = head.headers.find("Content-Length");
        if (head.status != 200 || length == head.headers.end() ||
            !takeBody(client, std::strtoull(length->second.c_str(), nullptr, 10), load)) {
            ++load.errors;
            return;
        }
        ++load.requests;
    }
}

} // namespace

int main(int argc, char* argv[]) {
    const auto server = Ipv4Address::parse(argc > 5 ? argv[1] : "");
    if (!server) {
        std::fputs("usage: bench_http_load SERVER PORT CONNECTIONS SECONDS PATH...\n", stderr);
        return 2;
    }
    const Instant start = BootClock::now();
    Load load{.server = *server,
              .port = static_cast<std::uint16_t>(std::atoi(argv[2])),
              .end = start + std::chrono::seconds(std::atoi(argv[4])),
              .paths = {}};
    for (int i = 5; i < argc; ++i) {
        const std::vector<std::string> paths = expand(argv[i]);
        load.paths.insert(load.paths.end(), paths.begin(), paths.end());
    }
    std::vector<std::thread> clients;
    for (int i = 0; i < std::atoi(argv[3]); ++i)
        clients.emplace_back(ask, std::ref(load), static_cast<unsigned>(i));
    for (std::thread& client : clients)
        client.join();
    const auto microseconds =
        std::chrono::duration_cast<std::chrono::microseconds>(BootClock::now() - start).count();
    std::printf("RESULT %llu %lld %llu 0 %llu\n", static_cast<unsigned long long>(load.bytes),
                static_cast<long long>(microseconds), static_cast<unsigned long long>(load.requests),
                static_cast<unsigned long long>(load.errors));
    return 0;
}
