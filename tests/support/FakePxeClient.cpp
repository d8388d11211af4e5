#include "tests/support/FakePxeClient.h"

#include "core/base/ByteWriter.h"
#include "core/base/Clock.h"
#include "core/wire/Frame.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace rackmuster::tests {

namespace {

constexpr std::uint16_t serverPort = 67;
constexpr std::uint16_t clientPort = 68;

/// UDP over IPv4 to the client port, as `tcpdump -dd` puts it. What others transfer meanwhile would fill the
/// buffer until there is no room for the reply.
constexpr std::array<sock_filter, 9> onlyReplies{{
    BPF_STMT(BPF_LD | BPF_B | BPF_ABS, ETH_HLEN + 9), // protocol
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, IPPROTO_UDP, 0, 6),
    BPF_STMT(BPF_LD | BPF_H | BPF_ABS, ETH_HLEN + 6), // fragment
    BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 0x1FFF, 4, 0),
    BPF_STMT(BPF_LDX | BPF_B | BPF_MSH, ETH_HLEN),    // length of the IPv4 header
    BPF_STMT(BPF_LD | BPF_H | BPF_IND, ETH_HLEN + 2), // port it is for
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, clientPort, 0, 1),
    BPF_STMT(BPF_RET | BPF_K, 0x40000),
    BPF_STMT(BPF_RET | BPF_K, 0),
}};

/// Hears every reply on `interface`, whichever hardware address it is for.
FileDescriptor openPacketSocket(int interface) {
    std::array<sock_filter, 9> steps = onlyReplies;
    const sock_fprog filter{steps.size(), steps.data()};
    FileDescriptor socket(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, htons(ETH_P_IP)));
    sockaddr_ll here{};
    here.sll_family = AF_PACKET;
    here.sll_protocol = htons(ETH_P_IP);
    here.sll_ifindex = interface;
    packet_mreq everything{};
    everything.mr_ifindex = interface;
    everything.mr_type = PACKET_MR_PROMISC;
    if (::setsockopt(socket.get(), SOL_SOCKET, SO_ATTACH_FILTER, &filter, sizeof filter) != 0 ||
        ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0 ||
        ::setsockopt(socket.get(), SOL_PACKET, PACKET_ADD_MEMBERSHIP, &everything, sizeof everything) != 0)
        qFatal("A fake machine cannot open its packet socket.");
    return socket;
}

std::uint32_t firstTransaction(const MacAddress& mac) {
    const auto& octets = mac.octets();
    return std::uint32_t{octets[3]} << 24U | std::uint32_t{octets[4]} << 16U | std::uint32_t{octets[5]} << 8U;
}

/// Options 60, 93 and 97: what the firmware says of itself.
void addFirmware(const FakePxeClient::Options& options, wire::DhcpMessage& message) {
    if (!options.vendorClass.empty()) {
        message.set(wire::DhcpOption::VendorClass, std::string_view(options.vendorClass));
        const std::array<std::uint8_t, 2> architecture{static_cast<std::uint8_t>(options.architecture >> 8U),
                                                       static_cast<std::uint8_t>(options.architecture)};
        message.set(wire::DhcpOption::ClientArch, Bytes(architecture));
    }
    if (options.uuid) {
        std::vector<std::uint8_t> value{0};
        value.insert(value.end(), options.uuid->octets().begin(), options.uuid->octets().end());
        message.set(wire::DhcpOption::ClientUuid, Bytes(value));
    }
}

} // namespace

FakePxeClient::FakePxeClient(const NetworkNamespace& network, Options options)
    : m_network(network), m_options(std::move(options)), m_transaction(firstTransaction(m_options.mac)) {
    const NetworkNamespace::Visit visit = m_network.enterClient();
    m_interface = static_cast<int>(::if_nametoindex(NetworkNamespace::clientInterface));
    m_socket = openPacketSocket(m_interface);
}

