#include "core/storage/LeaseDatabase.h"
#include "tests/dhcp/DhcpService.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>

// The console's DHCP server with its real lease database and nothing else, on sockets like the helper's, for
// races with other DHCP servers and for tests that kill it.
// usage: bench_dhcp_serve INTERFACE ADDRESS/PREFIX FIRST-LAST LEASES.DB [check] [limit] [slack]

using namespace rackmuster;

namespace {

const net::StopSignal* stopSignal = nullptr;

void onSignal(int) {
    stopSignal->raise();
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

    const std::string network = argv[2];
    tests::DhcpService service;
    service.interface = argv[1];
    service.address = Ipv4Address::parse(network.substr(0, network.find('/'))).value();
    service.prefixLength = static_cast<unsigned>(std::stoul(network.substr(network.find('/') + 1)));
    service.range = argv[3];
    service.checksAddresses = has("check");
    storage::LeaseDatabase store(QString::fromLocal8Bit(argv[4]));
    const SystemClock clock;
    auto options = service.open(store, clock, [](const net::ServerEvent& event) {
        if (const auto* failed = std::get_if<net::ServiceFailed>(&event))
            std::fprintf(stderr, "%s: %s\n", failed->service.c_str(), message(failed->error).c_str());
    });
    if (!has("slack"))
        options.leaseSlack = {}; // a race for durable leases writes every one
    if (!has("limit"))
        options.limits.perSecond = 0;
    net::DhcpServer server(std::move(options));
    server.run(stop);
    return 0;
}
