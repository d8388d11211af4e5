#pragma once

#include "core/base/ByteReader.h"
#include "core/base/FileDescriptor.h"
#include "core/net/UdpEndpoint.h"

#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace rackmuster::bench {

using SteadyClock = std::chrono::steady_clock;

/// What every client of a race does.
struct TftpLoad {
    net::UdpEndpoint server;
    Ipv4Address from; ///< of the first client, the others follow; 0.0.0.0: all have the same
    std::string file;
    int clients = 1;
    unsigned blockSize = 512;
    unsigned window = 1; ///< 1: lockstep, the option is not asked for
    double loss = 0;     ///< share of the DATA packets that is thrown away, 0..1
    int pauseAfter = 0;  ///< blocks that each client takes before all wait for a line of the input; 0: none
    Bytes expected;      ///< the file, to compare with; empty: only count the bytes
};

/// One client in the making: a socket, and how far it is.
class TftpLoadClient {
public:
    TftpLoadClient(const TftpLoad& load, std::uint32_t number);

    void start();
    /// Takes all that waits at the socket.
    void onReadable();
    /// Sends again what an answer is missing to, after a second without.
    void onTick(SteadyClock::time_point now);

    [[nodiscard]] int socket() const { return m_socket.get(); }
    [[nodiscard]] bool isOver() const { return m_isOver; }
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    void resume();
    /// Why it failed; empty when all of the file came.
    [[nodiscard]] const std::string& failure() const { return m_failure; }
    [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }
    [[nodiscard]] std::chrono::duration<double> time() const { return m_end - m_begin; }
    /// ACK to DATA in lockstep, nanoseconds.
    [[nodiscard]] const std::vector<std::uint32_t>& turnarounds() const { return m_turnarounds; }

private:
    void request();
    void acknowledge();
    void onPacket(Bytes packet);
    void onData(std::uint16_t block, Bytes content);
    void take(Bytes content);
    void fail(std::string why);

    const TftpLoad& m_load;
    FileDescriptor m_socket;
    std::minstd_rand m_dice;
    std::vector<std::uint8_t> m_buffers;
    unsigned m_blockSize = 512;
    unsigned m_window = 1;
    std::uint64_t m_received = 0; ///< blocks in order
    unsigned m_inWindow = 0;
    std::uint64_t m_bytes = 0;
    bool m_isConnected = false;
    bool m_isGapTold = false;
    bool m_isPaused = false;
    bool m_isOver = false;
    std::string m_failure;
    SteadyClock::time_point m_begin;
    SteadyClock::time_point m_end;
    SteadyClock::time_point m_heard;
    SteadyClock::time_point m_acknowledged;
    std::vector<std::uint32_t> m_turnarounds;
};

} // namespace rackmuster::bench
