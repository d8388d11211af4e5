#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Result.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

struct pcap;

namespace rackmuster::helper {

/// A promiscuous capture of what matters to a booting rack, copied into a pipe as a pcap file. A reader that
/// does not keep up loses frames, never the network: what does not fit is counted and told (see
/// HelperProtocol.h).
class Capture {
public:
    /// Errors: NoPrivilege, HelperFailed.
    [[nodiscard]] static Result<Capture> open(const std::string& interface);

    /// Copies until the reader of `pipe` or the peer of `control` is gone.
    void stream(int control, const FileDescriptor& pipe);

private:
    struct Close {
        void operator()(pcap* handle) const;
    };
    explicit Capture(std::unique_ptr<pcap, Close> handle);

    void append(std::uint32_t seconds, std::uint32_t microseconds, std::uint32_t originalLength,
                std::span<const std::uint8_t> bytes);
    void collect();
    void tellDrops();
    bool writeTo(const FileDescriptor& pipe);

    std::unique_ptr<pcap, Close> m_handle;
    std::vector<std::uint8_t> m_pending; ///< Bytes on their way into the pipe; bounded.
    std::uint64_t m_unfitting = 0;       ///< Frames dropped here in all.
    std::uint64_t m_told = 0;            ///< Drops the reader knows of.
};

} // namespace rackmuster::helper
