#include "tests/bench/TftpLoad.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <deque>
#include <span>
#include <string_view>
#include <sys/epoll.h>
#include <sys/mman.h>

using namespace rackmuster;
using namespace rackmuster::bench;

namespace {

constexpr auto usage =
    "bench_tftp_load SERVER FILE [--clients N] [--blksize BYTES] [--windowsize BLOCKS]\n"
    "                [--loss PERCENT] [--compare FILE] [--pause-after BLOCKS] [--from ADDRESS]\n"
    "Fetches FILE with N clients at once, each at an address of its own from ADDRESS on, and prints\n"
    "what it took.\n";

/// The file of `--compare`, mapped for good: nobody writes to it during a race.
Bytes contentOf(const char* path) {
    auto file = FileDescriptor::openForReading(path);
    const auto size = file ? file->size() : tl::unexpected(file.error());
    if (!size)
        return {};
    void* const start = ::mmap(nullptr, *size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file->get(), 0);
    return start == MAP_FAILED ? Bytes() : Bytes(static_cast<const std::uint8_t*>(start), *size);
}

std::optional<TftpLoad> parse(std::span<char* const> arguments) {
    if (arguments.size() < 2 || arguments.size() % 2 != 0)
        return std::nullopt;
    const auto server = Ipv4Address::parse(arguments[0]);
    if (!server)
        return std::nullopt;
    TftpLoad load;
    load.server = {*server, 69};
    load.file = arguments[1];
    for (std::size_t i = 2; i < arguments.size(); i += 2) {
        const std::string_view name = arguments[i];
        const std::string value = arguments[i + 1];
        if (name == "--clients")
            load.clients = std::stoi(value);
        else if (name == "--blksize")
            load.blockSize = static_cast<unsigned>(std::stoi(value));
        else if (name == "--windowsize")
            load.window = static_cast<unsigned>(std::stoi(value));
        else if (name == "--loss")
            load.loss = std::stod(value) / 100;
        else if (name == "--from")
            load.from = Ipv4Address::parse(value).value_or(Ipv4Address());
        else if (name == "--pause-after")
            load.pauseAfter = std::stoi(value);
        else if (name == "--compare")
            load.expected = contentOf(arguments[i + 1]);
        else
            return std::nullopt;
        if (name == "--compare" && load.expected.empty())
            return std::nullopt;
    }
    return load;
}

/// Tells whoever reads the output, and goes on when a line comes; false when there is no more input.
bool pause(std::deque<TftpLoadClient>& clients) {
    std::puts("paused");
    std::fflush(stdout);
    int character = 0;
    do {
        character = std::getchar();
    } while (character != '\n' && character != EOF);
    for (TftpLoadClient& client : clients)
        client.resume();
    return character != EOF;
}

/// Lets what came to any client be handled, once.
void look(int epoll, std::deque<TftpLoadClient>& clients) {
    if (clients.size() == 1)
        return clients.front().onReadable();
    // Machines have a processor each, and these share one: it looks seldom, and finds more at once.
    constexpr auto interval = std::chrono::microseconds(20);
    static SteadyClock::time_point next;
    while (SteadyClock::now() < next) {
    }
    next = SteadyClock::now() + interval;
    std::array<epoll_event, 512> events;
    const int count = ::epoll_wait(epoll, events.data(), events.size(), 0);
    for (int i = 0; i < count; ++i)
        clients[events[static_cast<std::size_t>(i)].data.u64].onReadable();
}

/// Never sleeps: the server is to be measured, not how fast this process is woken.
bool run(std::deque<TftpLoadClient>& clients, bool mayPause) {
    const FileDescriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
    for (std::size_t i = 0; i < clients.size(); ++i) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        if (::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, clients[i].socket(), &event) != 0)
            return false;
    }
    for (TftpLoadClient& client : clients)
        client.start();
    const auto isOver = [](const TftpLoadClient& client) {
        return client.isOver();
    };
    const auto isPaused = [](const TftpLoadClient& client) {
        return client.isPaused() || client.isOver();
    };
    SteadyClock::time_point lastTick = SteadyClock::now();
    for (std::uint64_t turn = 0; !std::ranges::all_of(clients, isOver); ++turn) {
        look(epoll.get(), clients);
        if (turn % 64 == 0 && SteadyClock::now() - lastTick > std::chrono::milliseconds(10)) {
            lastTick = SteadyClock::now();
            for (TftpLoadClient& client : clients)
                client.onTick(lastTick);
        }
        if (mayPause && std::ranges::all_of(clients, isPaused) && !pause(clients))
            return false;
    }
    return true;
}

double microseconds(std::span<const std::uint32_t> sorted, double share) {
    if (sorted.empty())
        return 0;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
    return sorted[index] / 1000.0;
}

/// One line: name=value ...
bool print(const std::deque<TftpLoadClient>& clients) {
    std::uint64_t bytes = 0;
    double slowest = 0;
    double fastest = 1e9;
    std::vector<std::uint32_t> turnarounds;
    for (const TftpLoadClient& client : clients) {
        if (!client.failure().empty()) {
            std::fprintf(stderr, "bench_tftp_load: %s\n", client.failure().c_str());
            return false;
        }
        bytes += client.bytes();
        slowest = std::max(slowest, client.time().count());
        fastest = std::min(fastest, client.time().count());
        turnarounds.insert(turnarounds.end(), client.turnarounds().begin(), client.turnarounds().end());
    }
    std::ranges::sort(turnarounds);
    std::printf("speed=%.2f bytes=%llu slowest=%.4f fastest=%.4f p50=%.2f p99=%.2f\n",
                static_cast<double>(bytes) / slowest / 1e6, static_cast<unsigned long long>(bytes), slowest,
                fastest, microseconds(turnarounds, 0.50), microseconds(turnarounds, 0.99));
    return true;
}

} // namespace

int main(int argc, char** argv) {
    const auto load = parse(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
    if (!load) {
        std::fputs(usage, stderr);
        return 2;
    }
    std::deque<TftpLoadClient> clients;
    for (int i = 0; i < load->clients; ++i)
        clients.emplace_back(*load, static_cast<std::uint32_t>(i));
    return run(clients, load->pauseAfter > 0) && print(clients) ? 0 : 1;
}
