#include "tests/rack/SimulatedNic.h"

#include "core/base/ByteWriter.h"
#include "core/base/FileDescriptor.h"

#include <QTimer>

#include <fcntl.h>

namespace rackmuster::test {

namespace {

void appendHex(ByteWriter& writer, const char* digits) {
    const QByteArray bytes = QByteArray::fromHex(digits);
    writer.bytes(asBytes({bytes.constData(), static_cast<std::size_t>(bytes.size())}));
}

/// As OVMF 2022.11 sent it in a virtual rack; hardware address, UUID and transaction are the card's own.
tests::Buffer discoverOf(MacAddress mac, const Uuid& uuid) {
    constexpr std::size_t header = 236; // RFC 2131, 2: all fields before the options
    ByteWriter writer;
    appendHex(writer, "01010600");
    writer.bytes(Bytes(mac.octets()).last(4)); // xid
    appendHex(writer, "00008000 00000000 00000000 00000000 00000000");
    writer.bytes(mac.octets());
    writer.padTo(header);
    appendHex(writer, "63825363 350101 390205c0"
                      "3723 0102030405060c0d0f111216171c28292a2b3233363a3b3c42436180818283848586876111 00");
    writer.bytes(uuid.octets());
    appendHex(writer, "5e03010300 5d020007"
                      "3c20 505845436c69656e743a417263683a30303030373a554e44493a303033303030"
                      "ff");
    return std::move(writer).take();
}

FileDescriptor namespaceOf(const VirtualRack& rack) {
    const QByteArray path = "/run/netns/" + rack.name().toLatin1();
    return FileDescriptor(::open(path.constData(), O_RDONLY | O_CLOEXEC));
}

} // namespace

SimulatedNic::SimulatedNic(const VirtualRack& rack, MacAddress mac, const Uuid& uuid)
    : m_mac(mac), m_frame(tests::clientFrame(mac, discoverOf(mac, uuid))),
      m_cable(namespaceOf(rack).get(), "client0") {}

void SimulatedNic::discover(std::initializer_list<std::chrono::milliseconds> times) {
    for (const std::chrono::milliseconds time : times)
        QTimer::singleShot(time, Qt::PreciseTimer, &m_clock, [this] { m_cable.send(m_frame); });
}

} // namespace rackmuster::test
