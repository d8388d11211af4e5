#pragma once

#include "core/boot/Catalog.h"

#include <string>

namespace rackmuster::media {

/// What a tree says of itself.
struct Distribution {
    boot::InstallerFamily family = boot::InstallerFamily::None;
    std::string name;    ///< "Rocky Linux"
    std::string version; ///< "9.4"
    std::string arch;    ///< "x86_64", "amd64", as the tree writes it
    std::string suite;   ///< Debian code name

    /// "Rocky Linux 9.4"; empty when nothing is known.
    [[nodiscard]] std::string title() const { return version.empty() ? name : name + " " + version; }

    bool operator==(const Distribution&) const = default;
};

} // namespace rackmuster::media
