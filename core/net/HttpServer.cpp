#include "core/net/HttpServer.h"

#include "core/net/DescriptorLimit.h"
#include "core/net/FileContent.h"
#include "core/net/HttpReply.h"
#include "core/net/HttpSemantics.h"
#include "core/net/HttpTransfers.h"
#include "core/net/RejectionLog.h"
#include "core/net/RequestName.h"

#include <cerrno>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>

namespace rackmuster::net {

namespace {

constexpr unsigned connectionLimit = 1024;     // R36
constexpr unsigned connectionsPerPeer = 64;    // R36
constexpr unsigned stallTimeout = 120;         // seconds (P56, R37)
constexpr std::size_t headerMemory = 16 << 10; // bytes of a connection's request and response heads

std::string_view header(MHD_Connection* connection, const char* name) {
    const char* value = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

/// A request with a body is none of ours, and the start of a smuggled one (R38).
bool hasBody(MHD_Connection* connection) {
    const std::string_view length = header(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return !header(connection, MHD_HTTP_HEADER_TRANSFER_ENCODING).empty() ||
           (!length.empty() && length != "0");
}

Ipv4Address peerOf(MHD_Connection* connection) {
    const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info == nullptr || info->client_addr == nullptr || info->client_addr->sa_family != AF_INET)
        return {};
    return Ipv4Address(ntohl(reinterpret_cast<const sockaddr_in*>(info->client_addr)->sin_addr.s_addr));
}

int socketOf(MHD_Connection* connection) {
    const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info == nullptr ? -1 : info->connect_fd;
}

MHD_Result refuse(MHD_Connection* connection, unsigned status, std::string_view text) {
    const HttpReply reply = textReply(text);
    if (!reply)
        return MHD_NO;
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        addHeader(reply, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
    // Whatever follows on this connection cannot be trusted to be a request (R38).
    if (status != MHD_HTTP_NOT_FOUND)
        addHeader(reply, MHD_HTTP_HEADER_CONNECTION, "close");
    return MHD_queue_response(connection, status, reply.get());
}

/// We decode by ourselves, as libmicrohttpd would cut a path at "%00".
std::size_t keepEscapes(void* /*context*/, MHD_Connection* /*connection*/, char* text) {
    return std::string_view(text).size();
}

/// One request, from its head to the last byte of its answer.
struct Exchange {
    std::optional<FileServed> served; ///< to report, when a body is on its way
    bool reachesEnd = false;          ///< of the file: its last byte is among those sent
};

} // namespace

struct HttpServer::Daemon {
    explicit Daemon(Options settings)
        : source(std::move(settings.source)), events(std::move(settings.events)), rejections(events),
          socket(std::move(settings.socket)) {}
    ~Daemon() {
        if (daemon != nullptr)
            MHD_stop_daemon(daemon);
    }
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;

    Result<void> start(unsigned threads);
    MHD_Result answer(MHD_Connection* connection, const char* target, bool isGet, Exchange& exchange);
    MHD_Result answerFile(MHD_Connection* connection, const std::string& path, const boot::BootFile& file,
                          bool isGet, Exchange& exchange);
    void finish(std::unique_ptr<Exchange> exchange, bool isCompleted);

    static MHD_Result onRequest(void* self, MHD_Connection* connection, const char* target,
                                const char* method, const char* version, const char* body,
                                std::size_t* bodySize, void** context);
    static void onCompleted(void* self, MHD_Connection* connection, void** context,
                            MHD_RequestTerminationCode code);

    std::function<std::shared_ptr<const boot::BootFileSource>()> source;
    EventSink events;
    RejectionLog rejections;
    HttpTransfers transfers;
    FileDescriptor socket;
    MHD_Daemon* daemon = nullptr;
};

Result<void> HttpServer::Daemon::start(unsigned threads) {
    // The threads share the listener: one that loses the race for a connection must not block in accept.
    const int flags = ::fcntl(socket.get(), F_GETFL);
    if (flags < 0 || ::fcntl(socket.get(), F_SETFL, flags | O_NONBLOCK) != 0)
        return failSystem("The HTTP socket");
    FileDescriptor listener(::fcntl(socket.get(), F_DUPFD_CLOEXEC, 0)); // the daemon closes its own
    if (!listener.isOpen())
        return failSystem("The HTTP socket");
    daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, nullptr, nullptr, &Daemon::onRequest, this,
                              MHD_OPTION_LISTEN_SOCKET, listener.get(),                //
                              MHD_OPTION_THREAD_POOL_SIZE, threads < 2 ? 0U : threads, //
                              MHD_OPTION_CONNECTION_LIMIT, connectionLimit,            //
                              MHD_OPTION_PER_IP_CONNECTION_LIMIT, connectionsPerPeer,  //
                              MHD_OPTION_CONNECTION_TIMEOUT, stallTimeout,             //
                              MHD_OPTION_CONNECTION_MEMORY_LIMIT, headerMemory,        //
                              MHD_OPTION_UNESCAPE_CALLBACK, &keepEscapes, nullptr,     //
                              MHD_OPTION_NOTIFY_COMPLETED, &Daemon::onCompleted, this, //
                              MHD_OPTION_END);
    if (daemon == nullptr)
        return failSystem("The HTTP server");
    (void)listener.release();
    return {};
}

MHD_Result HttpServer::Daemon::onRequest(void* self, MHD_Connection* connection, const char* target,
                                         const char* method, const char* /*version*/, const char* /*body*/,
                                         std::size_t* /*bodySize*/, void** context) {
    const bool isGet = std::string_view(method) == MHD_HTTP_METHOD_GET;
    if (*context != nullptr)
        return static_cast<Daemon*>(self)->answer(connection, target, isGet,
                                                  *static_cast<Exchange*>(*context));
    // First call, before any body: a refusal here ends the connection, an answer would as well.
    *context = new Exchange; // onCompleted deletes it
    if (!isGet && std::string_view(method) != MHD_HTTP_METHOD_HEAD)
        return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "Only GET and HEAD are served here.\n");
    if (hasBody(connection))
        return refuse(connection, MHD_HTTP_BAD_REQUEST, "The request is not valid.\n");
    return MHD_YES;
}

MHD_Result HttpServer::Daemon::answer(MHD_Connection* connection, const char* target, bool isGet,
                                      Exchange& exchange) {
    const std::optional<std::string> path = requestPath(target);
    if (!path)
        return refuse(connection, MHD_HTTP_BAD_REQUEST, "The request is not valid.\n");
    const Ipv4Address peer = peerOf(connection);
    if (const std::optional<boot::BootFile> file = source()->find(*path, peer))
        return answerFile(connection, *path, *file, isGet, exchange);
    if (!isExpectedMiss(*path))
        rejections.report(unknownFileSentence(*path), peer.toString(), BootClock::now());
    return refuse(connection, MHD_HTTP_NOT_FOUND, "There is no such file.\n"); // P54: never another status
}

MHD_Result HttpServer::Daemon::answerFile(MHD_Connection* connection, const std::string& path,
                                          const boot::BootFile& file, bool isGet, Exchange& exchange) {
    const HttpConditions conditions{isGet ? header(connection, MHD_HTTP_HEADER_RANGE) : std::string_view(),
                                    header(connection, MHD_HTTP_HEADER_IF_MATCH),
                                    header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH),
                                    header(connection, MHD_HTTP_HEADER_IF_RANGE)};
    const HttpAnswer answer = answerFor(conditions, file.size(), file.etag);
    const Result<HttpReply> reply = fileReply(file, answer);
    const Ipv4Address peer = peerOf(connection);
    if (!reply) {
        rejections.report(message(reply.error()), peer.toString(), BootClock::now());
        return refuse(connection, MHD_HTTP_SERVICE_UNAVAILABLE, "The file cannot be read now.\n");
    }
    const MHD_Result queued = MHD_queue_response(connection, answer.status, reply->get());
    const bool hasContent = answer.status == MHD_HTTP_OK || answer.status == MHD_HTTP_PARTIAL_CONTENT;
    if (queued != MHD_YES || !isGet || !hasContent)
        return queued;
    exchange.served = FileServed{Protocol::Http, eventPath(path, file), peer, file.machine, file.role, 0,
                                 false,          file.spendsTicket};
    exchange.reachesEnd = answer.first + answer.length == file.size();
    transfers.begin(&exchange,
                    {socketOf(connection), answer.length, sendfileRun(file, answer.first, answer.length)});
    return queued;
}

