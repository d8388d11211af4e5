#include "tests/support/DhcpLoad.h"

#include <cstdio>
#include <cstring>
#include <map>
#include <string>

// The load of the DHCP races, on one line what it saw.
// usage: bench_dhcp_load burst|closed|open INTERFACE SERVER key=value ...
//   relay=ADDRESS clients=N first=N outstanding=N rate=R seconds=S patience=MS

using namespace rackmuster;
using tests::DhcpLoad;

int main(int argc, char** argv) {
    if (argc < 4) {
        std::fprintf(stderr, "usage: %s burst|closed|open INTERFACE SERVER [key=value ...]\n", argv[0]);
        return 2;
    }
    std::map<std::string, std::string> given{{"clients", "200"}, {"first", "1"},   {"outstanding", "48"},
                                             {"rate", "1000"},   {"seconds", "5"}, {"patience", "1000"}};
    for (int i = 4; i < argc; ++i) {
        const std::string word = argv[i];
        given[word.substr(0, word.find('='))] = word.substr(word.find('=') + 1);
    }
    DhcpLoad::Options options;
    options.interface = argv[2];
    options.server = Ipv4Address::parse(argv[3]).value();
    if (given.contains("relay"))
        options.relay = Ipv4Address::parse(given["relay"]).value();
    options.clients = static_cast<std::uint32_t>(std::stoul(given["clients"]));
    options.firstMac = static_cast<std::uint32_t>(std::stoul(given["first"]));
    options.patience = std::chrono::milliseconds(std::stol(given["patience"]));
    DhcpLoad load(std::move(options));
    const auto duration =
        std::chrono::milliseconds(static_cast<std::int64_t>(std::stod(given["seconds"]) * 1000));
    DhcpLoad::Outcome outcome;
    if (std::strcmp(argv[1], "burst") == 0)
        outcome = load.burst();
    else if (std::strcmp(argv[1], "open") == 0)
        outcome = load.openLoop(std::stod(given["rate"]), duration);
    else
        outcome = load.closedLoop(static_cast<std::uint32_t>(std::stoul(given["outstanding"])), duration);
    std::printf(
        "begun=%llu acked=%llu refused=%llu rate=%.0f lost=%.4f p50=%.4f p99=%.4f first=%.4f last=%.4f "
        "duplicates=%zu\n",
        static_cast<unsigned long long>(outcome.begun), static_cast<unsigned long long>(outcome.acked),
        static_cast<unsigned long long>(outcome.refused), outcome.rate(), outcome.lost(),
        outcome.latency(0.5), outcome.latency(0.99), outcome.latency(0),
        std::chrono::duration<double>(load.lastAck()).count(), load.duplicates());
    return outcome.acked > 0 ? 0 : 1;
}
