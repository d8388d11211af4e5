#include "core/media/BootMenu.h"
#include "core/media/DebianInfo.h"
#include "core/media/SuseContent.h"
#include "core/media/TreeInfo.h"

#include <cstdint>
#include <string_view>

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
    (void)parseSuseMedia(text);
    (void)parseMediaRepo(text);
    (void)parseKylinProduct(text);
    (void)installedTitleOf(text);
    (void)argumentOf(text, "hostname");
    return 0;
}
