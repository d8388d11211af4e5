#include "core/base/ByteWriter.h"
#include "core/wire/Frame.h"
#include "tests/fuzz/support/Require.h"

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::wire;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto decoded = decodeUdpFrame(Bytes(data, size));
    if (!decoded) {
        require(!message(decoded.error()).empty());
        return 0;
    }
    if (!*decoded)
        return 0;
    const UdpFrame& frame = **decoded;
    require(frame.payload.data() >= data && frame.payload.data() + frame.payload.size() <= data + size);
    require(!frame.vlan || (*frame.vlan >= 1 && *frame.vlan <= 4094));

    ByteWriter writer;
    writer.bytes(frame.destination.octets());
    writer.bytes(frame.source.octets());
    writer.u16be(0x0800);
    writer.bytes(encodeIpv4Udp(frame.sourceAddress, frame.sourcePort, frame.destinationAddress,
                               frame.destinationPort, frame.payload));
    const auto again = decodeUdpFrame(writer.view());
    require(again.has_value() && again->has_value());
    const UdpFrame& copy = **again;
    require(copy.sourceAddress == frame.sourceAddress && copy.destinationAddress == frame.destinationAddress);
    require(copy.sourcePort == frame.sourcePort && copy.destinationPort == frame.destinationPort);
    require(std::equal(copy.payload.begin(), copy.payload.end(), frame.payload.begin(), frame.payload.end()));
    return 0;
}
