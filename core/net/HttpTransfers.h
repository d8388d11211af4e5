#pragma once

#include "core/boot/BootFile.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>

namespace rackmuster::net {

/// The bodies that are on their way. libmicrohttpd tells nothing between the first byte and the last of a
/// sendfile, so progress is what the kernel says the peer has acknowledged; and it waits for ever for bytes
/// that a file no longer has, so while there are bodies a thread looks once a second and breaks such
/// connections off (R44). Files of others are not sent that way. Thread-safe.
class HttpTransfers {
public:
    using Id = const void*;

    struct Body {
        int socket = -1;                    ///< must stay open until end()
        std::uint64_t length = 0;           ///< bytes
        std::optional<boot::FileSlice> run; ///< what is sent, when it is by sendfile
    };

    HttpTransfers();
    ~HttpTransfers();
    HttpTransfers(const HttpTransfers&) = delete;
    HttpTransfers& operator=(const HttpTransfers&) = delete;

    void begin(Id id, Body body);
    /// How many bytes of the body went out: all of them if it `isWhole`, else what the peer has.
    std::uint64_t end(Id id, bool isWhole);

    [[nodiscard]] int active() const;
    /// Never goes back.
    [[nodiscard]] std::uint64_t bytesSent() const;

private:
    struct Transfer {
        Body body;
        std::uint64_t acknowledgedBefore = 0; ///< bytes of earlier answers on the same connection

        [[nodiscard]] std::uint64_t sent() const;
        [[nodiscard]] bool isCutShort() const;
    };
    void watch();

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::unordered_map<Id, Transfer> m_transfers;
    std::uint64_t m_finishedBytes = 0;
    bool m_isEnding = false;
    std::thread m_watcher; ///< last: it uses all of the above
};

} // namespace rackmuster::net
