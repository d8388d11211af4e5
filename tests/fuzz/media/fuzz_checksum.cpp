#include "core/base/Hex.h"
#include "core/media/ChecksumFile.h"
#include "core/media/ImplantedSum.h"
#include "tests/fuzz/support/Require.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

using namespace rackmuster;
using namespace rackmuster::media;
using fuzz::require;

namespace {

void checkSum(DigestKind kind, const std::string& hex) {
    require(hex.size() == hexDigitsOf(kind));
    require(std::all_of(hex.begin(), hex.end(),
                        [](char c) { return hexValue(c).has_value() && !(c >= 'A' && c <= 'F'); }));
}

} // namespace

/// What is published beside an image, pasted, and implanted in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const Bytes bytes(data, size);
    for (const ChecksumLine& line : parseChecksums(asText(bytes))) {
        checkSum(line.kind, line.hex);
        require(line.file.find_first_of("/\\\n") == std::string::npos);
    }
    if (const auto sums = parsePastedSum(asText(bytes), "/isos/x-dvd.iso")) {
        require(!sums->empty());
        for (const PublishedSum& sum : *sums)
            checkSum(sum.kind, sum.hex);
    }
    constexpr std::uint64_t offset = 32768;
    if (const auto implanted = parseImplantedSum(bytes, offset)) {
        checkSum(DigestKind::Md5, implanted->md5);
        require(implanted->length > 0 && implanted->length % 2048 == 0);
    }
    return 0;
}