wire::DhcpMessage FakePxeClient::makeDiscover() {
    wire::DhcpMessage message;
    message.xid = ++m_transaction;
    message.flags = m_options.wantsBroadcast ? 0x8000 : 0;
    std::ranges::copy(m_options.mac.octets(), message.chaddr.begin());
    message.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Discover));
    const std::array<std::uint8_t, 5> parameters{1, 3, 6, 66, 67};
    message.set(wire::DhcpOption::ParameterList, Bytes(parameters));
    addFirmware(m_options, message);
    return message;
}

wire::DhcpMessage FakePxeClient::makeRequest(const wire::DhcpMessage& offer) const {
    wire::DhcpMessage message;
    message.xid = offer.xid;
    message.flags = m_options.wantsBroadcast ? 0x8000 : 0;
    message.chaddr = offer.chaddr;
    message.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Request));
    message.set(wire::DhcpOption::RequestedAddress, offer.yiaddr);
    message.set(wire::DhcpOption::ServerId,
                offer.addressOption(wire::DhcpOption::ServerId).value_or(Ipv4Address()));
    addFirmware(m_options, message);
    return message;
}

void FakePxeClient::send(const wire::DhcpMessage& message) {
    const auto payload = wire::encodeDhcp(message);
    if (!payload)
        qFatal("A fake machine cannot encode its own message.");
    sendPayload(*payload);
}

void FakePxeClient::sendPayload(Bytes payload) {
    ByteWriter frame;
    frame.fill(MacAddress::size, 0xFF);
    frame.bytes(m_options.mac.octets());
    frame.u16be(ETH_P_IP);
    frame.bytes(wire::encodeIpv4Udp({}, clientPort, Ipv4Address::broadcast(), serverPort, payload));
    if (::send(m_socket.get(), frame.view().data(), frame.size(), 0) < 0)
        qFatal("A fake machine cannot send.");
}

std::optional<wire::DhcpMessage> FakePxeClient::receive(std::uint32_t transaction, int patience) {
    const Instant end = BootClock::now() + std::chrono::milliseconds(patience);
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - BootClock::now()).count();
        pollfd ready{m_socket.get(), POLLIN, 0};
        if (left <= 0 || ::poll(&ready, 1, static_cast<int>(left)) <= 0)
            return std::nullopt;
        std::array<std::uint8_t, 2048> buffer{};
        const ssize_t count = ::recv(m_socket.get(), buffer.data(), buffer.size(), 0);
        const auto udp =
            wire::decodeUdpFrame(Bytes(buffer).first(static_cast<std::size_t>(std::max<ssize_t>(count, 0))));
        if (!udp || !*udp || (*udp)->destinationPort != clientPort)
            continue;
        auto message = wire::decodeDhcp((*udp)->payload);
        if (!message || message->op != 2 || message->xid != transaction || message->mac() != m_options.mac)
            continue;
        m_arrival = {(*udp)->source, (*udp)->destination, (*udp)->sourceAddress, (*udp)->destinationAddress,
                     (*udp)->sourcePort};
        return std::move(*message);
    }
}

std::optional<wire::DhcpMessage> FakePxeClient::discover() {
    const wire::DhcpMessage message = makeDiscover();
    send(message);
    return receive(message.xid);
}

std::optional<wire::DhcpMessage> FakePxeClient::request(const wire::DhcpMessage& offer) {
    const wire::DhcpMessage message = makeRequest(offer);
    send(message);
    return receive(message.xid);
}

std::optional<wire::DhcpMessage> FakePxeClient::doDora() {
    const auto offer = discover();
    return offer ? request(*offer) : std::nullopt;
}

bool FakePxeClient::useAddress(Ipv4Address address) {
    m_address = address;
    return m_network.addClientAddress(address);
}

TftpOutcome FakePxeClient::tftpGet(TftpQuery query) const {
    const NetworkNamespace::Visit visit = m_network.enterClient();
    return tests::tftpGet(query, m_address);
}

HttpResponse FakePxeClient::httpGet(Ipv4Address server, std::uint16_t port, const std::string& target,
                                    const std::string& headers) const {
    const NetworkNamespace::Visit visit = m_network.enterClient();
    HttpClient client(server, port);
    return client.get(target, headers);
}

} // namespace rackmuster::tests
