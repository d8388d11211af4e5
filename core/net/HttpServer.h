#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"
#include "core/boot/BootFile.h"
#include "core/net/ServerEvents.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace rackmuster::net {

/// GET and HEAD with one range, keep-alive, straight out of the ISO; libmicrohttpd underneath, with threads
/// of its own. P54-P56, R36-R40. A HEAD never reports a file as served.
class HttpServer {
public:
    struct Options {
        FileDescriptor socket;                                               ///< listening TCP socket
        std::function<std::shared_ptr<const boot::BootFileSource>()> source; ///< newest snapshot; any thread
        EventSink events;                                                    ///< any thread
        unsigned threads = 2;
    };
    [[nodiscard]] static Result<std::unique_ptr<HttpServer>> start(Options options);
    ~HttpServer(); ///< Stops and waits.
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    [[nodiscard]] int activeTransfers() const;
    [[nodiscard]] std::uint64_t bytesSent() const;

private:
    struct Daemon;
    explicit HttpServer(std::unique_ptr<Daemon> daemon);
    std::unique_ptr<Daemon> m_daemon;
};

} // namespace rackmuster::net
