#include "core/net/PcapStream.h"
#include "tests/fuzz/support/Require.h"

#include <algorithm>

using namespace rackmuster;
using namespace rackmuster::net;
using fuzz::require;

namespace {

struct Outcome {
    std::vector<std::vector<std::uint8_t>> frames;
    bool isBroken = false;
};

/// Decodes `bytes` as they would arrive in pieces of `pieceSize`.
Outcome decode(Bytes bytes, std::size_t pieceSize) {
    Outcome outcome;
    PcapStream stream;
    while (!bytes.empty() && !outcome.isBroken) {
        const std::size_t size = std::min(pieceSize, bytes.size());
        stream.append(bytes.first(size));
        bytes = bytes.subspan(size);
        for (;;) {
            auto record = stream.next();
            outcome.isBroken = !record;
            if (!record || !*record)
                break;
            require((*record)->bytes.size() <= PcapStream::longestRecord);
            outcome.frames.push_back(std::move((*record)->bytes));
        }
    }
    return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes bytes(data, size);
    const Outcome whole = decode(bytes, size);
    const Outcome pieces = decode(bytes, 7);
    require(whole.frames == pieces.frames && whole.isBroken == pieces.isBroken);
    return 0;
}
