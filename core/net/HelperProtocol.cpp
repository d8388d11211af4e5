#include "core/net/HelperProtocol.h"

#include "core/base/ByteWriter.h"

#include <algorithm>
#include <array>

namespace rackmuster::net {

namespace {

constexpr std::uint32_t magic = 0x524D4832; // "RMH2": changes with the layout
constexpr std::uint8_t openVerb = 1;
constexpr std::size_t interfaceSize = 16; // IFNAMSIZ
constexpr std::size_t subjectSize = 64;
constexpr std::size_t detailSize = 192;

struct WireCode {
    std::uint8_t value;
    ErrorCode code;
};

/// Zero is success. The numbers are part of the protocol; those of ErrorCode are not.
constexpr std::array wireCodes{
    WireCode{1, ErrorCode::HelperFailed}, WireCode{2, ErrorCode::NoSuchInterface},
    WireCode{3, ErrorCode::NoAddress},    WireCode{4, ErrorCode::PortInUse},
    WireCode{5, ErrorCode::NoPrivilege},
};

std::uint8_t toWire(ErrorCode code) {
    const auto* found = std::ranges::find(wireCodes, code, &WireCode::code);
    return found == wireCodes.end() ? wireCodes.front().value : found->value;
}

Result<ErrorCode> fromWire(std::uint8_t value) {
    const auto* found = std::ranges::find(wireCodes, value, &WireCode::value);
    if (found == wireCodes.end())
        return fail(ErrorCode::Malformed, "helper reply", "unknown error code");
    return found->code;
}

/// `text` in a field of `size` bytes that ends with at least one NUL.
void putText(ByteWriter& writer, std::string_view text, std::size_t size) {
    const std::size_t end = writer.size() + size;
    writer.text(text.substr(0, std::min(text.size(), size - 1)));
    writer.padTo(end);
}

/// The text of such a field. Nothing but NULs may follow it, and no control character stand in it.
Result<std::string> takeText(ByteReader& reader, std::size_t size, std::string_view field) {
    const Result<Bytes> bytes = reader.take(size, field);
    if (!bytes)
        return tl::unexpected(bytes.error());
    const std::string_view whole = asText(*bytes);
    const std::size_t end = whole.find('\0');
    if (end == std::string_view::npos || whole.find_first_not_of('\0', end) != std::string_view::npos)
        return fail(ErrorCode::Malformed, std::string(field), "not padded with zeros");
    const std::string_view text = whole.substr(0, end);
    const auto isControl = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    };
    if (std::ranges::any_of(text, isControl))
        return fail(ErrorCode::Malformed, std::string(field), "a control character");
    return std::string(text);
}

/// Checks size and magic, which both messages begin with.
Result<ByteReader> openMessage(Bytes message, std::size_t size, const char* name) {
    ByteReader reader(message);
    if (message.size() != size || reader.u32be(name).value_or(0) != magic)
        return fail(ErrorCode::Malformed, name, "another size or version");
    return reader;
}

/// `standard`, or one that needs no right anyway.
bool isAllowedPort(std::uint16_t port, std::uint16_t standard) {
    return port == standard || port >= 1024;
}

} // namespace

std::vector<std::uint8_t> encodeHelperRequest(const HelperRequest& request) {
    ByteWriter writer;
    writer.u32be(magic);
    writer.u8(openVerb);
    writer.u8(request.needsServers ? 1 : 0);
    writer.u16be(request.httpPort);
    writer.u16be(request.syslogPort);
    putText(writer, request.interface, interfaceSize);
    return std::move(writer).take();
}

Result<HelperRequest> decodeHelperRequest(Bytes message) {
    constexpr auto name = "helper request";
    Result<ByteReader> reader = openMessage(message, HelperRequest::size, name);
    if (!reader)
        return tl::unexpected(reader.error());
    // The size was checked: these four cannot fail.
    const std::uint8_t verb = reader->u8(name).value_or(0);
    const std::uint8_t needsServers = reader->u8(name).value_or(0xFF);
    const std::uint16_t httpPort = reader->u16be(name).value_or(0);
    const std::uint16_t syslogPort = reader->u16be(name).value_or(0);
    if (verb != openVerb || needsServers > 1)
        return fail(ErrorCode::Malformed, name, "unknown verb");
    if (!isAllowedPort(httpPort, 80))
        return fail(ErrorCode::Malformed, name, "the HTTP port must be 80 or at least 1024");
    if (syslogPort != 0 && !isAllowedPort(syslogPort, 514))
        return fail(ErrorCode::Malformed, name, "the syslog port must be 514 or at least 1024");
    Result<std::string> interface = takeText(*reader, interfaceSize, "interface name");
    if (!interface)
        return tl::unexpected(interface.error());
    if (interface->empty())
        return fail(ErrorCode::Malformed, name, "no interface name");
    return HelperRequest{std::move(*interface), httpPort, needsServers == 1, syslogPort};
}

std::vector<std::uint8_t> encodeHelperReply(const HelperReply& reply) {
    ByteWriter writer;
    writer.u32be(magic);
    writer.u8(reply.error ? toWire(reply.error->code) : 0);
    writer.u8(reply.hasServers ? 1 : 0);
    writer.u8(reply.hasSyslog ? 1 : 0);
    writer.u8(0);
    writer.u32be(reply.interfaceIndex);
    putText(writer, reply.error ? reply.error->subject : std::string(), subjectSize);
    putText(writer, reply.error ? reply.error->detail : std::string(), detailSize);
    return std::move(writer).take();
}

Result<HelperReply> decodeHelperReply(Bytes message) {
    constexpr auto name = "helper reply";
    Result<ByteReader> reader = openMessage(message, HelperReply::size, name);
    if (!reader)
        return tl::unexpected(reader.error());
    HelperReply reply;
    const std::uint8_t status = reader->u8(name).value_or(0xFF);
    reply.hasServers = reader->u8(name).value_or(0) == 1;
    reply.hasSyslog = reader->u8(name).value_or(0) == 1;
    const Result<std::uint8_t> reserved = reader->u8(name);
    reply.interfaceIndex = reader->u32be(name).value_or(0);
    Result<std::string> subject = takeText(*reader, subjectSize, "subject");
    Result<std::string> detail = takeText(*reader, detailSize, "detail");
    if (!subject || !detail || reserved.value_or(1) != 0)
        return fail(ErrorCode::Malformed, name, "a text that is none");
    if (status == 0)
        return reply;
    const Result<ErrorCode> code = fromWire(status);
    if (!code)
        return tl::unexpected(code.error());
    reply.error = Error{*code, std::move(*subject), std::move(*detail)};
    return reply;
}

} // namespace rackmuster::net