void HttpServer::Daemon::onCompleted(void* self, MHD_Connection* /*connection*/, void** context,
                                     MHD_RequestTerminationCode code) {
    std::unique_ptr<Exchange> exchange(static_cast<Exchange*>(std::exchange(*context, nullptr)));
    if (exchange && exchange->served)
        static_cast<Daemon*>(self)->finish(std::move(exchange), code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
}

void HttpServer::Daemon::finish(std::unique_ptr<Exchange> exchange, bool isCompleted) {
    exchange->served->bytes = transfers.end(exchange.get(), isCompleted);
    exchange->served->isComplete = isCompleted && exchange->reachesEnd;
    // A part that was asked for and given is neither the whole file nor a failure.
    if (!isCompleted || exchange->reachesEnd)
        events(std::move(*exchange->served));
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(Options options) {
    raiseDescriptorLimit();
    const unsigned threads = options.threads;
    auto daemon = std::make_unique<Daemon>(std::move(options));
    if (auto started = daemon->start(threads); !started)
        return tl::unexpected(started.error());
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(daemon)));
}

HttpServer::HttpServer(std::unique_ptr<Daemon> daemon) : m_daemon(std::move(daemon)) {}

HttpServer::~HttpServer() = default;

int HttpServer::activeTransfers() const {
    return m_daemon->transfers.active();
}

std::uint64_t HttpServer::bytesSent() const {
    return m_daemon->transfers.bytesSent();
}

} // namespace rackmuster::net
