#pragma once

#include "core/base/Ipv4Address.h"
#include "core/wire/Tftp.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rackmuster::tests {

/// How a test asks for a file.
struct TftpQuery {
    Ipv4Address server{127, 0, 0, 1};
    std::uint16_t port = 69;
    std::string path;
    std::string mode = "octet";
    std::vector<std::pair<std::string, std::string>> options; ///< as they are to stand in the request
    int requests = 1;                                         ///< how often the request is sent at once
    /// Whether the network loses the n-th DATA packet (from 1), with its block number.
    std::function<bool(int, std::uint16_t)> losesData;
    /// Whether the network loses the n-th ACK (from 1).
    std::function<bool(int)> losesAck;
    /// Given each block in order; then the outcome has no content.
    std::function<void(std::string_view)> takes;
    /// Told the port of the transfer when its first packet has come.
    std::function<void(std::uint16_t)> learnsPort;
    int copiesOfAcks = 1;            ///< how often every ACK is sent
    int copiesOfGapAcks = 1;         ///< the same for one that says that a block is missing
    bool keepsLastAck = false;       ///< never sends the last one
    bool abortsAfterOptions = false; ///< a size probe: ERROR to the option acknowledgement
    int closesAfterBlock = 0;        ///< closes its port for good after this block; 0: never
};

struct TftpOutcome {
    bool isComplete = false;
    std::string content;
    std::optional<wire::TftpOptionAck> options; ///< when the server acknowledged some
    std::optional<wire::TftpError> error;
    int dataPackets = 0;
    std::chrono::nanoseconds longestSilence{0}; ///< between two packets of the transfer
    std::vector<std::uint16_t> serverPorts;     ///< each port that answered, once
};

/// Fetches one file over a socket of the calling thread's namespace, from `local` when given. Gives up after
/// nine seconds of silence.
[[nodiscard]] TftpOutcome tftpGet(const TftpQuery& query, Ipv4Address local = {});

} // namespace rackmuster::tests
