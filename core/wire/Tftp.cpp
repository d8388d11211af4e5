#include "core/wire/Tftp.h"

#include "core/base/ByteWriter.h"

#include <algorithm>
#include <charconv>
#include <set>

namespace rackmuster::wire {

namespace {

enum class Opcode : std::uint16_t { ReadRequest = 1, WriteRequest, Data, Ack, Error, OptionAck };

std::string lowerCase(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

/// A decimal number of digits only, in [minimum, maximum of T].
template <typename T>
std::optional<T> number(std::string_view text, T minimum, T maximum) {
    T value{};
    const char* const end = text.data() + text.size();
    // from_chars takes no '+' and no blanks; a '-' never fits an unsigned type.
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || value < minimum || value > maximum)
        return std::nullopt;
    return value;
}

std::optional<std::uint16_t> blockSizeValue(std::string_view text) {
    return number<std::uint16_t>(text, 8, 65464); // RFC 2348
}

std::optional<std::uint8_t> timeoutValue(std::string_view text) {
    return number<std::uint8_t>(text, 1, 255); // RFC 2349
}

std::optional<std::uint64_t> sizeValue(std::string_view text) {
    return number<std::uint64_t>(text, 0, UINT64_MAX); // RFC 2349
}

std::optional<std::uint16_t> windowValue(std::string_view text) {
    return number<std::uint16_t>(text, 1, 65535); // RFC 7440
}

/// Calls `take(name, value)` for each pair; a pair that does not end is not a pair (R23).
template <typename Take>
void readPairs(ByteReader& reader, Take take) {
    while (!reader.atEnd()) {
        const auto name = reader.cString("an option");
        if (!name)
            return;
        const auto value = reader.cString("an option value");
        if (!value)
            return;
        take(lowerCase(*name), *value);
    }
}

Result<TftpPacket> decodeRequest(ByteReader& reader, bool isWrite) {
    const auto path = reader.cString("the TFTP file name");
    if (!path)
        return tl::unexpected(path.error());
    const auto mode = reader.cString("the TFTP mode");
    if (!mode)
        return tl::unexpected(mode.error());
    const std::string modeName = lowerCase(*mode);
    if (modeName != "octet" && modeName != "netascii")
        return fail(ErrorCode::Malformed, "The TFTP mode", modeName);

    TftpRequest request;
    request.isWrite = isWrite;
    request.path = *path;
    request.isNetascii = modeName == "netascii";
    std::set<std::string, std::less<>> seen; // of two, the first counts, valid or not
    readPairs(reader, [&](const std::string& name, std::string_view value) {
        if (name == "blksize" && seen.insert(name).second)
            request.blockSize = blockSizeValue(value);
        else if (name == "timeout" && seen.insert(name).second)
            request.timeoutSeconds = timeoutValue(value);
        else if (name == "tsize" && seen.insert(name).second)
            request.wantsSize = sizeValue(value).has_value();
        else if (name == "windowsize" && seen.insert(name).second)
            request.windowSize = windowValue(value);
    });
    return request;
}

Result<TftpPacket> decodeData(ByteReader& reader) {
    return reader.u16be("the TFTP block number").map([&](std::uint16_t block) {
        return TftpPacket(TftpData{block, reader.rest()});
    });
}

Result<TftpPacket> decodeAck(ByteReader& reader) {
    return reader.u16be("the TFTP block number").map([](std::uint16_t block) {
        return TftpPacket(TftpAck{block});
    });
}

Result<TftpPacket> decodeError(ByteReader& reader) {
    return reader.u16be("the TFTP error code").map([&](std::uint16_t code) {
        const std::string_view rest = asText(reader.rest());
        const bool isKnown = code <= static_cast<std::uint16_t>(TftpErrorCode::OptionRefused);
        // Some clients forget the NUL; the end of the datagram ends the text as well.
        return TftpPacket(TftpError{isKnown ? static_cast<TftpErrorCode>(code) : TftpErrorCode::Undefined,
                                    std::string(rest.substr(0, rest.find('\0')))});
    });
}

Result<TftpPacket> decodeOptionAck(ByteReader& reader) {
    TftpOptionAck accepted;
    std::optional<std::string> bad;
    readPairs(reader, [&](const std::string& name, std::string_view value) {
        bool isValid = false; // an acknowledgement of something never asked is not valid (RFC 2347)
        if (name == "blksize")
            isValid = (accepted.blockSize = blockSizeValue(value)).has_value();
        else if (name == "timeout")
            isValid = (accepted.timeoutSeconds = timeoutValue(value)).has_value();
        else if (name == "tsize")
            isValid = (accepted.size = sizeValue(value)).has_value();
        else if (name == "windowsize")
            isValid = (accepted.windowSize = windowValue(value)).has_value();
        if (!isValid && !bad)
            bad = name;
    });
    if (bad)
        return fail(ErrorCode::Malformed, "The TFTP option acknowledgement", *bad);
    return accepted;
}

void writeText(ByteWriter& writer, std::string_view text) {
    writer.text(text.substr(0, text.find('\0')));
    writer.u8(0);
}

/// P60: lower-case names, decimal without blanks or leading zeros, nothing after the last NUL.
template <typename T>
void writePair(ByteWriter& writer, std::string_view name, const std::optional<T>& value) {
    if (!value)
        return;
    writeText(writer, name);
    writeText(writer, std::to_string(*value));
}

void writeOpcode(ByteWriter& writer, Opcode opcode) {
    writer.u16be(static_cast<std::uint16_t>(opcode));
}

struct Encoder {
    ByteWriter& writer;

