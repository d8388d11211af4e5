#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rackmuster::media {

/// One component of a .sbat section (shim, SBAT.md): "grub.debian,5,Debian,grub2,2.06-13,https://...".
struct SbatComponent {
    std::string name;
    unsigned generation = 0;

    /// "grub,5"
    [[nodiscard]] std::string toString() const { return name + "," + std::to_string(generation); }
    bool operator==(const SbatComponent&) const = default;
};

/// The components, without the line that tells the format's own version. Lines that are none are passed over.
[[nodiscard]] std::vector<SbatComponent> parseSbat(std::string_view section);

/// One revocation: machines whose list has it refuse lower generations of the component.
struct SbatRevocation {
    SbatComponent lowest;  ///< that is still started
    std::string_view date; ///< of the list that brought it: "2025-02-18"
};

/// The oldest published revocation that refuses one of these components; nothing when none does. A loader of
/// a later list writes it into the machine when it runs.
[[nodiscard]] std::optional<SbatRevocation> revocationOf(const std::vector<SbatComponent>& components);

/// All that we know of, oldest first: the history of SbatLevel_Variable.txt in shim 16.1.
[[nodiscard]] const std::vector<SbatRevocation>& sbatRevocations();

} // namespace rackmuster::media
