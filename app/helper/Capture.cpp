#include "app/helper/Capture.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <pcap/pcap.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rackmuster::helper {

namespace {

constexpr int snapshotLength = 1600;            // bytes of a frame that are kept (R59)
constexpr std::size_t pendingLimit = 1U << 20U; // bytes
constexpr std::size_t recordHeaderSize = 16;    // bytes of a pcap record before its frame
/// What others say: DHCP, who has which IPv4 address, LLDP, CDP and BPDUs, with up to two VLAN tags. The
/// kernel takes the first tag off before the filter runs, and `vlan` shifts the offsets of all that follows
/// it, so it stands last; the destination is in its place with and without tags.
std::string filterText() {
    const std::string heard = "(udp and (port 67 or port 68)) or arp or ether proto 0x88cc";
    return "ether dst 01:00:0c:cc:cc:cc or ether dst 01:80:c2:00:00:00 or " + heard + " or (vlan and (" +
           heard + " or (vlan and (" + heard + "))))";
}

tl::unexpected<Error> failCapture(pcap_t* handle, int status) {
    if (status == PCAP_ERROR_PERM_DENIED || status == PCAP_ERROR_PROMISC_PERM_DENIED)
        return fail(ErrorCode::NoPrivilege, "the packet capture");
    const char* detail = status == PCAP_ERROR ? ::pcap_geterr(handle) : ::pcap_statustostr(status);
    return fail(ErrorCode::HelperFailed, "the packet capture", detail);
}

/// The interface was switched off: the socket hears it again once it is back (R51). Takes the error.
bool isOnlyDown(int socket) {
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 &&
           (error == 0 || error == ENETDOWN);
}

/// 0, or the status of the step that failed.
int setFilter(pcap_t* handle) {
    bpf_program program{};
    const std::string text = filterText();
    if (const int status = ::pcap_compile(handle, &program, text.c_str(), 1, PCAP_NETMASK_UNKNOWN);
        status != 0)
        return status;
    const int status = ::pcap_setfilter(handle, &program);
    ::pcap_freecode(&program);
    return status;
}

} // namespace

void Capture::Close::operator()(pcap* handle) const {
    ::pcap_close(handle);
}

Result<Capture> Capture::open(const std::string& interface) {
    std::array<char, PCAP_ERRBUF_SIZE> reason{};
    std::unique_ptr<pcap, Close> handle(::pcap_create(interface.c_str(), reason.data()));
    if (!handle)
        return fail(ErrorCode::HelperFailed, "the packet capture", reason.data());
    ::pcap_set_snaplen(handle.get(), snapshotLength);
    ::pcap_set_promisc(handle.get(), 1);
    ::pcap_set_immediate_mode(handle.get(), 1);
    // Warnings are positive: a port that cannot be promiscuous still hears broadcasts.
    if (const int status = ::pcap_activate(handle.get()); status < 0)
        return failCapture(handle.get(), status);
    if (::pcap_datalink(handle.get()) != DLT_EN10MB)
        return fail(ErrorCode::HelperFailed, "the packet capture", interface + " is not Ethernet");
    if (const int status = setFilter(handle.get()); status != 0)
        return failCapture(handle.get(), status);
    // Not in the filter: libpcap runs it itself over what was queued before it, and cannot tell the
    // direction.
    if (::pcap_setdirection(handle.get(), PCAP_D_IN) != 0)
        return failCapture(handle.get(), PCAP_ERROR);
    if (::pcap_setnonblock(handle.get(), 1, reason.data()) != 0)
        return fail(ErrorCode::HelperFailed, "the packet capture", reason.data());
    return Capture(std::move(handle));
}

Capture::Capture(std::unique_ptr<pcap, Close> handle) : m_handle(std::move(handle)) {
    pcap_file_header header{};
    header.magic = 0xA1B2C3D4; // in this computer's byte order, microseconds
    header.version_major = PCAP_VERSION_MAJOR;
    header.version_minor = PCAP_VERSION_MINOR;
    header.snaplen = snapshotLength;
    header.linktype = DLT_EN10MB;
    m_pending.resize(sizeof header);
    std::memcpy(m_pending.data(), &header, sizeof header);
}

void Capture::append(std::uint32_t seconds, std::uint32_t microseconds, std::uint32_t originalLength,
                     std::span<const std::uint8_t> bytes) {
    const std::array<std::uint32_t, 4> header{seconds, microseconds, static_cast<std::uint32_t>(bytes.size()),
                                              originalLength};
    static_assert(sizeof header == recordHeaderSize);
    const std::size_t start = m_pending.size();
    m_pending.resize(start + recordHeaderSize + bytes.size());
    std::memcpy(m_pending.data() + start, header.data(), recordHeaderSize);
    std::ranges::copy(bytes, m_pending.begin() + static_cast<std::ptrdiff_t>(start + recordHeaderSize));
}

void Capture::collect() {
    const auto onFrame = [](u_char* self, const pcap_pkthdr* header, const u_char* bytes) {
        auto& capture = *reinterpret_cast<Capture*>(self);
        if (capture.m_pending.size() + recordHeaderSize + header->caplen > pendingLimit) {
            ++capture.m_unfitting;
            return;
        }
        capture.append(static_cast<std::uint32_t>(header->ts.tv_sec),
                       static_cast<std::uint32_t>(header->ts.tv_usec), header->len, {bytes, header->caplen});
    };
    ::pcap_dispatch(m_handle.get(), -1, onFrame, reinterpret_cast<u_char*>(this));
    tellDrops();
}

void Capture::tellDrops() {
    pcap_stat statistics{};
    const bool isKnown = ::pcap_stats(m_handle.get(), &statistics) == 0;
    const std::uint64_t dropped = m_unfitting + (isKnown ? statistics.ps_drop : 0);
    if (dropped <= m_told || m_pending.size() + recordHeaderSize > pendingLimit)
        return;
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    const auto fresh = static_cast<std::uint32_t>(std::min(dropped - m_told, most));
    append(0, 0, fresh, {});
    m_told += fresh;
}

/// False once nobody reads any more.
bool Capture::writeTo(const FileDescriptor& pipe) {
    if (m_pending.empty())
        return true;
    const ssize_t count = ::write(pipe.get(), m_pending.data(), m_pending.size());
    if (count < 0)
        return errno == EAGAIN || errno == EINTR;
    m_pending.erase(m_pending.begin(), m_pending.begin() + count);
    return true;
}

void Capture::stream(int control, const FileDescriptor& pipe) {
    while (writeTo(pipe)) {
        const auto pipeEvents = static_cast<short>(m_pending.empty() ? 0 : POLLOUT);
        std::array<pollfd, 3> ready{pollfd{control, POLLIN, 0}, pollfd{pipe.get(), pipeEvents, 0},
                                    pollfd{::pcap_get_selectable_fd(m_handle.get()), POLLIN, 0}};
        if (::poll(ready.data(), ready.size(), -1) < 0 && errno != EINTR)
            return;
        // One request was all there is: anything more on the control socket ends us, as its closing does.
        if (ready[0].revents != 0 || (ready[1].revents & POLLERR) != 0 || (ready[2].revents & POLLHUP) != 0)
            return;
        if ((ready[2].revents & POLLERR) != 0 && !isOnlyDown(ready[2].fd))
            return;
        if ((ready[2].revents & POLLIN) != 0)
            collect();
    }
}

} // namespace rackmuster::helper
