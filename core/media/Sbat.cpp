#include "core/media/Sbat.h"

#include "core/media/TreeText.h"

#include <algorithm>
#include <charconv>

namespace rackmuster::media {

std::vector<SbatComponent> parseSbat(std::string_view section) {
    constexpr std::size_t maxComponents = 64;
    std::vector<SbatComponent> out;
    for (const std::string_view line : linesOf(section.substr(0, section.find('\0')))) {
        const std::size_t comma = line.find(',');
        if (comma == std::string_view::npos || comma == 0 || out.size() >= maxComponents)
            continue;
        const std::string_view rest = line.substr(comma + 1);
        SbatComponent component{std::string(trim(line.substr(0, comma))), 0};
        const auto [end, error] =
            std::from_chars(rest.data(), rest.data() + rest.size(), component.generation);
        if (error == std::errc() && component.name != "sbat")
            out.push_back(std::move(component));
    }
    return out;
}

const std::vector<SbatRevocation>& sbatRevocations() {
    static const std::vector<SbatRevocation> history{
        {{"grub", 2}, "2022-05-24"},         {{"shim", 2}, "2022-11-15"},
        {{"grub", 3}, "2022-11-15"},         {{"grub.debian", 4}, "2023-01-29"},
        {{"shim", 4}, "2024-01-09"},         {{"grub", 4}, "2024-04-09"},
        {{"grub.peimage", 2}, "2024-04-09"}, {{"grub", 5}, "2025-02-18"},
        {{"grub.proxmox", 2}, "2025-05-10"}};
    return history;
}

std::optional<SbatRevocation> revocationOf(const std::vector<SbatComponent>& components) {
    for (const SbatRevocation& revocation : sbatRevocations()) {
        for (const SbatComponent& component : components) {
            if (component.name == revocation.lowest.name &&
                component.generation < revocation.lowest.generation)
                return revocation;
        }
    }
    return std::nullopt;
}

} // namespace rackmuster::media
