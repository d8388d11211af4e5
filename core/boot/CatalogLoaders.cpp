// Which boot loader a machine gets, and out of which image.

#include "core/boot/Catalog.h"
#include "core/boot/TreeFile.h"

#include <algorithm>
#include <array>

namespace rackmuster::boot {

namespace {

constexpr std::string_view biosLoader = "pxelinux.0";
constexpr std::string_view uefiLoader = "bootx64.efi"; // of most, and the one that an override may name
constexpr std::string_view ipxeScript = "boot.ipxe";

/// What the firmware asks for, and what its shim then asks for.
struct UefiNames {
    Firmware firmware;
    std::string_view loader;
    std::string_view grub;
};
constexpr std::array uefiNames{
    UefiNames{Firmware::UefiX64, uefiLoader, "grubx64.efi"},
    UefiNames{Firmware::UefiArm64, "bootaa64.efi", "grubaa64.efi"},
    UefiNames{Firmware::UefiIa32, "bootia32.efi", "grubia32.efi"},
};

std::string lowerCase(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool hasUefiLoader(const ImageFiles* image, Firmware firmware) {
    return image != nullptr && image->uefiLoaders.contains(firmware);
}

} // namespace

const ImageFiles* Catalog::uefiImage(const MachineBoot& machine, Firmware firmware) const {
    const ImageFiles* const own = installImage(machine);
    if (machine.disposition == Disposition::Install && own != nullptr && isForOtherFirmware(*own, firmware))
        return nullptr;
    if (const ImageFiles* const usual = imageFor(machine); hasUefiLoader(usual, firmware))
        return usual;
    if (const ImageFiles* const common = image(m_contents.defaultImageId); hasUefiLoader(common, firmware))
        return common;
    for (const auto& [id, candidate] : m_contents.images) {
        if (hasUefiLoader(candidate.get(), firmware))
            return candidate.get();
    }
    return nullptr;
}

std::string Catalog::linuxCommandFor(const MachineBoot& machine) const {
    const bool isBios = machine.firmware == Firmware::Bios || machine.firmware == Firmware::Unknown;
    const Firmware firmware = isBios ? Firmware::UefiX64 : machine.firmware;
    std::optional<std::string> command;
    for (const auto& [id, candidate] : m_contents.images) {
        const auto loader = candidate->uefiLoaders.find(firmware);
        if (loader == candidate->uefiLoaders.end())
            continue;
        if (command && *command != loader->second.linuxCommand)
            return {};
        command = loader->second.linuxCommand;
    }
    return command.value_or("");
}

const std::unordered_map<std::string, std::vector<FileSlice>>&
Catalog::biosLoaderFiles(const MachineBoot& machine) const {
    if (const ImageFiles* const usual = imageFor(machine); usual != nullptr && !usual->biosLoader.empty())
        return usual->biosLoader;
    if (!m_contents.hostFiles.empty())
        return m_contents.hostFiles;
    for (const auto& [id, candidate] : m_contents.images) {
        if (!candidate->biosLoader.empty())
            return candidate->biosLoader;
    }
    return m_contents.hostFiles;
}

std::string_view Catalog::loaderFor(const MachineBoot& machine, const PxeClient& client) const {
    const auto available = [&](std::string_view name) {
        const bool isThere = name == ipxeScript || findLoader(machine, name).has_value();
        return isThere ? name : std::string_view();
    };
    for (const std::string_view name : {biosLoader, uefiLoader, ipxeScript}) {
        if (machine.bootFileOverride == name)
            return available(name);
    }
    if (client.kind == ClientKind::Ipxe)
        return ipxeScript; // P40
    for (const UefiNames& names : uefiNames) {
        if (client.firmware == names.firmware)
            return available(names.loader);
    }
    if (client.firmware == Firmware::Bios && client.kind == ClientKind::PxeFirmware)
        return available(biosLoader);
    return {};
}

std::string Catalog::bootFileName(MacAddress mac, const PxeClient& client) const {
    if (client.kind == ClientKind::NotPxe)
        return {};
    const std::string_view loader = loaderFor(machineOrParked(mac), client);
    if (loader.empty())
        return {};
    const std::string path = "m/" + mac.toHex() + '/' + std::string(loader);
    // P43, P51: HTTP Boot takes only a URL, and iPXE is faster with one.
    const bool isUrl =
        client.kind == ClientKind::HttpFirmware || (client.kind == ClientKind::Ipxe && loader == ipxeScript);
    return isUrl ? m_contents.server.httpBase() + '/' + path : path;
}

std::optional<BootFile> Catalog::findLoader(const MachineBoot& machine, std::string_view rest) const {
    const std::string name = lowerCase(rest);
    for (const UefiNames& names : uefiNames) {
        if (name != names.loader && name != names.grub)
            continue;
        const ImageFiles* const source = uefiImage(machine, names.firmware);
        if (source == nullptr)
            return std::nullopt;
        const UefiLoader& loader = source->uefiLoaders.at(names.firmware);
        return fileOfImage(*source, name == names.loader ? loader.path : loader.grubPath, FileRole::Loader);
    }
    const auto& files = biosLoaderFiles(machine);
    auto found = files.find(std::string(rest));
    if (found == files.end())
        found = files.find(name);
    if (found == files.end())
        return std::nullopt;
    BootFile file;
    file.content = found->second;
    file.role = FileRole::Loader;
    return file;
}

} // namespace rackmuster::boot
