#include "tests/support/SpokenFrames.h"

#include "core/base/ByteWriter.h"
#include "core/wire/Arp.h"
#include "core/wire/Frame.h"

#include <QByteArray>

#include <algorithm>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/socket.h>

namespace rackmuster::tests {

namespace {

constexpr std::size_t shortestFrame = 60;

void appendHex(ByteWriter& writer, const char* digits) {
    const QByteArray bytes = QByteArray::fromHex(digits);
    writer.bytes(asBytes({bytes.constData(), static_cast<std::size_t>(bytes.size())}));
}

/// From the switch's port to a group, padded as on the wire.
Buffer switchFrame(const char* destination, const char* typeAndPayload) {
    ByteWriter writer;
    appendHex(writer, destination);
    writer.bytes(switchPortMac.octets());
    appendHex(writer, typeAndPayload);
    writer.padTo(shortestFrame);
    return std::move(writer).take();
}

} // namespace

// The elements are explained in unit/core/wire.
Buffer lldpFrame() {
    return switchFrame("0180c200000e", "88cc"
                                       "0207 04 001b54aabb00"
                                       "0409 05 4769312f302f3132"
                                       "0602 0078"
                                       "0a08 636f72652d737731"
                                       "0e04 0014 0004"
                                       "100c 05 01 0a000002 02 00000064 00"
                                       "fe06 0080c2 01 0014"
                                       "0000");
}

Buffer cdpFrame() {
    return switchFrame("01000ccccccc", "004d"
                                       "aaaa03 00000c 2000 02 b4 0000"
                                       "0001 000c 636f72652d737731"
                                       "0003 0019 4769676162697445746865726e6574312f302f3132"
                                       "0004 0008 00000028"
                                       "0006 000e 636973636f2057532d43"
                                       "000a 0006 0014");
}

Buffer bpduFrame() {
    return switchFrame("0180c2000000", "0027 424203 0000 02 02 3c"
                                       "6001001b54aabb00 00000004 8001001b54aabb80 800c"
                                       "0100 1400 0200 0f00 00");
}

Buffer clientFrame(MacAddress client, Bytes payload, const boot::VlanTags& vlan) {
    ByteWriter writer;
    writer.fill(MacAddress::size, 0xFF);
    writer.bytes(client.octets());
    if (vlan.inner) {
        writer.u16be(0x88A8);
        writer.u16be(vlan.outer.value_or(0));
        writer.u16be(0x8100);
        writer.u16be(*vlan.inner);
    } else if (vlan.outer) {
        writer.u16be(0x8100);
        writer.u16be(*vlan.outer);
    }
    writer.u16be(0x0800);
    writer.bytes(wire::encodeIpv4Udp({}, 68, Ipv4Address::broadcast(), 67, payload));
    return std::move(writer).take();
}

Buffer dhcpFrame(const wire::DhcpMessage& message, const boot::VlanTags& vlan) {
    const auto payload = wire::encodeDhcp(message);
    if (!payload)
        qFatal("A message of the test cannot be encoded.");
    return clientFrame(message.mac(), *payload, vlan);
}

Buffer arpFrame(MacAddress sender, Ipv4Address address) {
    wire::ArpPacket packet;
    packet.sender = sender;
    packet.senderAddress = packet.targetAddress = address;
    ByteWriter writer;
    writer.fill(MacAddress::size, 0xFF);
    writer.bytes(sender.octets());
    writer.u16be(0x0806);
    writer.bytes(wire::encodeArp(packet));
    return std::move(writer).take();
}

wire::DhcpMessage discoverOf(MacAddress client, std::string_view vendorClass, std::string_view hostName) {
    wire::DhcpMessage message;
    std::ranges::copy(client.octets(), message.chaddr.begin());
    message.set(wire::DhcpOption::MessageType, static_cast<std::uint8_t>(wire::DhcpType::Discover));
    if (!vendorClass.empty())
        message.set(wire::DhcpOption::VendorClass, vendorClass);
    if (!hostName.empty())
        message.set(wire::DhcpOption::HostName, hostName);
    return message;
}

CableEnd::CableEnd(const NetworkNamespace& network) {
    const NetworkNamespace::Visit visit = network.enterClient();
    open(NetworkNamespace::clientInterface);
}

CableEnd::CableEnd(int where, const char* interface) {
    const NetworkNamespace::Visit visit(where);
    open(interface);
}

void CableEnd::open(const char* interface) {
    m_socket = FileDescriptor(::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0)); // it only sends
    sockaddr_ll here{};
    here.sll_family = AF_PACKET;
    here.sll_ifindex = static_cast<int>(::if_nametoindex(interface));
    if (::bind(m_socket.get(), reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0)
        qFatal("A test cannot open its end of the cable.");
}

void CableEnd::send(Bytes frame) const {
    if (::send(m_socket.get(), frame.data(), frame.size(), 0) != static_cast<ssize_t>(frame.size()))
        qFatal("A test cannot send a frame.");
}

} // namespace rackmuster::tests
