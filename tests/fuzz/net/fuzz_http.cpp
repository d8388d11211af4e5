#include "core/base/ByteReader.h"
#include "core/net/HttpReply.h"
#include "core/net/RequestName.h"
#include "tests/fuzz/support/Require.h"

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::net;
using fuzz::require;

namespace {

/// What no header, and so no body of ours, may carry: a line of the client's.
bool isWellFormed(std::string_view head) {
    if (!head.starts_with("HTTP/1.1 ") || !head.ends_with("\r\n\r\n") ||
        head.find("\r\n\r\n") != head.size() - 4)
        return false;
    return std::ranges::count(head, '\n') == std::ranges::count(head, '\r') &&
           head.find(": \r\n") == std::string_view::npos;
}

void checkAnswer(const HttpRequestHead& request, std::uint64_t fileSize) {
    const std::string etag = "0123456789abcdef";
    const HttpAnswer answer = answerFor(request.conditions, fileSize, etag);
    require(answer.first <= fileSize && answer.length <= fileSize - answer.first);
    const bool hasContent = answer.status == 200 || answer.status == 206;
    require(hasContent || answer.status == 304 || answer.status == 412 || answer.status == 416);
    require(hasContent || answer.length == 0);
    require(answer.status != 206 || answer.length > 0);
    require(answer.status != 200 || answer.length == fileSize);
    require(request.conditions.range.find(',') == std::string_view::npos || answer.status != 206); // R39
    boot::BootFile file;
    file.content = std::vector<boot::FileSlice>{{nullptr, 0, fileSize}};
    file.etag = etag;
    const HttpReply reply = fileReply(request, file, answer, WallTime{});
    require(isWellFormed(reply.head));
    require(reply.length == (request.isGet ? answer.length : 0));
}

void checkTarget(std::string_view target) {
    const auto path = requestPath(target);
    if (!path)
        return;
    require(path->size() <= target.size());
    require(path->find('\0') == std::string::npos);
    const auto canonical = boot::canonicalPath(*path);
    require(canonical || !isExpectedMiss(*path));
    require(unknownFileSentence(*path).size() < 300);
}

} // namespace

// The first byte scales the file; the rest is what a client sends, one request after the other (R38).
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::uint64_t fileSize = data[0] < 64 ? data[0] : std::uint64_t{1} << (data[0] % 64U);
    std::string_view received = asText(Bytes(data, size).subspan(1));
    while (true) {
        const HttpHeadReading reading = readRequestHead(received);
        require(reading.refusal == 0 || reading.size == 0);
        require(reading.size <= received.size() && reading.size <= longestRequestHead);
        if (reading.refusal != 0)
            require(isWellFormed(refusalReply(reading.refusal, WallTime{}).head));
        if (reading.size == 0) {
            require(reading.refusal != 0 || received.size() < longestRequestHead);
            return 0;
        }
        // Nothing that announces a body is ever taken for a request.
        const std::string_view head = received.substr(0, reading.size);
        require(head.ends_with("\r\n\r\n") && head.find("\r\n\r\n") == head.size() - 4);
        require(head.find('\0') == std::string_view::npos);
        require(!reading.head.target.empty() &&
                reading.head.target.find_first_of(" \r\n\t") == std::string_view::npos);
        // As it came byte by byte, it was neither complete nor wrong before.
        require(readRequestHead(head.substr(0, head.size() - 1)).size == 0);
        require(readRequestHead(head.substr(0, head.size() - 1)).refusal == 0);
        checkTarget(reading.head.target);
        checkAnswer(reading.head, fileSize);
        received.remove_prefix(reading.size);
    }
}