    void operator()(const TftpRequest& request) const {
        writeOpcode(writer, request.isWrite ? Opcode::WriteRequest : Opcode::ReadRequest);
        writeText(writer, request.path);
        writeText(writer, request.isNetascii ? "netascii" : "octet");
        writePair(writer, "blksize", request.blockSize);
        writePair(writer, "timeout", request.timeoutSeconds);
        writePair(writer, "tsize", request.wantsSize ? std::optional(0) : std::nullopt);
        writePair(writer, "windowsize", request.windowSize);
    }
    void operator()(const TftpData& data) const {
        writeOpcode(writer, Opcode::Data);
        writer.u16be(data.block);
        writer.bytes(data.payload);
    }
    void operator()(const TftpAck& ack) const {
        writeOpcode(writer, Opcode::Ack);
        writer.u16be(ack.block);
    }
    void operator()(const TftpError& error) const {
        writeOpcode(writer, Opcode::Error);
        writer.u16be(static_cast<std::uint16_t>(error.code));
        writeText(writer, error.message);
    }
    void operator()(const TftpOptionAck& accepted) const {
        writeOpcode(writer, Opcode::OptionAck);
        writePair(writer, "blksize", accepted.blockSize);
        writePair(writer, "timeout", accepted.timeoutSeconds);
        writePair(writer, "tsize", accepted.size);
        writePair(writer, "windowsize", accepted.windowSize);
    }
};

} // namespace

Result<TftpPacket> decodeTftp(Bytes datagram) {
    ByteReader reader(datagram);
    const auto opcode = reader.u16be("the TFTP opcode");
    if (!opcode)
        return tl::unexpected(opcode.error());
    switch (static_cast<Opcode>(*opcode)) {
    case Opcode::ReadRequest:
        return decodeRequest(reader, false);
    case Opcode::WriteRequest:
        return decodeRequest(reader, true);
    case Opcode::Data:
        return decodeData(reader);
    case Opcode::Ack:
        return decodeAck(reader);
    case Opcode::Error:
        return decodeError(reader);
    case Opcode::OptionAck:
        return decodeOptionAck(reader);
    }
    return fail(ErrorCode::Malformed, "The TFTP opcode", std::to_string(*opcode));
}

std::vector<std::uint8_t> encodeTftp(const TftpPacket& packet) {
    ByteWriter writer;
    std::visit(Encoder{writer}, packet);
    return std::move(writer).take();
}

} // namespace rackmuster::wire
