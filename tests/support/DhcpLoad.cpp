#include "tests/support/DhcpLoad.h"

#include "core/base/ByteWriter.h"
#include "core/wire/Frame.h"

#include <QtGlobal>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cstring>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <set>
#include <sys/socket.h>

namespace rackmuster::tests {

namespace {

constexpr std::uint16_t serverPort = 67;
constexpr std::uint16_t clientPort = 68;
constexpr std::uint32_t mostClients = 1U << 16U; // the low half of a transaction id
constexpr int buffer = 32 * 1024 * 1024;

// Offsets of RFC 2131 figure 1.
constexpr std::size_t xidAt = 4;
constexpr std::size_t chaddrAt = 28;
constexpr std::size_t optionsAt = 240;

void putU32(std::uint8_t* place, std::uint32_t value) {
    const std::uint32_t big = htonl(value);
    std::memcpy(place, &big, sizeof big);
}

/// Where the value of option `code` begins; 0: it is not there.
std::size_t optionAt(Bytes payload, wire::DhcpOption code) {
    for (std::size_t at = optionsAt; at + 2 < payload.size() && payload[at] != 255;) {
        if (payload[at] == 0) {
            ++at;
            continue;
        }
        if (payload[at] == static_cast<std::uint8_t>(code))
            return at + 2;
        at += 2U + payload[at + 1];
    }
    return 0;
}

Ipv4Address addressAt(Bytes payload, std::size_t at) {
    std::uint32_t big = 0;
    std::memcpy(&big, payload.data() + at, sizeof big);
    return Ipv4Address(ntohl(big));
}

} // namespace

/// A message that is the same for all clients but for a few fields.
struct DhcpLoad::Template {
    std::vector<std::uint8_t> bytes;
    std::size_t addressAt = 0;
    std::size_t serverAt = 0;

    Template(wire::DhcpType type, const Options& options) {
        wire::DhcpMessage message;
        message.giaddr = options.relay.value_or(Ipv4Address());
        message.hops = options.relay ? 1 : 0;
        message.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(type));
        if (type == wire::DhcpType::Request) {
            message.set(wire::DhcpOption::RequestedAddress, Ipv4Address());
            message.set(wire::DhcpOption::ServerId, Ipv4Address());
        }
        const std::array<std::uint8_t, 5> parameters{1, 3, 6, 66, 67};
        message.set(wire::DhcpOption::ParameterList, Bytes(parameters));
        if (options.isPxe) {
            const std::array<std::uint8_t, 2> bios{0, 0};
            message.set(wire::DhcpOption::VendorClass, std::string_view("PXEClient:Arch:00000:UNDI:002001"));
            message.set(wire::DhcpOption::ClientArch, Bytes(bios));
        }
        if (!options.clientId.empty())
            message.set(wire::DhcpOption::ClientId, std::string_view(options.clientId));
        bytes = wire::encodeDhcp(message).value();
        addressAt = optionAt(bytes, wire::DhcpOption::RequestedAddress);
        serverAt = optionAt(bytes, wire::DhcpOption::ServerId);
    }
};

/// The socket, and what waits to be sent on it.
struct DhcpLoad::Wire {
    FileDescriptor socket;
    bool isRaw = false;
    sockaddr_in server{};
    std::vector<std::vector<std::uint8_t>> outgoing;
    std::vector<std::array<std::uint8_t, 2048>> incoming;

