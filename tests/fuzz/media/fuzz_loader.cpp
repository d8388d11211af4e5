#include "core/media/KernelImage.h"
#include "core/media/LoaderAudit.h"

#include <cstdint>

/// A UEFI loader of a hostile image: headers, signature, .sbat; and a kernel's header.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rackmuster;
    const Bytes bytes(data, size);
    const media::LoaderFacts facts = media::auditLoader(bytes);
    (void)media::revocationOf(facts.components);
    (void)media::signersOf(bytes); // a signature alone, without a program round it
    (void)media::parseKernelImage(bytes);
    return 0;
}
