#pragma once

#include "core/base/MacAddress.h"
#include "core/base/Uuid.h"
#include "tests/rack/VirtualRack.h"
#include "tests/support/SpokenFrames.h"

#include <QObject>

#include <chrono>
#include <initializer_list>

namespace rackmuster::test {

/// A network card at the free port of a rack's switch. Its firmware asks for an address as edk2 does, byte
/// for byte, and hears no answer.
class SimulatedNic {
public:
    SimulatedNic(const VirtualRack& rack, MacAddress mac, const Uuid& uuid);

    /// Broadcasts the DISCOVER at these times from now, by its own clock: the thread's event loop.
    void discover(std::initializer_list<std::chrono::milliseconds> times);

    [[nodiscard]] QString mac() const { return QString::fromStdString(m_mac.toString()); }

private:
    MacAddress m_mac;
    tests::Buffer m_frame;
    tests::CableEnd m_cable;
    QObject m_clock;
};

} // namespace rackmuster::test