    explicit Wire(const Options& options) : isRaw(!options.relay), incoming(64) {
        if (isRaw)
            openRaw(options.interface);
        else
            openRelay(options);
        ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
        ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer);
    }

    void openRaw(const std::string& interface) {
        socket =
            FileDescriptor(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, htons(ETH_P_IP)));
        sockaddr_ll here{};
        here.sll_family = AF_PACKET;
        here.sll_protocol = htons(ETH_P_IP);
        here.sll_ifindex = static_cast<int>(::if_nametoindex(interface.c_str()));
        packet_mreq everything{};
        everything.mr_ifindex = here.sll_ifindex;
        everything.mr_type = PACKET_MR_PROMISC;
        if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0 ||
            ::setsockopt(socket.get(), SOL_PACKET, PACKET_ADD_MEMBERSHIP, &everything, sizeof everything) !=
                0)
            qFatal("The DHCP load cannot open its packet socket.");
    }

    void openRelay(const Options& options) {
        socket = FileDescriptor(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_port = htons(serverPort);
        here.sin_addr.s_addr = htonl(options.relay->value());
        if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0)
            qFatal("The DHCP load cannot open its relay's socket.");
        server = here;
        server.sin_addr.s_addr = htonl(options.server.value());
    }

    void flush() {
        std::vector<mmsghdr> headers(outgoing.size());
        std::vector<iovec> parts(outgoing.size());
        for (std::size_t i = 0; i < outgoing.size(); ++i) {
            parts[i] = {outgoing[i].data(), outgoing[i].size()};
            headers[i].msg_hdr.msg_iov = &parts[i];
            headers[i].msg_hdr.msg_iovlen = 1;
            if (!isRaw) {
                headers[i].msg_hdr.msg_name = &server;
                headers[i].msg_hdr.msg_namelen = sizeof server;
            }
        }
        for (std::size_t done = 0; done < headers.size();) {
            const int count =
                ::sendmmsg(socket.get(), &headers[done], static_cast<unsigned>(headers.size() - done), 0);
            // A message that the kernel refuses is a lost one, as on a real cable.
            done += static_cast<std::size_t>(std::max(count, 1));
        }
        outgoing.clear();
    }

    template <typename Take>
    bool receive(const Take& take) {
        std::array<mmsghdr, 64> headers{};
        std::array<iovec, 64> parts{};
        for (std::size_t i = 0; i < headers.size(); ++i) {
            parts[i] = {incoming[i].data(), incoming[i].size()};
            headers[i].msg_hdr.msg_iov = &parts[i];
            headers[i].msg_hdr.msg_iovlen = 1;
        }
        const int count = ::recvmmsg(socket.get(), headers.data(), headers.size(), MSG_DONTWAIT, nullptr);
        for (int i = 0; i < count; ++i) {
            const auto index = static_cast<std::size_t>(i);
            const Bytes bytes(incoming[index].data(), headers[index].msg_len);
            if (!isRaw) {
                take(bytes);
                continue;
            }
            const auto frame = wire::decodeUdpFrame(bytes);
            if (frame && *frame && (*frame)->destinationPort == clientPort)
                take((*frame)->payload);
        }
        return count > 0;
    }
};

double DhcpLoad::Outcome::latency(double part) const {
    if (latencies.empty())
        return 0;
    const auto index = static_cast<std::size_t>(part * static_cast<double>(latencies.size() - 1));
    return latencies[index];
}

DhcpLoad::DhcpLoad(Options options)
    : m_options(std::move(options)), m_clients(m_options.clients), m_transactions(m_options.clients),
      m_discover(std::make_unique<Template>(wire::DhcpType::Discover, m_options)),
      m_request(std::make_unique<Template>(wire::DhcpType::Request, m_options)),
      m_wire(std::make_unique<Wire>(m_options)) {
    if (m_options.clients == 0 || m_options.clients > mostClients)
        qFatal("The DHCP load takes 1 to 65,536 clients.");
}

DhcpLoad::~DhcpLoad() = default;

MacAddress DhcpLoad::mac(std::uint32_t client) const {
    const std::uint32_t number = m_options.firstMac + client;
    return MacAddress({0x52, 0x54, static_cast<std::uint8_t>(number >> 24U),
                       static_cast<std::uint8_t>(number >> 16U), static_cast<std::uint8_t>(number >> 8U),
                       static_cast<std::uint8_t>(number)});
}

std::size_t DhcpLoad::duplicates() const {
    std::set<Ipv4Address> seen;
    std::size_t held = 0;
    for (const Client& client : m_clients) {
        if (client.address.isNull())
            continue;
        ++held;
        seen.insert(client.address);
    }
    return held - seen.size();
}

std::chrono::nanoseconds DhcpLoad::lastAck() const {
    Instant first = Instant::max();
    Instant last{};
    for (const Client& client : m_clients) {
        first = std::min(first, client.begun);
        last = std::max(last, client.acked);
    }
    return last - first;
}

DhcpLoad::Outcome DhcpLoad::burst() {
    m_outcome = {};
    const Instant start = BootClock::now();
    for (std::uint32_t client = 0; client < m_options.clients; ++client)
        begin(client, start);
    while (m_underWay > 0)
        pump(std::chrono::milliseconds(1));
    m_outcome.seconds = std::chrono::duration<double>(BootClock::now() - start).count();
    std::ranges::sort(m_outcome.latencies);
    return std::move(m_outcome);
}

DhcpLoad::Outcome DhcpLoad::closedLoop(std::uint32_t outstanding, std::chrono::milliseconds duration) {
    m_outcome = {};
    const Instant start = BootClock::now();
    const Instant end = start + duration;
    for (Instant now = start; now < end; now = BootClock::now()) {
        for (std::uint32_t tried = 0; m_underWay < outstanding && tried < m_options.clients; ++tried)
            begin(m_next++ % m_options.clients, now);
        pump(std::chrono::milliseconds(1));
    }
    m_outcome.seconds = std::chrono::duration<double>(BootClock::now() - start).count();
    const std::uint64_t inTime = m_outcome.acked;
    while (m_underWay > 0)
        pump(std::chrono::milliseconds(1));
    m_outcome.acked = inTime; // those of the tail are not of this time
    std::ranges::sort(m_outcome.latencies);
    return std::move(m_outcome);
}

