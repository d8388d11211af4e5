#include "core/wire/Syslog.h"
#include "tests/fuzz/support/Require.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace rackmuster;
using namespace rackmuster::wire;
using fuzz::require;

namespace {

bool isPrintable(const std::string& text) {
    return text.size() <= SyslogMessage::maximumText && std::ranges::none_of(text, [](char c) {
               return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
           });
}

std::vector<std::string> cut(Bytes bytes, std::size_t pieceSize) {
    std::vector<std::string> messages;
    SyslogStream stream;
    while (!bytes.empty()) {
        const std::size_t size = std::min(pieceSize, bytes.size());
        stream.append(bytes.first(size));
        bytes = bytes.subspan(size);
        while (const auto message = stream.next()) {
            require(!message->empty() && message->size() <= SyslogStream::longestMessage);
            messages.push_back(*message);
        }
    }
    return messages;
}

} // namespace

/// A datagram never leaves a control character in what is shown; a stream says the same however it arrives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes bytes(data, size);
    if (const auto message = decodeSyslog(bytes)) {
        require(message->facility < 24 && message->severity < 8 && !message->text.empty());
        require(isPrintable(message->host) && isPrintable(message->tag) && isPrintable(message->text));
    } else {
        require(!rackmuster::message(message.error()).empty());
    }
    const auto whole = cut(bytes, SyslogStream::longestMessage);
    require(whole == cut(bytes, 1));
    require(whole == cut(bytes, 5));
    return 0;
}
