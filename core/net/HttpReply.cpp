#include "core/net/HttpReply.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <utility>

namespace rackmuster::net {

namespace {

constexpr unsigned methodNotAllowed = 405;

std::string_view reasonOf(unsigned status) {
    using Reason = std::pair<unsigned, std::string_view>;
    constexpr std::array reasons{
        Reason{200, "OK"},
        Reason{206, "Partial Content"},
        Reason{304, "Not Modified"},
        Reason{400, "Bad Request"},
        Reason{404, "Not Found"},
        Reason{methodNotAllowed, "Method Not Allowed"},
        Reason{412, "Precondition Failed"},
        Reason{416, "Range Not Satisfiable"},
        Reason{431, "Request Header Fields Too Large"},
        Reason{503, "Service Unavailable"},
        Reason{505, "HTTP Version Not Supported"},
    };
    for (const auto& [number, reason] : reasons) {
        if (number == status)
            return reason;
    }
    return "Error";
}

std::string mediaTypeOf(const boot::BootFile& file) {
    if (!file.mediaType.empty())
        return std::string(file.mediaType);
    const bool isText = std::holds_alternative<std::shared_ptr<const std::string>>(file.content);
    return isText ? "text/plain" : "application/octet-stream";
}

void add(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

std::string headStart(unsigned status, WallTime now) {
    std::string head = "HTTP/1.1 " + std::to_string(status) + ' ';
    head.append(reasonOf(status)).append("\r\n");
    add(head, "Date", httpDate(now));
    return head;
}

/// An old client takes a connection for closed that does not say otherwise.
void addConnection(std::string& head, const HttpRequestHead& request) {
    if (!request.isKeptAlive)
        add(head, "Connection", "close");
    else if (request.isOld)
        add(head, "Connection", "keep-alive");
}

boot::BootFile textFile(std::string_view text) {
    boot::BootFile file;
    file.content = std::make_shared<const std::string>(text);
    return file;
}

} // namespace

std::string httpDate(WallTime time) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    std::array<char, 40> text{};
    const int size = std::snprintf(
        text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
        days.at(std::chrono::weekday(day).c_encoding()), unsigned{date.day()},
        months.at(unsigned{date.month()} - 1), int{date.year()}, static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

HttpReply fileReply(const HttpRequestHead& request, boot::BootFile file, const HttpAnswer& answer,
                    WallTime now) {
    HttpReply reply;
    reply.status = answer.status;
    reply.head = headStart(answer.status, now);
    reply.closes = !request.isKeptAlive;
    if (answer.status != 304)
        add(reply.head, "Content-Length", std::to_string(answer.length));
    if (answer.status == 200 || answer.status == 206)
        add(reply.head, "Content-Type", mediaTypeOf(file));
    if (answer.status == 206 || answer.status == 416)
        add(reply.head, "Content-Range", contentRange(answer, file.size()));
    add(reply.head, "Accept-Ranges", "bytes");
    if (!file.etag.empty())
        add(reply.head, "ETag", '"' + file.etag + '"');
    if (file.isSecret)
        add(reply.head, "Cache-Control", "no-store");
    addConnection(reply.head, request);
    reply.head += "\r\n";
    reply.file = std::move(file);
    reply.first = answer.first;
    reply.length = request.isGet ? answer.length : 0;
    return reply;
}

HttpReply textReply(const HttpRequestHead& request, unsigned status, std::string_view text, WallTime now) {
    HttpReply reply;
    reply.status = status;
    reply.head = headStart(status, now);
    reply.closes = !request.isKeptAlive;
    add(reply.head, "Content-Length", std::to_string(text.size()));
    add(reply.head, "Content-Type", "text/plain");
    if (status == methodNotAllowed)
        add(reply.head, "Allow", "GET, HEAD");
    addConnection(reply.head, request);
    reply.head += "\r\n";
    reply.file = textFile(text);
    reply.length = request.isGet ? text.size() : 0;
    return reply;
}

HttpReply refusalReply(unsigned status, WallTime now) {
    HttpRequestHead nothing;
    nothing.isKeptAlive = false;
    const std::string_view text =
        status == methodNotAllowed ? "Only GET and HEAD are served here.\n" : "The request is not valid.\n";
    return textReply(nothing, status, text, now);
}

} // namespace rackmuster::net
