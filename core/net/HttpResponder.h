#pragma once

#include "core/base/Clock.h"
#include "core/net/HttpReply.h"
#include "core/net/RejectionLog.h"
#include "core/net/ServerEvents.h"

#include <functional>
#include <memory>
#include <optional>

namespace rackmuster::net {

/// An answer, and what is to be told when it is over.
struct HttpExchange {
    HttpReply reply;
    std::optional<FileServed> served; ///< when bytes of a file are in the answer
    bool reachesEnd = false;          ///< of the file: its last byte is among those sent
};

/// Decides what to answer (P54, P55, R38-R41) and reports what was refused. Thread-safe.
class HttpResponder {
public:
    using Source = std::function<std::shared_ptr<const boot::BootFileSource>()>;

    HttpResponder(Source source, EventSink events, std::shared_ptr<const Clock> clock);

    [[nodiscard]] HttpExchange answer(const HttpRequestHead& request, Ipv4Address peer);
    /// To a head that cannot be understood.
    [[nodiscard]] HttpExchange refuse(unsigned status, Ipv4Address peer);

    /// Instead of a file that cannot be read.
    [[nodiscard]] HttpExchange excuse(const Error& error, Ipv4Address peer, bool isGet);

    void reportServed(FileServed served) { m_events(std::move(served)); }
    void reportBroken(const Error& error, Ipv4Address peer);
    void reportCrowd(Ipv4Address peer); ///< HttpAdmission had no room.
    [[nodiscard]] Instant now() const { return m_clock->now(); }

private:
    [[nodiscard]] HttpExchange answerFile(const HttpRequestHead& request, const std::string& path,
                                          boot::BootFile file, Ipv4Address peer);
    void report(std::string reason, Ipv4Address peer);

    Source m_source;
    EventSink m_events;
    RejectionLog m_rejections;
    std::shared_ptr<const Clock> m_clock;
};

} // namespace rackmuster::net
