#pragma once

#include "core/base/Clock.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Published.h"
#include "core/boot/Catalog.h"
#include "core/boot/DhcpLimits.h"
#include "core/boot/LeaseJournal.h"
#include "core/boot/LeaseStore.h"
#include "core/boot/LeaseTable.h"
#include "core/net/ServerEvents.h"
#include "core/net/StopSignal.h"

#include <memory>

namespace rackmuster::net {

/// Receives, validates, limits, asks boot::respond, checks addresses before it offers them, commits leases in
/// groups before it acknowledges them, sends, reports. One thread calls run(); it starts one more, which
/// waits for the disk.
class DhcpServer {
public:
    struct Options {
        FileDescriptor socket; ///< UDP 67 of the helper
        FileDescriptor proxy;  ///< UDP 4011; may be closed
        FileDescriptor arp;    ///< AF_PACKET for ARP; closed: addresses are not checked
        FileDescriptor packet; ///< AF_PACKET for clients without an address
        int interfaceIndex = 0;
        std::shared_ptr<const Published<boot::Catalog>> catalog;
        boot::LeaseStore* store = nullptr; ///< Not owned; used on one thread of run()'s, closed at its end.
        const Clock* clock = nullptr;      ///< Not owned.
        EventSink events;
        boot::DhcpLimits::Settings limits = {};
        /// How long a lease in the store may fall short of a renewal (R08); 0: every ACK is written.
        std::chrono::seconds leaseSlack = boot::LeaseJournal::usualSlack;
    };
    explicit DhcpServer(Options options);

    /// Loads the leases, then serves until `stop` is raised. A store that cannot load is a ServiceFailed
    /// event.
    void run(const StopSignal& stop);

private:
    Options m_options;
    boot::LeaseTable m_leases;
};

} // namespace rackmuster::net
