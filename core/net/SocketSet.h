#pragma once

#include "core/base/FileDescriptor.h"

#include <cstdint>

namespace rackmuster::net {

/// The descriptors that need a privilege to open, as the helper hands them over. All are bound to one
/// interface.
struct SocketSet {
    FileDescriptor dhcp;   ///< UDP 67, SO_BROADCAST, IP_PKTINFO, SO_BINDTODEVICE; asks for 4 MiB of SO_RCVBUF
    FileDescriptor proxy;  ///< UDP 4011, the same
    FileDescriptor tftp;   ///< UDP 69, IP_PKTINFO, SO_BINDTODEVICE
    FileDescriptor http;   ///< TCP, listening
    FileDescriptor packet; ///< AF_PACKET SOCK_DGRAM, ETH_P_IP, protocol 0 receive: for sending only
    FileDescriptor arp; ///< AF_PACKET SOCK_DGRAM, ETH_P_ARP, bound to the interface: for address checks (R12)
    FileDescriptor syslogUdp; ///< UDP, IP_PKTINFO, SO_BINDTODEVICE; closed when its port was in use
    FileDescriptor syslogTcp; ///< TCP, listening; with syslogUdp or not at all
    FileDescriptor capture;   ///< Read end of a pcap stream; see HelperProtocol.h
    int interfaceIndex = 0;
};

} // namespace rackmuster::net
