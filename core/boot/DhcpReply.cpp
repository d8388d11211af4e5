#include "core/boot/DhcpReply.h"

#include "core/base/ByteWriter.h"
#include "core/boot/RelayAgent.h"

#include <algorithm>
#include <array>

namespace rackmuster::boot {

namespace {

using wire::DhcpMessage;
using wire::DhcpOption;
using wire::DhcpType;

constexpr std::uint32_t infiniteLease = 0xFFFFFFFF; // RFC 2131 3.3
constexpr std::uint16_t broadcastFlag = 0x8000;
constexpr std::size_t maximumDnsServers = 8;
constexpr std::size_t maximumOption = 255;

/// Discovery control: only the boot file of this offer, no menu, no search for boot servers (P23, P24).
constexpr std::array<std::uint8_t, 4> directBoot{0x06, 0x01, 0x08, 0xFF};
/// no-pxedhcp = 1: spares the two seconds that iPXE waits for a proxy (P41).
constexpr std::array<std::uint8_t, 3> noProxyDhcp{0xB0, 0x01, 0x01};

constexpr std::uint8_t bootItemCode = 71; // PXE 2.1 table 2-7, inside option 43

/// The fields that are the client's (P01).
DhcpMessage replyTo(const DhcpMessage& request, const Catalog& catalog, DhcpType type) {
    DhcpMessage reply;
    reply.op = 2;
    reply.htype = request.htype;
    reply.hlen = request.hlen;
    reply.xid = request.xid;
    reply.flags = request.flags;
    reply.giaddr = request.giaddr;
    reply.chaddr = request.chaddr;
    reply.set(DhcpOption::MessageType, static_cast<std::uint8_t>(type));
    reply.set(DhcpOption::ServerId, serverIdFor(request, catalog.server().address)); // P08
    return reply;
}

void echo(DhcpMessage& reply, const DhcpMessage& request, DhcpOption code) {
    const auto value = request.option(code);
    // A value of several fragments cannot be repeated in one option (P06).
    if (value && value->size() <= maximumOption)
        reply.set(code, *value);
}

/// The relay's option goes back whole, even when it then fits no reply: R06 wants no answer rather than half
/// of it.
void echoRelay(DhcpMessage& reply, const DhcpMessage& request) {
    if (const auto value = request.option(DhcpOption::RelayAgent))
        reply.set(DhcpOption::RelayAgent, *value);
}

/// P25: some firmware writes the NUL itself, behind the option.
void setTerminated(DhcpMessage& reply, DhcpOption code, const std::string& text) {
    reply.set(code, std::string_view(text.c_str(), text.size() + 1));
}

void addNetwork(DhcpMessage& reply, const ServerIdentity& server) {
    reply.set(DhcpOption::SubnetMask, server.network.mask()); // before 3 (P07)
    if (server.gateway)
        reply.set(DhcpOption::Router, *server.gateway);
    if (server.dns.empty())
        return;
    ByteWriter servers;
    for (std::size_t i = 0; i < std::min(server.dns.size(), maximumDnsServers); ++i)
        servers.u32be(server.dns[i].value());
    reply.set(DhcpOption::DnsServers, servers.view());
}

/// What makes a reply one of a boot server (P20, P50). iPXE looks for it in a proxy's only (P42).
std::string_view vendorClassFor(const ReplyContents& contents) {
    switch (contents.client.kind) {
    case ClientKind::PxeFirmware:
        return "PXEClient";
    case ClientKind::HttpFirmware:
        return "HTTPClient";
    case ClientKind::Ipxe:
        return contents.isProxy ? "PXEClient" : "";
    case ClientKind::NotPxe:
        break;
    }
    return {};
}

/// P28: the item that the firmware chose is confirmed.
void echoBootItem(DhcpMessage& reply, const DhcpMessage& request) {
    if (const auto item = bootItem(request)) {
        const std::array<std::uint8_t, 7> value{bootItemCode,
                                                4,
                                                static_cast<std::uint8_t>(item->type >> 8U),
                                                static_cast<std::uint8_t>(item->type),
                                                static_cast<std::uint8_t>(item->layer >> 8U),
                                                static_cast<std::uint8_t>(item->layer),
                                                0xFF};
        reply.set(DhcpOption::VendorSpecific, Bytes(value));
    }
}

/// Options 43 and 175: what the firmware does next.
void addDirections(DhcpMessage& reply, const DhcpMessage& request, const DhcpSettings& settings,
                   const ReplyContents& contents) {
    const ClientKind kind = contents.client.kind;
    if (kind == ClientKind::Ipxe && !contents.isProxy)
        reply.set(DhcpOption::Ipxe, Bytes(noProxyDhcp));
    if (kind != ClientKind::PxeFirmware)
        return;
    if (contents.isProxy && contents.type == DhcpType::Ack)
        echoBootItem(reply, request);
    else if (!contents.isProxy || settings.proxyStyle == ProxyStyle::InOffer)
        reply.set(DhcpOption::VendorSpecific, Bytes(directBoot));
}

void addBoot(DhcpMessage& reply, const DhcpMessage& request, const Catalog& catalog,
             const ReplyContents& contents) {
    const ServerIdentity& server = catalog.server();
    reply.siaddr = server.address; // P26: option 66 alone is not enough
    reply.file = contents.bootFile;
    if (const std::string_view vendorClass = vendorClassFor(contents); !vendorClass.empty())
        reply.set(DhcpOption::VendorClass, vendorClass);
    if (contents.client.kind != ClientKind::HttpFirmware)
        reply.set(DhcpOption::TftpServer, std::string_view(server.address.toString()));
    setTerminated(reply, DhcpOption::BootFile, contents.bootFile);
    echo(reply, request, DhcpOption::ClientUuid);
    addDirections(reply, request, catalog.dhcp(), contents);
}

/// Last, because only then is it known what still fits.
void addExtras(DhcpMessage& reply, const ReplyContents& contents, std::uint16_t maximumSize) {
    for (const ExtraOption& extra : contents.extraOptions) {
        const auto code = static_cast<DhcpOption>(extra.code);
        if (contents.isProxy && (code == DhcpOption::Router || code == DhcpOption::DnsServers))
            continue; // P28: the other server's to say
        DhcpMessage longer = reply;
        if (extra.value.empty())
            std::erase_if(longer.options, [&](const auto& option) { return option.code == extra.code; });
        else
            longer.set(code, Bytes(extra.value));
        if (wire::encodeDhcp(longer, maximumSize))
            reply = std::move(longer);
    }
}

} // namespace

wire::DhcpMessage makeReply(const wire::DhcpMessage& request, const Catalog& catalog,
                            const ReplyContents& contents) {
    const ServerIdentity& server = catalog.server();
    DhcpMessage reply = replyTo(request, catalog, contents.type);
    // P01: of RENEWING, REBINDING and INFORM only; elsewhere it is 0, whatever the client wrote.
    if (contents.type == DhcpType::Ack && contents.address.value_or(request.ciaddr) == request.ciaddr)
        reply.ciaddr = request.ciaddr;
    if (contents.address) {
        reply.yiaddr = *contents.address;
        reply.set(DhcpOption::LeaseTime, catalog.dhcp().leaseSeconds.value_or(infiniteLease));
    }
    if (!contents.isProxy)
        addNetwork(reply, server);
    else if (contents.type == DhcpType::Offer)
        reply.flags |= broadcastFlag; // a relay could not find it else
    if (!contents.bootFile.empty())
        addBoot(reply, request, catalog, contents);
    else if (!contents.hostname.empty() && contents.hostname.size() <= maximumOption)
        reply.set(DhcpOption::HostName, std::string_view(contents.hostname));
    echo(reply, request, DhcpOption::ClientId); // P14
    echoRelay(reply, request);
    addExtras(reply, contents, maximumReplySize(request));
    return reply;
}

wire::DhcpMessage makeNak(const wire::DhcpMessage& request, const Catalog& catalog) {
    DhcpMessage reply = replyTo(request, catalog, DhcpType::Nak);
    if (!request.giaddr.isNull())
        reply.flags |= broadcastFlag;
    echo(reply, request, DhcpOption::ClientId);
    echoRelay(reply, request);
    return reply;
}

std::optional<BootItem> bootItem(const wire::DhcpMessage& request) {
    ByteReader reader(request.option(DhcpOption::VendorSpecific).value_or(Bytes()));
    while (const auto code = reader.u8("a PXE tag")) {
        if (*code == 0)
            continue;
        const auto length = reader.u8("its length");
        const auto value = length ? reader.take(*length, "a PXE tag") : tl::unexpected(length.error());
        if (!value || *code == 0xFF)
            break;
        if (*code != bootItemCode || value->size() != 4)
            continue;
        ByteReader fields(*value);
        const std::uint16_t type = *fields.u16be("type");
        return BootItem{type, *fields.u16be("layer")};
    }
    return std::nullopt;
}

std::uint16_t maximumReplySize(const wire::DhcpMessage& request) {
    constexpr std::uint16_t headers = 28;
    constexpr std::uint16_t smallest = 576;
    constexpr std::uint16_t largest = 1500; // edk2 ignores more
    const auto value = request.option(DhcpOption::MaxMessageSize);
    if (!value || value->size() != 2)
        return smallest - headers;
    const std::uint16_t asked = *ByteReader(*value).u16be("the maximum message size");
    return static_cast<std::uint16_t>(std::clamp(asked, smallest, largest) - headers);
}

} // namespace rackmuster::boot
