#include "core/net/HttpReply.h"

#include "core/net/FileContent.h"

#include <algorithm>
#include <fcntl.h>

namespace rackmuster::net {

namespace {

// Bytes. Small, as every connection whose client does not read holds one (R37); twice that is hardly faster.
constexpr std::size_t readerBlock = 32 << 10;

/// A file that a response reads bit by bit, for as long as the response lives.
struct ContentReader {
    boot::BootFile file;
    HttpAnswer answer;

    static ssize_t read(void* self, std::uint64_t position, char* buffer, std::size_t size) {
        const auto& reader = *static_cast<const ContentReader*>(self);
        const std::size_t count = std::min<std::uint64_t>(size, reader.answer.length - position);
        if (count == 0)
            return MHD_CONTENT_READER_END_OF_STREAM;
        const std::span into(reinterpret_cast<std::uint8_t*>(buffer), count);
        // Breaks the connection off: the client must not take what it has for the whole.
        if (!readContent(reader.file, reader.answer.first + position, into))
            return MHD_CONTENT_READER_END_WITH_ERROR;
        return static_cast<ssize_t>(count);
    }
    static void free(void* self) { delete static_cast<ContentReader*>(self); }
};

Result<HttpReply> runReply(const boot::FileSlice& run) {
    const Result<std::uint64_t> size = run.file->size();
    if (!size)
        return tl::unexpected(size.error());
    if (run.offset > *size || run.length > *size - run.offset)
        return fail(ErrorCode::FileChanged, "a served file");
    FileDescriptor copy(::fcntl(run.file->get(), F_DUPFD_CLOEXEC, 0)); // the response closes its own
    if (!copy.isOpen())
        return failSystem("dup");
    HttpReply reply(MHD_create_response_from_fd_at_offset64(run.length, copy.get(), run.offset));
    if (!reply)
        return fail(ErrorCode::System, "an HTTP response", "out of memory");
    (void)copy.release();
    return reply;
}

Result<HttpReply> readerReply(const boot::BootFile& file, const HttpAnswer& answer) {
    auto reader = std::make_unique<ContentReader>(ContentReader{file, answer});
    HttpReply reply(MHD_create_response_from_callback(answer.length, readerBlock, &ContentReader::read,
                                                      reader.get(), &ContentReader::free));
    if (!reply)
        return fail(ErrorCode::System, "an HTTP response", "out of memory");
    (void)reader.release();
    return reply;
}

Result<HttpReply> bodyOf(const boot::BootFile& file, const HttpAnswer& answer) {
    if (auto unchanged = checkUnchanged(file); !unchanged)
        return tl::unexpected(unchanged.error());
    if (answer.length == 0)
        return textReply({});
    if (const auto run = sendfileRun(file, answer.first, answer.length))
        return runReply(*run);
    return readerReply(file, answer);
}

std::string mediaTypeOf(const boot::BootFile& file) {
    if (!file.mediaType.empty())
        return std::string(file.mediaType);
    const bool isText = std::holds_alternative<std::shared_ptr<const std::string>>(file.content);
    return isText ? "text/plain" : "application/octet-stream";
}

} // namespace

void addHeader(const HttpReply& reply, const char* name, const std::string& value) {
    MHD_add_response_header(reply.get(), name, value.c_str());
}

HttpReply textReply(std::string_view text) {
    std::string copy(text);
    return HttpReply(MHD_create_response_from_buffer(copy.size(), copy.data(), MHD_RESPMEM_MUST_COPY));
}

Result<HttpReply> fileReply(const boot::BootFile& file, const HttpAnswer& answer) {
    Result<HttpReply> reply = bodyOf(file, answer);
    if (!reply)
        return reply;
    addHeader(*reply, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes");
    if (answer.status == 200 || answer.status == 206)
        addHeader(*reply, MHD_HTTP_HEADER_CONTENT_TYPE, mediaTypeOf(file));
    if (!file.etag.empty())
        addHeader(*reply, MHD_HTTP_HEADER_ETAG, '"' + file.etag + '"');
    if (file.isSecret)
        addHeader(*reply, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    if (answer.status == 206 || answer.status == 416)
        addHeader(*reply, MHD_HTTP_HEADER_CONTENT_RANGE, contentRange(answer, file.size()));
    return reply;
}

} // namespace rackmuster::net
