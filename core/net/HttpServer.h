#pragma once

#include "core/base/Clock.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/boot/BootFile.h"
#include "core/net/HttpTransfers.h"
#include "core/net/ServerEvents.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace rackmuster::net {

/// GET and HEAD with one range, keep-alive, straight out of the ISO, in a few threads of its own however many
/// clients there are. P54-P56, R36-R40, R44. A HEAD never reports a file as served.
class HttpServer {
public:
    struct Options {
        FileDescriptor socket;                                               ///< listening TCP socket
        std::function<std::shared_ptr<const boot::BootFileSource>()> source; ///< newest snapshot; any thread
        EventSink events;                                                    ///< any thread
        unsigned threads = 2;
        std::shared_ptr<const Clock> clock = std::make_shared<SystemClock>();
    };
    /// Errors: System.
    [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(Options options);
    ~HttpServer(); ///< Breaks off what is on its way, and waits.
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] int activeTransfers() const;
    [[nodiscard]] std::uint64_t bytesSent() const;
    /// How far each file is on its way to each client, in no order.
    [[nodiscard]] std::vector<HttpProgress> transfers() const;

private:
    struct Threads;
    explicit HttpServer(std::unique_ptr<Threads> threads);
    std::unique_ptr<Threads> m_threads;
};

} // namespace rackmuster::net
