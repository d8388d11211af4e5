#pragma once

#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

namespace rackmuster::net {

/// How far one file is on its way to one client.
struct HttpProgress {
    Ipv4Address peer;
    std::optional<MacAddress> machine; ///< as boot::BootFile has it
    std::string path;                  ///< as in FileServed
    std::uint64_t sent = 0;            ///< bytes handed to the kernel
    std::uint64_t length = 0;          ///< bytes of the answer
};

/// The bodies that are on their way, for whoever wants to show them. Thread-safe.
class HttpTransfers {
public:
    /// One of them; ends with its destruction.
    class Transfer {
    public:
        Transfer(HttpTransfers& table, HttpProgress start);
        ~Transfer();
        Transfer(const Transfer&) = delete;
        Transfer& operator=(const Transfer&) = delete;
        /// `sent` bytes in all.
        void reach(std::uint64_t sent);
        [[nodiscard]] HttpProgress progress() const;

    private:
        HttpTransfers& m_table;
        const HttpProgress m_start;
        std::atomic<std::uint64_t> m_sent{0};
    };

    [[nodiscard]] int active() const;
    /// Never goes back.
    [[nodiscard]] std::uint64_t bytesSent() const { return m_bytesSent.load(std::memory_order_relaxed); }
    [[nodiscard]] std::vector<HttpProgress> list() const; ///< in no order

private:
    mutable std::mutex m_mutex;
    std::unordered_set<const Transfer*> m_transfers;
    std::atomic<std::uint64_t> m_bytesSent{0};
};

} // namespace rackmuster::net
