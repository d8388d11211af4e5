#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Ipv4Address.h"
#include "tests/support/NetworkNamespace.h"

#include <memory>
#include <thread>

namespace rackmuster::tests {

/// A second cable between the two namespaces that copies every packet, as a real one does: over the cable of
/// NetworkNamespace the pages of a file that was sent lie in the receiver's queue themselves. Packets of
/// 1,500 bytes, as long as it lives.
class CopyingCable {
public:
    static constexpr Ipv4Address serverAddress{10, 77, 0, 1};
    static constexpr Ipv4Address clientAddress{10, 77, 0, 2};

    /// Null with a reason in `whyNot` where the kernel has no TUN devices.
    [[nodiscard]] static std::unique_ptr<CopyingCable> create(const NetworkNamespace& network,
                                                              QString& whyNot);
    ~CopyingCable();
    CopyingCable(const CopyingCable&) = delete;
    CopyingCable& operator=(const CopyingCable&) = delete;

private:
    CopyingCable(FileDescriptor server, FileDescriptor client, FileDescriptor stop);
    void carry() const;

    FileDescriptor m_server;
    FileDescriptor m_client;
    FileDescriptor m_stop;
    std::thread m_carrier; // last: it uses the others
};

} // namespace rackmuster::tests
