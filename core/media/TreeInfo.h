#pragma once

#include "core/media/Distribution.h"

#include <optional>
#include <string>
#include <string_view>

namespace rackmuster::media {

/// Kernel and initrd as a tree names them: paths inside the image.
struct KernelPair {
    std::string kernel;
    std::string initrd;

    [[nodiscard]] bool isComplete() const { return !kernel.empty() && !initrd.empty(); }
    bool operator==(const KernelPair&) const = default;
};

/// What a .treeinfo says: the old form ([general]), productmd's, their mixture, and SUSE's.
struct TreeInfo {
    Distribution distribution;
    KernelPair boot;         ///< of the section images-<arch>, never of images-xen; empty when there is none
    std::string baseProduct; ///< of a layered product: "Red Hat Enterprise Linux 8"
    bool isAddOn = false;    ///< a layered product: nothing to boot
};

/// The first architecture in `text`, as RPM distributions write them ("x86_64"); empty: none. A view into it.
[[nodiscard]] std::string_view architectureIn(std::string_view text);

/// Never fails: what the text does not say stays empty.
[[nodiscard]] TreeInfo parseTreeInfo(std::string_view text);

/// A .discinfo: time stamp, name or bare version, architecture, disc numbers, directories. Nothing when it
/// has fewer than three lines or its first is not a number. The name is empty when the second line is a bare
/// version.
[[nodiscard]] std::optional<Distribution> parseDiscInfo(std::string_view text);

/// A media.repo: "name=Red Hat Enterprise Linux 8.0.0" of [InstallMedia]. Nothing without name and version.
[[nodiscard]] std::optional<Distribution> parseMediaRepo(std::string_view text);

/// A .productinfo: "Kylin Linux Advanced Server", then "release V10 (SP2) /(Sword)-x86_64-Build09/20210524".
[[nodiscard]] std::optional<Distribution> parseKylinProduct(std::string_view text);

/// A volume label as Red Hat's tools write it ("RHEL-9-4-0-BaseOS-x86_64", "CentOS 7 x86_64"): name up to the
/// first version, version, architecture. RHEL, OL and SL are written out.
[[nodiscard]] Distribution parseVolumeLabel(std::string_view label);

/// `distribution` completed by what .discinfo knows better: the minor version ("7" and "7.5") and what was
/// empty.
[[nodiscard]] Distribution completedBy(Distribution distribution, const Distribution& discInfo);

} // namespace rackmuster::media
