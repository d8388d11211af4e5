#include "core/media/TreeInfo.h"

#include "core/media/TreeText.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

namespace rackmuster::media {

namespace {

constexpr std::array<std::string_view, 14> architectures{
    "x86_64", "aarch64", "ppc64le", "ppc64", "s390x",       "i386",  "i586",
    "i686",   "riscv64", "armhfp",  "ia64",  "loongarch64", "sw_64", "ppc"};

/// What vendors write for themselves into volume labels, which have 32 characters.
std::string fullName(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 3> names{
        {{"RHEL", "Red Hat Enterprise Linux"}, {"OL", "Oracle Linux"}, {"SL", "Scientific Linux"}}};
    const auto* const found =
        std::find_if(names.begin(), names.end(), [name](const auto& pair) { return pair.first == name; });
    return std::string(found == names.end() ? name : found->second);
}

std::string firstOf(const IniText& ini,
                    std::initializer_list<std::pair<std::string_view, std::string_view>> places) {
    for (const auto& [section, key] : places) {
        if (const std::string& value = ini.value(section, key); !value.empty())
            return value;
    }
    return {};
}

/// A name that ends in its version ("CentOS Linux 8", "Scientific-7.8") without it.
std::string withoutVersion(std::string_view name, std::string_view version) {
    if (!version.empty() && name.size() > version.size() && name.ends_with(version)) {
        const std::string_view rest = name.substr(0, name.size() - version.size());
        if (rest.ends_with(' ') || rest.ends_with('-'))
            name = rest.substr(0, rest.size() - 1);
    }
    return std::string(trim(name));
}

KernelPair bootOf(const IniText& ini, const std::string& arch) {
    const auto pairOf = [&ini](const std::string& section) {
        return KernelPair{ini.value(section, "kernel"), ini.value(section, "initrd")};
    };
    if (KernelPair own = pairOf("images-" + arch); own.isComplete())
        return own;
    for (const std::string& section : ini.sections()) {
        if (!section.starts_with("images-") || section == "images-xen")
            continue;
        if (KernelPair other = pairOf(section); arch.empty() && other.isComplete())
            return other;
    }
    return {};
}

} // namespace

std::string_view architectureIn(std::string_view text) {
    for (const std::string_view arch : architectures) {
        if (const std::size_t at = text.find(arch); at != std::string_view::npos)
            return text.substr(at, arch.size());
    }
    return {};
}

TreeInfo parseTreeInfo(std::string_view text) {
    const IniText ini(text);
    TreeInfo out;
    Distribution& what = out.distribution;
    what.version = firstOf(ini, {{"release", "version"}, {"product", "version"}, {"general", "version"}});
    what.name =
        firstOf(ini, {{"release", "name"}, {"product", "name"}, {"general", "family"}, {"general", "name"}});
    what.name = withoutVersion(what.name, what.version);
    what.arch = firstOf(ini, {{"tree", "arch"}, {"general", "arch"}});
    out.boot = bootOf(ini, what.arch);
    const bool isSuse =
        lowerCase(what.name).find("suse") != std::string::npos || out.boot.kernel.ends_with("/loader/linux");
    if (isSuse)
        what.family = boot::InstallerFamily::Suse;
    else if (!(what.name.empty() && what.version.empty() && what.arch.empty()))
        what.family = boot::InstallerFamily::RedHat;
    out.isAddOn = lowerCase(ini.value("release", "is_layered")) == "true" || ini.hasSection("base_product");
    if (out.isAddOn) {
        const std::string& version = ini.value("base_product", "version");
        out.baseProduct = ini.value("base_product", "name") + (version.empty() ? "" : " " + version);
    }
    return out;
}

std::optional<Distribution> parseDiscInfo(std::string_view text) {
    const auto lines = linesOf(text);
    if (lines.size() < 3)
        return std::nullopt;
    const std::string_view stamp = trim(lines[0]);
    if (stamp.empty() || stamp.find_first_not_of("0123456789.") != std::string_view::npos)
        return std::nullopt;
    Distribution out;
    out.family = boot::InstallerFamily::RedHat;
    NameAndVersion title = splitVersion(lines[1]);
    out.name = std::move(title.name);
    out.version = std::move(title.version);
    out.arch = std::string(trim(lines[2]));
    return out;
}

std::optional<Distribution> parseMediaRepo(std::string_view text) {
    const IniText ini(text);
    NameAndVersion split = splitVersion(ini.value("InstallMedia", "name"));
    if (split.name.empty() || split.version.empty())
        return std::nullopt;
    return Distribution{
        boot::InstallerFamily::RedHat, std::move(split.name), std::move(split.version), {}, {}};
}

std::optional<Distribution> parseKylinProduct(std::string_view text) {
    const auto lines = linesOf(text);
    if (lines.size() < 2 || lines[0].find("Kylin") == std::string_view::npos)
        return std::nullopt;
    Distribution out;
    out.family = boot::InstallerFamily::RedHat;
    out.name = std::string(trim(lines[0]));
    out.version = splitVersion(lines[1]).version;
    out.arch = std::string(architectureIn(lines[1]));
    return out;
}

Distribution parseVolumeLabel(std::string_view label) {
    Distribution out;
    std::string_view behindArch;
    if (const std::string_view arch = architectureIn(label); !arch.empty()) {
        out.arch = std::string(arch);
        const auto archAt = static_cast<std::size_t>(arch.data() - label.data());
        behindArch = label.substr(archAt + arch.size());
        label = label.substr(0, archAt);
    }
    const std::string_view version = firstVersionIn(label);
    if (version.empty()) { // "Fedora-S-dvd-x86_64-40"
        while (label.ends_with('-') || label.ends_with(' ') || label.ends_with('_'))
            label.remove_suffix(1);
        out.name = fullName(label);
        out.version = std::string(firstVersionIn(behindArch));
        return out;
    }
    const auto at = static_cast<std::size_t>(version.data() - label.data());
    std::string_view name = label.substr(0, at);
    while (name.ends_with('-') || name.ends_with(' ') || name.ends_with('_'))
        name.remove_suffix(1);
    out.name = fullName(name);
    out.version = std::string(version);
    // "RHEL-9-4-0-BaseOS": dots cannot stand in every label, so newer ones write the parts with hyphens.
    const std::string_view rest = label.substr(at + version.size());
    const std::size_t mark = rest.starts_with("-SP") ? 3 : 1; // SUSE's service packs count as minor versions
    const std::string_view minor =
        rest.starts_with('-') ? firstVersionIn(rest.substr(mark)) : std::string_view();
    if (!minor.empty() && minor.data() == rest.data() + mark)
        out.version.append(".").append(minor);
    return out;
}

Distribution completedBy(Distribution distribution, const Distribution& discInfo) {
    if (distribution.name.empty())
        distribution.name = discInfo.name;
    if (distribution.arch.empty())
        distribution.arch = discInfo.arch;
    if (distribution.version.empty() || discInfo.version.starts_with(distribution.version + "."))
        distribution.version = discInfo.version;
    return distribution;
}

} // namespace rackmuster::media
