#include "core/base/ByteReader.h"
#include "core/boot/DhcpResponder.h"
#include "tests/fuzz/support/Require.h"
#include "tests/unit/core/boot/BootFixture.h"

#include <algorithm>
#include <array>

using namespace rackmuster;
using namespace rackmuster::boot;
using fuzz::require;
using wire::DhcpMessage;
using wire::DhcpOption;
using wire::DhcpType;

// R02: the whole way of a packet, several packets to one state: decode, decide, build, encode, and the
// sentence for the log. The first byte chooses how the server is set up; then follow steps, each either a raw
// payload or a well-formed message put together from a few bytes, so that the states behind the parser are
// reached.

namespace {

constexpr std::uint8_t machines = 6; ///< 1 parked, 2 approved, 3 finished, 4 refused, 5 and 6 unknown

Catalog makeCatalog(DhcpMode mode, ProxyStyle style = ProxyStyle::InOffer, bool isStrict = false) {
    Catalog::Contents contents = tests::rack();
    contents.dhcp.leaseSeconds = 600;
    contents.dhcp.mode = mode;
    contents.dhcp.proxyStyle = style;
    contents.dhcp.answersOnlyApproved = isStrict;
    contents.dhcp.isAuthoritative = isStrict;
    tests::add(contents, tests::parkedMachine(1));
    MachineBoot fixed = tests::approvedMachine(2);
    fixed.address = tests::host(101);
    fixed.extraOptions = {{3, {}},
                          {6, {192, 168, 0, 9}},
                          {43, std::vector<std::uint8_t>(253, 'v')},
                          {66, {'x'}},
                          {128, std::vector<std::uint8_t>(255, 'x')}};
    tests::add(contents, fixed);
    MachineBoot finished = tests::approvedMachine(3);
    finished.disposition = Disposition::LocalDisk;
    tests::add(contents, finished);
    MachineBoot refused = tests::parkedMachine(4);
    refused.disposition = Disposition::Refused;
    tests::add(contents, refused);
    return Catalog(std::move(contents));
}

Ipv4Address someAddress(std::uint8_t choice) {
    // The two ranges, the server, null and a few strangers.
    if (choice == 0)
        return {};
    return choice < 250 ? tests::host(choice) : Ipv4Address(10, 0, 0, choice);
}

Result<DhcpMessage> composed(ByteReader& reader) {
    const auto bytes = reader.take(8, "a step");
    if (!bytes)
        return tl::unexpected(bytes.error());
    ByteReader fields(*bytes);
    const std::uint8_t kind = *fields.u8("kind");
    const auto type = static_cast<DhcpType>(*fields.u8("type") % 10);
    const MacAddress mac = tests::mac(static_cast<std::uint8_t>(*fields.u8("machine") % machines + 1));
    DhcpMessage message = tests::plainMessage(type, mac);
    if (kind % 4 == 1)
        message = tests::pxeMessage(type, mac, kind >> 2U);
    else if (kind % 4 == 2)
        message = tests::ipxeMessage(type, mac, kind >> 2U);
    else if (kind % 4 == 3)
        message = tests::httpMessage(type, mac);
    message.ciaddr = someAddress(*fields.u8("ciaddr"));
    if (const std::uint8_t choice = *fields.u8("requested"); choice != 255)
        message.set(DhcpOption::RequestedAddress, someAddress(choice));
    if (const std::uint8_t choice = *fields.u8("server"); choice % 3 != 0)
        message.set(DhcpOption::ServerId, choice % 3 == 1 ? tests::serverAddress : tests::host(5));
    message.giaddr = someAddress(*fields.u8("giaddr"));
    const std::uint8_t extra = *fields.u8("extra");
    message.flags = (extra & 1U) != 0 ? 0x8000 : 0;
    if ((extra & 2U) != 0)
        message.set(DhcpOption::RelayAgent, std::string_view(std::string(extra, 'r')));
    if ((extra & 8U) != 0) // link selection and server identifier override
        message.set(DhcpOption::RelayAgent, std::string_view("\5\4\xC0\xA8\0\0\x0B\4\xC0\xA8\0\5", 12));
    if ((extra & 16U) != 0)
        message.set(DhcpOption::VendorSpecific, std::string_view("\x47\4\0\1\0\0\xFF", 7));
    if ((extra & 4U) != 0)
        message.set(DhcpOption::ClientId, std::string_view(std::string(extra, 'c')));
    return message;
}

Result<DhcpMessage> rawPayload(ByteReader& reader) {
    const auto size = reader.u16be("the size of a payload");
    if (!size)
        return tl::unexpected(size.error());
    return wire::decodeDhcp(*reader.take(std::min<std::size_t>(*size, reader.remaining()), "a payload"));
}

/// Nobody holds an address that is not a host of the network, and nobody two.
void checkLeases(const Catalog& catalog, const LeaseTable& leases, MacAddress mac, Instant now) {
    const Lease* const lease = leases.find(mac);
    if (lease == nullptr)
        return;
    require(catalog.server().network.isHost(lease->address) && lease->address != tests::serverAddress);
    const auto holder = leases.holder(lease->address, now);
    const bool isExpired = lease->expires && *lease->expires <= now;
    require(holder == mac || isExpired || holder == LeaseTable::nobody);
}

void checkSender(const DhcpMessage& request, const DhcpMessage& reply, bool isProxy) {
    require(reply.op == 2 && reply.xid == request.xid && reply.chaddr == request.chaddr);
    const auto server = reply.addressOption(DhcpOption::ServerId);
    require(server == tests::serverAddress || (!request.giaddr.isNull() && server.has_value()));
    require(!reply.option(DhcpOption::Overload) && reply.type().has_value());
    require(request.mac() != tests::mac(4));
    if (!isProxy)
        return;
    require(reply.yiaddr.isNull() && reply.type() != DhcpType::Nak); // P28
    for (const DhcpOption code :
         {DhcpOption::SubnetMask, DhcpOption::Router, DhcpOption::DnsServers, DhcpOption::LeaseTime})
        require(!reply.option(code));
}

void checkReply(const DhcpMessage& request, const DhcpDecision& decision, bool isProxy) {
    const DhcpMessage& reply = *decision.reply;
    checkSender(request, reply, isProxy);
    require((reply.type() == DhcpType::Ack && !reply.yiaddr.isNull()) == decision.lease.has_value());
    if (decision.delivery == Delivery::LinkUnicast || decision.delivery == Delivery::Unicast)
        require(Ipv4Network(tests::serverAddress, 24).isHost(decision.destination));

    const auto encoded = wire::encodeDhcp(reply, decision.maximumSize);
    require(decision.maximumSize >= 548 && decision.maximumSize <= 1472);
    if (!encoded) {
        require(!message(encoded.error()).empty());
        return;
    }
    require(encoded->size() <= decision.maximumSize);
    require(wire::decodeDhcp(*encoded).has_value());
}

const Catalog& catalogFor(std::uint8_t choice) {
    static const std::array catalogs{makeCatalog(DhcpMode::Own),
                                     makeCatalog(DhcpMode::Own, ProxyStyle::InOffer, true),
                                     makeCatalog(DhcpMode::Proxy),
                                     makeCatalog(DhcpMode::Proxy, ProxyStyle::BootServer),
                                     makeCatalog(DhcpMode::Proxy, ProxyStyle::InOffer, true),
                                     makeCatalog(DhcpMode::Off)};
    return catalogs.at(choice % catalogs.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    LeaseTable leases;
    Instant now = tests::noon;
    ByteReader reader(Bytes(data, size));
    const Catalog& catalog = catalogFor(reader.u8("the setup").value_or(0));
    while (const auto control = reader.u8("a step")) {
        now += std::chrono::seconds(*control >> 2U);
        const DhcpPort port = (*control & 2U) != 0 ? DhcpPort::Proxy : DhcpPort::Server;
        const auto request = (*control & 1U) != 0 ? composed(reader) : rawPayload(reader);
        if (!request) {
            require(!message(request.error()).empty());
            continue;
        }
        const bool isProxy = port == DhcpPort::Proxy || catalog.dhcp().mode == DhcpMode::Proxy;
        const DhcpDecision decision = respond(*request, catalog, leases, now, port);
        if (decision.reply)
            checkReply(*request, decision, isProxy);
        else
            require(decision.refusal != DhcpRefusal::None || decision.releasesLease);
        require(!isProxy || (!decision.lease && !decision.releasesLease));
        checkLeases(catalog, leases, request->mac(), now);
        for (std::uint8_t i = 1; i <= machines; ++i)
            checkLeases(catalog, leases, tests::mac(i), now);
    }
    return 0;
}