DhcpLoad::Outcome DhcpLoad::openLoop(double rate, std::chrono::milliseconds duration) {
    m_outcome = {};
    const Instant start = BootClock::now();
    const Instant end = start + duration;
    std::uint64_t due = 0;
    for (Instant now = start; now < end; now = BootClock::now()) {
        const auto target =
            static_cast<std::uint64_t>(std::chrono::duration<double>(now - start).count() * rate) + 1;
        for (; due < target; ++due)
            begin(m_next++ % m_options.clients, now);
        pump(std::chrono::microseconds(200));
    }
    m_outcome.seconds = std::chrono::duration<double>(BootClock::now() - start).count();
    while (m_underWay > 0)
        pump(std::chrono::milliseconds(1));
    std::ranges::sort(m_outcome.latencies);
    return std::move(m_outcome);
}

void DhcpLoad::begin(std::uint32_t client, Instant now) {
    if (m_transactions[client] != 0)
        return; // still waits; a machine has one exchange at a time
    m_transactions[client] = ++m_generation << 16U | client;
    if (m_transactions[client] == 0)
        m_transactions[client] = ++m_generation << 16U | client;
    m_deadlines.emplace_back(now + m_options.patience, m_transactions[client]);
    m_clients[client].begun = now;
    ++m_underWay;
    ++m_outcome.begun;
    post(client, *m_discover, {}, {});
}

void DhcpLoad::post(std::uint32_t client, const Template& message, Ipv4Address address, Ipv4Address server) {
    std::vector<std::uint8_t> payload = message.bytes;
    putU32(&payload[xidAt], m_transactions[client]);
    const MacAddress own = mac(client);
    std::ranges::copy(own.octets(), payload.begin() + chaddrAt);
    if (message.addressAt != 0)
        putU32(&payload[message.addressAt], address.value());
    if (message.serverAt != 0)
        putU32(&payload[message.serverAt], server.value());
    if (!m_wire->isRaw) {
        m_wire->outgoing.push_back(std::move(payload));
        return;
    }
    ByteWriter frame;
    frame.fill(MacAddress::size, 0xFF);
    frame.bytes(own.octets());
    frame.u16be(ETH_P_IP);
    frame.bytes(wire::encodeIpv4Udp({}, clientPort, Ipv4Address::broadcast(), serverPort, payload));
    m_wire->outgoing.push_back(std::move(frame).take());
}

void DhcpLoad::onReply(Bytes payload, Instant now) {
    if (payload.size() < optionsAt || payload[0] != 2)
        return;
    const std::uint32_t transaction = addressAt(payload, xidAt).value();
    const std::uint32_t client = transaction & (mostClients - 1);
    const std::size_t type = optionAt(payload, wire::DhcpOption::MessageType);
    if (client >= m_options.clients || m_transactions[client] != transaction || type == 0)
        return;
    constexpr std::size_t yiaddrAt = 16;
    const Ipv4Address address = addressAt(payload, yiaddrAt);
    Client& state = m_clients[client];
    switch (static_cast<wire::DhcpType>(payload[type])) {
    case wire::DhcpType::Offer: {
        const std::size_t server = optionAt(payload, wire::DhcpOption::ServerId);
        ++m_outcome.offered;
        state.offered = now;
        post(client, *m_request, address, server == 0 ? m_options.server : addressAt(payload, server));
        return;
    }
    case wire::DhcpType::Ack:
        ++m_outcome.acked;
        ++state.exchanges;
        state.address = address;
        state.acked = now;
        m_outcome.latencies.push_back(std::chrono::duration<double>(now - state.begun).count());
        break;
    case wire::DhcpType::Nak:
        ++m_outcome.refused;
        break;
    default:
        return;
    }
    m_transactions[client] = 0;
    --m_underWay;
}

void DhcpLoad::pump(std::chrono::microseconds patience) {
    if (!m_wire->outgoing.empty())
        m_wire->flush();
    pollfd ready{m_wire->socket.get(), POLLIN, 0};
    const timespec wait{0, static_cast<long>(patience.count() * 1000)};
    ::ppoll(&ready, 1, &wait, nullptr);
    const Instant now = BootClock::now();
    while (m_wire->receive([this, now](Bytes payload) { onReply(payload, now); })) {
        if (!m_wire->outgoing.empty())
            m_wire->flush();
    }
    expire(now);
}

void DhcpLoad::expire(Instant now) {
    while (!m_deadlines.empty() && m_deadlines.front().first <= now) {
        const std::uint32_t transaction = m_deadlines.front().second;
        std::uint32_t& current = m_transactions[transaction & (mostClients - 1)];
        if (current == transaction) {
            current = 0;
            --m_underWay;
        }
        m_deadlines.pop_front();
    }
}

} // namespace rackmuster::tests
