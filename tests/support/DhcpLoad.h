#pragma once

#include "core/base/Clock.h"
#include "core/base/FileDescriptor.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"
#include "core/wire/Dhcp.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rackmuster::tests {

/// Many PXE clients in one thread: as fast as the server answers (closed loop), at a given rate (open loop),
/// or all at the same moment (burst). A client does one DISCOVER, OFFER, REQUEST, ACK at a time and repeats
/// nothing. Made and used in the network namespace of the clients' end.
class DhcpLoad {
public:
    struct Options {
        std::string interface; ///< the clients' end
        Ipv4Address server;
        /// Messages come from this address of ours as from a relay agent; nothing: each client broadcasts
        /// with its own hardware address, as a machine on the cable does.
        std::optional<Ipv4Address> relay;
        std::uint32_t clients = 48;
        std::uint32_t firstMac = 1;               ///< client i has the MAC 52:54:<firstMac + i, four octets>
        std::chrono::milliseconds patience{1000}; ///< then an exchange counts as lost
        std::string clientId;                     ///< option 61; empty: none
        bool isPxe = true;                        ///< with options 60 and 93
    };
    /// What a client came to in its last exchange.
    struct Client {
        Ipv4Address address; ///< acknowledged at last; null: never
        Instant begun{}, offered{}, acked{};
        std::uint32_t exchanges = 0; ///< that ended with an ACK
    };
    struct Outcome {
        std::uint64_t begun = 0, offered = 0, acked = 0, refused = 0;
        double seconds = 0;
        std::vector<double> latencies; ///< of the acknowledged exchanges, in seconds, sorted

        [[nodiscard]] double rate() const { return seconds > 0 ? static_cast<double>(acked) / seconds : 0; }
        [[nodiscard]] double lost() const {
            return begun > 0 ? 1 - static_cast<double>(acked) / static_cast<double>(begun) : 0;
        }
        /// `part` of 0..1; 0 when there is none.
        [[nodiscard]] double latency(double part) const;
    };

    explicit DhcpLoad(Options options);
    ~DhcpLoad();
    DhcpLoad(const DhcpLoad&) = delete;
    DhcpLoad& operator=(const DhcpLoad&) = delete;

    /// All clients ask at the same moment; until all have their ACK or patience ends.
    Outcome burst();
    /// `outstanding` exchanges at a time, client after client, for `duration`.
    Outcome closedLoop(std::uint32_t outstanding, std::chrono::milliseconds duration);
    /// `rate` exchanges begun a second, client after client, for `duration`, then patience for the last ones.
    Outcome openLoop(double rate, std::chrono::milliseconds duration);

    [[nodiscard]] const std::vector<Client>& clients() const { return m_clients; }
    [[nodiscard]] MacAddress mac(std::uint32_t client) const;
    /// Of the addresses that clients hold, how many are held twice.
    [[nodiscard]] std::size_t duplicates() const;
    /// The gap from the first DISCOVER to the last ACK of the last exchanges.
    [[nodiscard]] std::chrono::nanoseconds lastAck() const;

private:
    struct Template;
    struct Wire;

    void begin(std::uint32_t client, Instant now);
    void post(std::uint32_t client, const Template& message, Ipv4Address address, Ipv4Address server);
    void onReply(Bytes payload, Instant now);
    /// Sends what is posted, receives what waits, gives up what is overdue; waits up to `patience` for
    /// something.
    void pump(std::chrono::microseconds patience);
    void expire(Instant now);

    Options m_options;
    std::vector<Client> m_clients;
    std::vector<std::uint32_t> m_transactions;                 ///< by client; 0: none under way
    std::deque<std::pair<Instant, std::uint32_t>> m_deadlines; ///< transaction
    std::uint32_t m_generation = 0;
    std::uint32_t m_next = 0;
    std::uint32_t m_underWay = 0;
    Outcome m_outcome;
    std::unique_ptr<Template> m_discover;
    std::unique_ptr<Template> m_request;
    std::unique_ptr<Wire> m_wire;
};

} // namespace rackmuster::tests
