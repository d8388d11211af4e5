#include "core/wire/Dhcp.h"

#include "core/base/ByteWriter.h"

#include <algorithm>

namespace rackmuster::wire {

namespace {

constexpr std::uint32_t magicCookie = 0x63825363; // RFC 2131 3
constexpr std::size_t snameSize = 64;
constexpr std::size_t fileSize = 128;
constexpr std::size_t minimumPayload = 300;      // P02
constexpr std::size_t maximumReassembled = 4096; // R05
constexpr std::size_t maximumVendorSize = 253;   // P06: edk2 walks option 43 with a UINT8
constexpr std::uint8_t padCode = 0;
constexpr std::uint8_t endCode = 255;

constexpr std::uint8_t codeOf(DhcpOption code) {
    return static_cast<std::uint8_t>(code);
}

std::string optionName(std::uint8_t code) {
    return "DHCP option " + std::to_string(code);
}

std::string untilNul(Bytes field) {
    const std::string_view text = asText(field);
    return std::string(text.substr(0, text.find('\0')));
}

template <typename Options>
auto findOption(Options& options, std::uint8_t code) {
    return std::find_if(options.begin(), options.end(),
                        [code](const auto& option) { return option.code == code; });
}

/// The fixed part with the two fields that option 52 may turn into option space.
struct Header {
    DhcpMessage message;
    Bytes sname;
    Bytes file;
};

Result<void> checkLink(const DhcpMessage& message) {
    if (message.op != 1 && message.op != 2)
        return fail(ErrorCode::Malformed, "The DHCP operation", std::to_string(message.op));
    if (message.htype != 1 || message.hlen != MacAddress::size)
        return fail(ErrorCode::Malformed, "The DHCP hardware address",
                    "type " + std::to_string(message.htype) + ", length " + std::to_string(message.hlen));
    return {};
}

Result<Header> readHeader(ByteReader& reader) {
    // RFC 2131 figure 1. One bounds check for the whole fixed part, then every read below succeeds.
    constexpr std::size_t headerSize = 240;
    const auto bytes = reader.take(headerSize, "the DHCP header");
    if (!bytes)
        return tl::unexpected(bytes.error());
    ByteReader fixed(*bytes);
    Header header;
    DhcpMessage& message = header.message;
    message.op = *fixed.u8("op");
    message.htype = *fixed.u8("htype");
    message.hlen = *fixed.u8("hlen");
    message.hops = *fixed.u8("hops");
    message.xid = *fixed.u32be("xid");
    message.secs = *fixed.u16be("secs");
    message.flags = *fixed.u16be("flags");
    for (Ipv4Address* address : {&message.ciaddr, &message.yiaddr, &message.siaddr, &message.giaddr})
        *address = Ipv4Address(*fixed.u32be("an address"));
    const Bytes chaddr = *fixed.take(message.chaddr.size(), "chaddr");
    std::copy(chaddr.begin(), chaddr.end(), message.chaddr.begin());
    header.sname = *fixed.take(snameSize, "sname");
    header.file = *fixed.take(fileSize, "file");
    if (*fixed.u32be("the magic cookie") != magicCookie)
        return fail(ErrorCode::Malformed, "The DHCP magic cookie", "this is plain BOOTP");
    return checkLink(message).map([&] { return header; });
}

Result<void> append(std::vector<DhcpMessage::Option>& options, std::uint8_t code, Bytes value) {
    auto found = findOption(options, code);
    if (found == options.end())
        found = options.insert(options.end(), {code, {}});
    // RFC 3396 7: fragments of one code are one value, in order.
    if (found->value.size() + value.size() > maximumReassembled)
        return fail(ErrorCode::Malformed, optionName(code), "longer than 4 KiB");
    found->value.insert(found->value.end(), value.begin(), value.end());
    return {};
}

/// Option 52 counts in the options field only; inside `file` and `sname` it is skipped (R04).
Result<void> readOptions(Bytes field, bool isOverloaded, std::vector<DhcpMessage::Option>& options) {
    ByteReader reader(field);
    while (!reader.atEnd()) {
        const std::uint8_t code = *reader.u8("an option code");
        if (code == endCode)
            return {};
        if (code == padCode)
            continue;
        const auto length = reader.u8(optionName(code));
        if (!length)
            return tl::unexpected(length.error());
        const auto value = reader.take(*length, optionName(code));
        if (!value)
            return tl::unexpected(value.error());
        if (isOverloaded && code == codeOf(DhcpOption::Overload))
            continue;
        if (auto appended = append(options, code, *value); !appended)
            return appended;
    }
    return {};
}

/// Takes option 52 out of the list; 0 when there is none.
Result<std::uint8_t> takeOverload(std::vector<DhcpMessage::Option>& options) {
    const auto found = findOption(options, codeOf(DhcpOption::Overload));
    if (found == options.end())
        return std::uint8_t{0};
    const std::vector<std::uint8_t> value = std::move(found->value);
    options.erase(found);
    if (value.size() != 1 || value.front() < 1 || value.front() > 3)
        return fail(ErrorCode::Malformed, optionName(codeOf(DhcpOption::Overload)), "it is not 1, 2 or 3");
    return value.front();
}

Result<void> writeHeaderText(ByteWriter& writer, std::string_view text, std::size_t size, const char* name) {
    if (text.size() >= size || text.find('\0') != std::string_view::npos)
        return fail(ErrorCode::Malformed, name, "it does not fit into the DHCP header");
    writer.text(text);
    writer.fill(size - text.size());
    return {};
}

Result<void> writeHeader(ByteWriter& writer, const DhcpMessage& message) {
    writer.u8(message.op);
    writer.u8(message.htype);
    writer.u8(message.hlen);
    writer.u8(message.hops);
    writer.u32be(message.xid);
    writer.u16be(message.secs);
    writer.u16be(message.flags);
    for (const Ipv4Address address : {message.ciaddr, message.yiaddr, message.siaddr, message.giaddr})
        writer.u32be(address.value());
    writer.bytes(message.chaddr);
    if (auto written = writeHeaderText(writer, message.sname, snameSize, "The server name"); !written)
        return written;
    if (auto written = writeHeaderText(writer, message.file, fileSize, "The boot file name"); !written)
        return written;
    writer.u32be(magicCookie);
    return {};
}

Result<void> writeOption(ByteWriter& writer, const DhcpMessage::Option& option) {
    const bool isVendor = option.code == codeOf(DhcpOption::VendorSpecific);
    const std::size_t limit = isVendor ? maximumVendorSize : 255; // P06: never split towards firmware
    if (option.value.size() > limit)
        return fail(ErrorCode::Malformed, optionName(option.code), "longer than one option may be");
    // P05: an overloaded message hides `file` from GRUB and shim.
    if (option.code == padCode || option.code == endCode || option.code == codeOf(DhcpOption::Overload))
        return fail(ErrorCode::Malformed, optionName(option.code), "it is never sent");
    writer.u8(option.code);
    writer.u8(static_cast<std::uint8_t>(option.value.size()));
    writer.bytes(option.value);
    return {};
}

/// RFC 3046 2.2, P07: the relay's option stands last.
Result<void> writeOptions(ByteWriter& writer, const std::vector<DhcpMessage::Option>& options) {
    const std::uint8_t relay = codeOf(DhcpOption::RelayAgent);
    for (const bool wantsRelay : {false, true}) {
        for (const DhcpMessage::Option& option : options) {
            if ((option.code == relay) != wantsRelay)
                continue;
            if (auto written = writeOption(writer, option); !written)
                return written;
        }
    }
    writer.u8(endCode); // P04
    return {};
}

} // namespace

MacAddress DhcpMessage::mac() const {
    MacAddress::Octets octets{};
    std::copy_n(chaddr.begin(), octets.size(), octets.begin());
    return MacAddress(octets);
}

std::optional<DhcpType> DhcpMessage::type() const {
    const auto value = option(DhcpOption::MessageType);
    if (!value || value->size() != 1 || value->front() < 1 || value->front() > 8)
        return std::nullopt;
    return static_cast<DhcpType>(value->front());
}

std::optional<Bytes> DhcpMessage::option(DhcpOption code) const {
    const auto found = findOption(options, codeOf(code));
    if (found == options.end())
        return std::nullopt;
    return Bytes(found->value);
}

std::optional<std::string> DhcpMessage::textOption(DhcpOption code) const {
    const auto value = option(code);
    if (!value)
        return std::nullopt;
    std::string text(asText(*value));
    text.erase(text.find_last_not_of('\0') + 1);
    // P15
    const bool hasControl = std::any_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (hasControl)
        return std::nullopt;
    return text;
}

std::optional<Ipv4Address> DhcpMessage::addressOption(DhcpOption code) const {
    const auto value = option(code);
    if (!value || value->size() != 4)
        return std::nullopt;
    return Ipv4Address(*ByteReader(*value).u32be("an address"));
}

void DhcpMessage::set(DhcpOption code, Bytes value) {
    std::vector<std::uint8_t> bytes(value.begin(), value.end());
    const auto found = findOption(options, codeOf(code));
    if (found == options.end())
        options.push_back({codeOf(code), std::move(bytes)});
    else
        found->value = std::move(bytes);
}

void DhcpMessage::set(DhcpOption code, std::string_view text) {
    set(code, asBytes(text));
}

void DhcpMessage::set(DhcpOption code, Ipv4Address address) {
    set(code, address.value());
}

void DhcpMessage::set(DhcpOption code, std::uint32_t value) {
    ByteWriter writer;
    writer.u32be(value);
    set(code, writer.view());
}

void DhcpMessage::set(DhcpOption code, std::uint8_t value) {
    set(code, Bytes(&value, 1));
}

Result<DhcpMessage> decodeDhcp(Bytes payload) {
    ByteReader reader(payload);
    auto header = readHeader(reader);
    if (!header)
        return tl::unexpected(header.error());
    DhcpMessage& message = header->message;
    if (auto read = readOptions(reader.rest(), false, message.options); !read)
        return tl::unexpected(read.error());
    const auto overload = takeOverload(message.options);
    if (!overload)
        return tl::unexpected(overload.error());

    // RFC 2132 9.3, RFC 3396 5: the options field, then file, then sname.
    if ((*overload & 1U) == 0)
        message.file = untilNul(header->file);
    else if (auto read = readOptions(header->file, true, message.options); !read)
        return tl::unexpected(read.error());
    if ((*overload & 2U) == 0)
        message.sname = untilNul(header->sname);
    else if (auto read = readOptions(header->sname, true, message.options); !read)
        return tl::unexpected(read.error());
    return std::move(message);
}

Result<std::vector<std::uint8_t>> encodeDhcp(const DhcpMessage& message, std::size_t maximumSize) {
    ByteWriter writer;
    if (auto written = writeHeader(writer, message); !written)
        return tl::unexpected(written.error());
    if (auto written = writeOptions(writer, message.options); !written)
        return tl::unexpected(written.error());
    writer.padTo(minimumPayload);
    if (writer.size() > maximumSize)
        return fail(ErrorCode::Malformed, "The DHCP reply",
                    std::to_string(writer.size()) + " bytes, the client takes " +
                        std::to_string(maximumSize));
    return std::move(writer).take();
}

} // namespace rackmuster::wire
