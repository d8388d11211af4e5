#include "core/base/ByteReader.h"
#include "core/net/HttpSemantics.h"
#include "core/net/RequestName.h"
#include "tests/fuzz/support/Require.h"

#include <algorithm>
#include <array>

using namespace rackmuster;
using namespace rackmuster::net;
using fuzz::require;

// The input is lines: target, Range, If-Match, If-None-Match, If-Range, entity tag; the first byte scales the
// file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0)
        return 0;
    const std::uint64_t fileSize = data[0] < 64 ? data[0] : std::uint64_t{1} << (data[0] % 64U);
    std::array<std::string_view, 6> lines;
    std::string_view rest = asText(Bytes(data, size).subspan(1));
    for (std::string_view& line : lines) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    const HttpAnswer answer = answerFor({lines[1], lines[2], lines[3], lines[4]}, fileSize, lines[5]);
    require(answer.first <= fileSize && answer.length <= fileSize - answer.first);
    const bool hasContent = answer.status == 200 || answer.status == 206;
    require(hasContent || answer.status == 304 || answer.status == 412 || answer.status == 416);
    require(hasContent || answer.length == 0);
    require(answer.status != 206 || answer.length > 0);
    require(answer.status != 200 || answer.length == fileSize);
    require(lines[1].find(',') == std::string_view::npos || answer.status != 206); // R39
    require(contentRange(answer, fileSize).starts_with("bytes "));

    if (const auto path = requestPath(lines[0])) {
        require(path->size() <= lines[0].size());
        require(path->find('\0') == std::string::npos || lines[0].find('\0') != std::string_view::npos);
        const auto canonical = boot::canonicalPath(*path);
        require(canonical || !isExpectedMiss(*path));
        require(unknownFileSentence(*path).size() < 300);
    }
    return 0;
}
