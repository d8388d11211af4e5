#pragma once

#include "core/base/Clock.h"
#include "core/base/Ipv4Address.h"

#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace rackmuster::boot {

/// Keeps a TFTP server from being turned against a third party: whoever forges the source of requests gets
/// little sent there (R33). Only answers that nobody ever took count, so a machine that boots, asks for a
/// dozen files in one second and speaks to us is never slowed down. Silence is the refusal: a real client
/// asks again.
class TftpAdmission {
public:
    static constexpr int unansweredAtOnce = 20; ///< of one address; one more every 50 ms
    static constexpr std::size_t mostAddresses = 4096;
    /// DATA sent to addresses nobody was heard at may run ahead of what the requests brought by this much.
    static constexpr std::int64_t largestCredit = 256L * 1024; // bytes
    static constexpr std::int64_t creditPerSecond = 4096;      // bytes

    explicit TftpAdmission(Instant now) : m_counted(now) {}

    /// Whether a request of `requestBytes` from `source` may be answered. `unaskedBytes` is the DATA that
    /// will go out before the client has to say anything; 0 when only options are acknowledged.
    [[nodiscard]] bool admit(Ipv4Address source, std::size_t requestBytes, std::size_t unaskedBytes,
                             Instant now);
    /// The client of an admitted request spoke: it lives there and wants the answer.
    void onHeard(Ipv4Address source, std::size_t unaskedBytes);

private:
    struct Source {
        int unanswered = 0;
        Instant counted;
    };
    [[nodiscard]] Source* sourceOf(Ipv4Address address, Instant now);
    static void forgive(Source& source, Instant now);

    std::unordered_map<Ipv4Address, Source> m_sources;
    std::int64_t m_credit = largestCredit;
    Instant m_counted;
};

} // namespace rackmuster::boot
