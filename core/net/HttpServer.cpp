#include "core/net/HttpServer.h"

#include "core/net/DescriptorLimit.h"
#include "core/net/HttpLoop.h"

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <thread>

namespace rackmuster::net {

namespace {

/// Sending to a connection that its client has closed must not end the program; sendfile has no flag for it.
void runLoop(HttpLoop& loop, const StopSignal& stop) {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    loop.run(stop);
}

} // namespace

struct HttpServer::Threads {
    explicit Threads(Options options)
        : socket(std::move(options.socket)),
          responder(std::move(options.source), std::move(options.events), std::move(options.clock)) {}
    ~Threads() {
        stop.raise();
        for (std::thread& thread : threads)
            thread.join();
    }
    Threads(const Threads&) = delete;
    Threads& operator=(const Threads&) = delete;

    Result<void> start(unsigned count);

    FileDescriptor socket;
    HttpResponder responder;
    HttpTransfers transfers;
    HttpAdmission admission;
    StopSignal stop;
    std::vector<std::unique_ptr<HttpLoop>> loops;
    std::vector<std::thread> threads;
};

Result<void> HttpServer::Threads::start(unsigned count) {
    // The loops share the listener: one that loses the race for a connection must not block in accept.
    const int flags = ::fcntl(socket.get(), F_GETFL);
    if (flags < 0 || ::fcntl(socket.get(), F_SETFL, flags | O_NONBLOCK) != 0)
        return failSystem("The HTTP socket");
    for (unsigned i = 0; i < std::max(count, 1U); ++i) {
        auto loop = HttpLoop::create({socket.get(), responder, transfers, admission});
        if (!loop)
            return tl::unexpected(loop.error());
        loops.push_back(std::move(*loop));
    }
    for (const auto& loop : loops)
        threads.emplace_back([this, &loop = *loop] { runLoop(loop, stop); });
    return {};
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(Options options) {
    raiseDescriptorLimit();
    const unsigned count = options.threads;
    auto threads = std::make_unique<Threads>(std::move(options));
    if (auto started = threads->start(count); !started)
        return tl::unexpected(started.error());
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(threads)));
}

HttpServer::HttpServer(std::unique_ptr<Threads> threads) : m_threads(std::move(threads)) {}

HttpServer::~HttpServer() = default;

int HttpServer::activeTransfers() const {
    return m_threads->transfers.active();
}

std::uint64_t HttpServer::bytesSent() const {
    return m_threads->transfers.bytesSent();
}

std::vector<HttpProgress> HttpServer::transfers() const {
    return m_threads->transfers.list();
}

} // namespace rackmuster::net
