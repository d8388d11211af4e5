#include "core/net/Netascii.h"

#include "core/base/ByteReader.h"
#include "core/net/FileContent.h"

namespace rackmuster::net {

std::string toNetascii(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '\n')
            out += '\r';
        out += c;
        if (c == '\r')
            out += '\0';
    }
    return out;
}

Result<boot::BootFile> asNetascii(const boot::BootFile& file) {
    if (file.size() > largestNetascii)
        return fail(ErrorCode::NotAllowed, "netascii", "the file is too large for it");
    std::vector<std::uint8_t> bytes(file.size());
    if (auto read = readContent(file, 0, bytes); !read)
        return tl::unexpected(read.error());
    boot::BootFile translated = file;
    translated.content = std::make_shared<const std::string>(toNetascii(asText(bytes)));
    return translated;
}

} // namespace rackmuster::net
