#include "core/media/BootMenu.h"
#include "core/media/DebianInfo.h"
#include "core/media/LoaderAudit.h"
#include "core/media/SuseContent.h"
#include "core/media/TreeInfo.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

/// A path that a description names may not leave the image.
void checkPath(const std::string& path) {
    if (path.starts_with('/') || path.starts_with("../") || path.find("/../") != std::string::npos ||
        path == "..")
        std::abort();
}

} // namespace

/// The text files by which an image describes itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rackmuster::media;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const TreeInfo info = parseTreeInfo(text);
    if (const auto disc = parseDiscInfo(text))
        (void)completedBy(info.distribution, *disc);
    (void)parseDiskInfo(text);
    (void)parseVolumeLabel(text);
    (void)parseSuseContent(text);
    (void)parseSuseProducts(text);
    (void)stage2LabelOf(text);
    (void)findShimMarks(text);
    for (const char* directory : {"", "isolinux", "boot/grub"}) {
        for (const KernelPair& pair : parseBootMenu(text, directory)) {
            checkPath(pair.kernel);
            checkPath(pair.initrd);
        }
    }
    return 0;
}
