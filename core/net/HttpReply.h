#pragma once

#include "core/base/Result.h"
#include "core/boot/BootFile.h"
#include "core/net/HttpSemantics.h"

#include <memory>
#include <microhttpd.h>
#include <string_view>

namespace rackmuster::net {

struct DestroyResponse {
    void operator()(MHD_Response* response) const { MHD_destroy_response(response); }
};
using HttpReply = std::unique_ptr<MHD_Response, DestroyResponse>;

/// A short text, for what is not a file.
[[nodiscard]] HttpReply textReply(std::string_view text);

/// The head and the bytes that `answer` chose of `file`: by sendfile where sendfileRun() allows it, else
/// through a reader that breaks the connection off before a byte goes out that it cannot vouch for. Fails
/// when the file on disc was cut or written to (R44), or descriptors ran out.
[[nodiscard]] Result<HttpReply> fileReply(const boot::BootFile& file, const HttpAnswer& answer);

void addHeader(const HttpReply& reply, const char* name, const std::string& value);

} // namespace rackmuster::net
