#include "core/media/InstallTree.h"
#include "core/media/SuseContent.h"

namespace rackmuster::media {

namespace {

std::optional<Distribution> distributionOf(const IsoImage& image) {
    if (Distribution fromTree = parseTreeInfo(textOf(image, ".treeinfo")).distribution;
        fromTree.family == boot::InstallerFamily::None && !fromTree.name.empty())
        return fromTree;
    if (auto content = parseSuseContent(textOf(image, "content")))
        return content;
    return parseSuseProducts(textOf(image, "media.1/products"));
}

/// boot/<arch>/loader/linux: the place of the installer's kernel since SUSE 10.
bool hasInstaller(const IsoImage& image) {
    for (const auto& [path, slices] : image.files()) {
        if (path.starts_with("boot/") && path.ends_with("/loader/linux"))
            return true;
    }
    return false;
}

} // namespace

std::optional<InstallTree> readSuseTree(const IsoImage& image) {
    const auto distribution = distributionOf(image);
    if (!distribution)
        return std::nullopt;
    InstallTree tree;
    tree.distribution = *distribution;
    tree.notes.push_back(
        {hasInstaller(image) ? ErrorCode::NotDriven : ErrorCode::AddOnMedium, {}, tree.distribution.title()});
    return tree;
}

} // namespace rackmuster::media
