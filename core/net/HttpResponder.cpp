#include "core/net/HttpResponder.h"

#include "core/net/FileContent.h"
#include "core/net/Neighbours.h"
#include "core/net/RequestName.h"

#include <algorithm>
#include <utility>

namespace rackmuster::net {

namespace {

bool isItsCard(const boot::BootFile& file, std::optional<MacAddress> card) {
    return card &&
           (card == file.machine || std::ranges::find(file.otherCards, *card) != file.otherCards.end());
}

} // namespace

HttpResponder::HttpResponder(Source source, EventSink events, std::shared_ptr<const Clock> clock)
    : m_source(std::move(source)), m_events(std::move(events)), m_rejections(m_events),
      m_clock(std::move(clock)) {}

HttpExchange HttpResponder::answer(const HttpRequestHead& request, Ipv4Address peer) {
    const std::optional<std::string> path = requestPath(request.target);
    if (!path)
        return refuse(400, peer);
    std::optional<boot::BootFile> file = m_source()->find(*path, peer);
    if (file && (!file->needsItsCard || isItsCard(*file, neighbourAt(peer))))
        return answerFile(request, *path, std::move(*file), peer);
    if (!isExpectedMiss(*path))
        report(unknownFileSentence(*path), peer);
    // P54: never another status, and the next name that a loader tries comes on the same connection.
    return {textReply(request, 404, "There is no such file.\n", m_clock->wallNow()), std::nullopt, false};
}

HttpExchange HttpResponder::answerFile(const HttpRequestHead& request, const std::string& path,
                                       boot::BootFile file, Ipv4Address peer) {
    if (const auto unchanged = checkUnchanged(file); !unchanged) // R44
        return excuse(unchanged.error(), peer, request.isGet);
    HttpConditions conditions = request.conditions;
    // RFC 9110 14.2: a range is of a GET. And what is secret goes whole, so that each fetch of it counts
    // (R41).
    if (!request.isGet || file.isSecret)
        conditions.range = {};
    HttpExchange exchange;
    const HttpAnswer answer = answerFor(conditions, file.size(), file.etag);
    if (request.isGet && (answer.status == 200 || answer.status == 206)) {
        exchange.served = FileServed{Protocol::Http, eventPath(path, file), peer, file.machine, file.role, 0,
                                     false,          file.spendsTicket};
        exchange.reachesEnd = answer.first + answer.length == file.size();
    }
    exchange.reply = fileReply(request, std::move(file), answer, m_clock->wallNow());
    return exchange;
}

HttpExchange HttpResponder::refuse(unsigned status, Ipv4Address peer) {
    report("A request that is not valid HTTP, or not one for a file, was refused.", peer);
    return {refusalReply(status, m_clock->wallNow()), std::nullopt, false};
}

HttpExchange HttpResponder::excuse(const Error& error, Ipv4Address peer, bool isGet) {
    reportBroken(error, peer);
    HttpRequestHead last;
    last.isGet = isGet;
    last.isKeptAlive = false;
    return {textReply(last, 503, "The file cannot be read now.\n", m_clock->wallNow()), std::nullopt, false};
}

void HttpResponder::reportBroken(const Error& error, Ipv4Address peer) {
    report(message(error), peer);
}

void HttpResponder::reportCrowd(Ipv4Address peer) {
    report("A connection was refused, as there are too many of this address or in all.", peer);
}

void HttpResponder::report(std::string reason, Ipv4Address peer) {
    m_rejections.report(std::move(reason), peer.toString(), BootClock::now());
}

} // namespace rackmuster::net
