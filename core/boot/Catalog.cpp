#include "core/boot/Catalog.h"

#include "core/boot/CloudInitSeed.h"
#include "core/boot/LoaderConfig.h"
#include "core/boot/Startup.h"
#include "core/boot/TreeFile.h"

#include <algorithm>
#include <charconv>

namespace rackmuster::boot {

namespace {

constexpr std::string_view ipxeScript = "boot.ipxe";
constexpr std::string_view isoSuffix = ".iso";
constexpr std::string_view grubState = "grub/state.cfg";
constexpr std::string_view pxelinuxDirectory = "pxelinux.cfg/";
constexpr std::string_view pxelinuxScreen = "screen";

/// Takes the part before the first slash off `path`.
std::string_view takePart(std::string_view& path) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    return part;
}

std::string_view lastPart(std::string_view path) {
    return path.substr(path.rfind('/') + 1);
}

BootFile rendered(std::string text, FileRole role) {
    BootFile file;
    file.content = std::make_shared<const std::string>(std::move(text));
    file.role = role;
    return file;
}

/// "wait-11" asks for what follows 11 more questions; every other name is the first question.
std::optional<unsigned> stepsLeftIn(std::string_view name) {
    constexpr std::string_view prefix = "wait-";
    if (!name.starts_with(prefix))
        return std::nullopt;
    name.remove_prefix(prefix.size());
    unsigned steps = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), steps);
    const bool isNumber = error == std::errc{} && end == name.data() + name.size();
    return isNumber ? std::optional(steps) : std::nullopt;
}

std::optional<BootFile> fileOrListing(const ImageFiles& image, std::string_view path, bool isListing) {
    auto page = isListing ? listingOfImage(image, path) : std::nullopt;
    return page ? page : fileOfImage(image, path, roleOfTreePath(path));
}

FileRole configRole(Disposition disposition) {
    switch (disposition) {
    case Disposition::Install:
        return FileRole::InstallConfig;
    case Disposition::Parked:
        return FileRole::ParkedConfig;
    case Disposition::LocalDisk:
    case Disposition::Refused:
        break;
    }
    return FileRole::LocalConfig;
}

} // namespace

std::string_view toWord(InstallerFamily family) {
    switch (family) {
    case InstallerFamily::RedHat:
        return "redhat";
    case InstallerFamily::Debian:
        return "debian";
    case InstallerFamily::Ubuntu:
        return "ubuntu";
    case InstallerFamily::Suse:
        return "suse";
    case InstallerFamily::None:
        break;
    }
    return "none";
}

std::string_view answerFileKind(InstallerFamily family) {
    switch (family) {
    case InstallerFamily::RedHat:
        return "kickstart";
    case InstallerFamily::Debian:
        return "preseed";
    case InstallerFamily::Ubuntu:
        return "autoinstall";
    case InstallerFamily::Suse:
        return "autoyast";
    case InstallerFamily::None:
        break;
    }
    return "none";
}

bool isForOtherFirmware(const ImageFiles& image, Firmware firmware) {
    const auto has = [&](Firmware kind) {
        return image.uefiLoaders.contains(kind);
    };
    if (image.uefiLoaders.empty() || firmware == Firmware::Unknown)
        return false;
    if (firmware == Firmware::Bios) // of a PC, whose images have loaders of one of these
        return !has(Firmware::UefiX64) && !has(Firmware::UefiIa32);
    return !has(firmware);
}

std::string ServerIdentity::httpHost() const {
    const std::string host = address.toString();
    return httpPort == 80 ? host : host + ':' + std::to_string(httpPort);
}

std::string ServerIdentity::httpBase() const {
    return "http://" + httpHost();
}

Catalog::Catalog(Contents contents) : m_contents(std::move(contents)) {
    for (const auto& [mac, machine] : m_contents.machines) {
        if (machine->owner)
            m_nics.emplace(*machine->owner, mac);
        else if (!machine->ticket.empty())
            m_tickets.insert_or_assign(machine->ticket, mac);
        if (!machine->address)
            continue;
        const MacAddress holder = machine->owner.value_or(mac);
        const auto [entry, isNew] = m_fixedAddresses.try_emplace(*machine->address, holder);
        if (!isNew)
            entry->second = std::min(entry->second, holder);
    }
}

const MachineBoot* Catalog::machine(MacAddress mac) const {
    const auto found = m_contents.machines.find(mac);
    return found == m_contents.machines.end() ? nullptr : found->second.get();
}

MacAddress Catalog::machineOfNic(MacAddress mac) const {
    const MachineBoot* const nic = machine(mac);
    return nic != nullptr ? nic->owner.value_or(mac) : mac;
}

MachineBoot Catalog::machineOrParked(MacAddress mac) const {
    if (const MachineBoot* const known = machine(mac))
        return *known;
    MachineBoot unknown{.mac = mac};
    return unknown;
}

const ImageFiles* Catalog::image(const std::string& id) const {
    const auto found = m_contents.images.find(id);
    return found == m_contents.images.end() ? nullptr : found->second.get();
}

const ImageFiles* Catalog::imageFor(const MachineBoot& machine) const {
    if (const ImageFiles* const own = image(machine.imageId))
        return own;
    if (const ImageFiles* const common = image(m_contents.defaultImageId))
        return common;
    return m_contents.images.empty() ? nullptr : m_contents.images.begin()->second.get();
}

const ImageFiles* Catalog::installImage(const MachineBoot& machine) const {
    return image(machine.imageId.empty() ? m_contents.defaultImageId : machine.imageId);
}

std::optional<MacAddress> Catalog::fixedHolder(Ipv4Address address) const {
    const auto found = m_fixedAddresses.find(address);
    if (found == m_fixedAddresses.end())
        return std::nullopt;
    return found->second;
}

std::optional<MacAddress> Catalog::holder(Ipv4Address address) const {
    const auto found = m_contents.peers.find(address);
    return found == m_contents.peers.end() ? fixedHolder(address) : found->second;
}

std::optional<BootFile> Catalog::find(std::string_view path, Ipv4Address peer) const {
    const auto canonical = canonicalPath(path);
    if (!canonical)
        return std::nullopt;
    const bool isListing = path.ends_with('/') || path.ends_with('\\');
    std::string_view rest = *canonical;
    const std::string_view area = takePart(rest);
    if (area == "m") {
        const auto mac = MacAddress::parse(takePart(rest));
        if (!mac || !mac->isUsable())
            return std::nullopt;
        return findForMachine(*mac, rest, false, isListing);
    }
    if (area == "t")
        return findForTicket(rest, peer);
    if (area == "i")
        return ofPeer(findInImage(rest, isListing), peer);
    if (area == "w")
        return ofPeer(findImage(rest), peer);
    if (area == "x")
        return ofPeer(findInFolder(rest, isListing), peer);
    // P66, P69: a loader that forgot its directory.
    const auto asking = m_contents.peers.find(peer);
    if (asking == m_contents.peers.end())
        return std::nullopt;
    return findForMachine(asking->second, *canonical, true, false);
}

std::optional<BootFile> Catalog::findForMachine(MacAddress mac, std::string_view rest, bool isByPeer,
                                                bool isListing) const {
    const MachineBoot machine = machineOrParked(mac);
    if (machine.disposition == Disposition::Refused)
        return std::nullopt;
    std::optional<BootFile> file;
    if (!isByPeer)
        file = findForInstaller(machine, rest, isListing); // first: a repository has files called grub.cfg
    if (!file && !rest.starts_with("repo/"))
        file = findLoader(machine, rest);
    if (!file && !rest.starts_with("repo/"))
        file = findConfig(machine, rest);
    if (file)
        file->machine = mac;
    return file;
}

std::optional<BootFile> Catalog::findConfig(const MachineBoot& machine, std::string_view rest) const {
    const ImageFiles* const source = installImage(machine);
    const ServerIdentity& server = m_contents.server;
    const Disposition disposition = renderedDisposition(machine, source);
    const FileRole role = configRole(disposition);
    if (rest == grubState)
        return rendered(renderGrubState(machine, source),
                        role == FileRole::ParkedConfig ? role : FileRole::Other);
    if (lastPart(rest).starts_with("grub.cfg"))
        return rendered(renderGrub(machine, source, server, linuxCommandFor(machine)), role); // P68
    if (rest == ipxeScript)
        return rendered(renderIpxe(machine, source, server), role);
    if (!rest.starts_with(pxelinuxDirectory) || rest.size() == pxelinuxDirectory.size())
        return std::nullopt;
    const std::string_view name = rest.substr(pxelinuxDirectory.size());
    if (name == pxelinuxScreen)
        return rendered(renderPxelinuxScreen(machine), FileRole::Other);
    // P70: the first name that pxelinux tries is answered.
    const std::optional<unsigned> stepsLeft = stepsLeftIn(name);
    const bool isOver = disposition == Disposition::Parked && machine.parksBriefly && stepsLeft == 0U;
    return rendered(renderPxelinux(machine, source, server, stepsLeft),
                    isOver ? FileRole::LocalConfig : role);
}

std::optional<BootFile> Catalog::findForInstaller(const MachineBoot& machine, std::string_view rest,
                                                  bool isListing) const {
    const ImageFiles* const source = installImage(machine);
    const auto startup = startupOf(machine, source);
    if (!startup)
        return std::nullopt;
    const bool isKernel = rest == "vmlinuz";
    if (isKernel || rest == "initrd.img") {
        auto file = isKernel ? fileOfImage(*source, startup->kernelPath, FileRole::Kernel)
                             : initrdFile(*source, startup->initrdPaths);
        if (file)
            file->spendsTicket = startup->entry != nullptr && (!isKernel || startup->initrdPaths.empty());
        return file;
    }
    if (rest == "image.iso" && startup->entry == nullptr)
        return wholeImage(*source);
    if (takePart(rest) != "repo" || startup->entry != nullptr)
        return std::nullopt;
    return fileOrListing(*source, rest, isListing);
}

bool Catalog::isAddressOf(const MachineBoot& owner, Ipv4Address address) const {
    const auto nic = holder(address);
    return owner.address == address || (nic && machineOfNic(*nic) == owner.mac);
}

/// The NIC that installs, or may: the asking one if it is such; null when the machine has none.
const MachineBoot* Catalog::installingNic(const MachineBoot& owner, Ipv4Address peer) const {
    const auto installs = [](const MachineBoot* nic) {
        return nic != nullptr && nic->disposition == Disposition::Install;
    };
    const auto asking = holder(peer);
    if (asking && machineOfNic(*asking) == owner.mac && installs(machine(*asking)))
        return machine(*asking);
    if (installs(&owner))
        return &owner;
    const auto [begin, end] = m_nics.equal_range(owner.mac);
    const auto found =
        std::find_if(begin, end, [&](const auto& nic) { return installs(machine(nic.second)); });
    return found == end ? nullptr : machine(found->second);
}

/// R42: the answer file exists only while its machine is approved. The report of the end is answered again
/// and again, because a machine that heard nothing asks again. The answer file is that of the NIC that
/// installs.
std::optional<BootFile> Catalog::findForTicket(std::string_view rest, Ipv4Address peer) const {
    const auto ticket = m_tickets.find(std::string(takePart(rest)));
    if (ticket == m_tickets.end())
        return std::nullopt;
    const MachineBoot* const owner = machine(ticket->second);
    if (owner == nullptr || owner->disposition == Disposition::Refused || !owner->menuEntry.empty())
        return std::nullopt;
    const bool isKnown = isAddressOf(*owner, peer);
    if (!isKnown && !m_contents.server.network.isHost(peer))
        return std::nullopt; // nobody's card is seen beyond a router
    const MachineBoot* const nic = installingNic(*owner, peer);
    const bool hasAnswer = nic != nullptr && nic->answerFile;
    BootFile file;
    if ((rest == "answer" || rest == "user-data") && hasAnswer) {
        file.content = nic->answerFile;
        file.role = FileRole::AnswerFile;
    } else if (auto seed = cloudInitSeed(rest, *owner); seed && hasAnswer) {
        file = rendered(std::move(*seed), FileRole::Other);
    } else if (rest == "post" && nic != nullptr) {
        file = rendered("ok\n", FileRole::PostReport);
    } else if (rest == "done") {
        file = rendered("ok\n", FileRole::DoneReport);
    } else {
        return std::nullopt;
    }
    file.machine = owner->mac;
    file.isSecret = true; // R41: the path is the secret
    file.needsItsCard = !isKnown;
    const auto [first, last] = m_nics.equal_range(owner->mac);
    std::transform(first, last, std::back_inserter(file.otherCards),
                   [](const auto& entry) { return entry.second; });
    return file;
}

std::optional<BootFile> Catalog::findInImage(std::string_view rest, bool isListing) const {
    const ImageFiles* const source = image(std::string(takePart(rest)));
    return source != nullptr ? fileOrListing(*source, rest, isListing) : std::nullopt;
}

std::optional<BootFile> Catalog::findImage(std::string_view rest) const {
    if (!rest.ends_with(isoSuffix))
        return std::nullopt;
    const ImageFiles* const source = image(std::string(rest.substr(0, rest.size() - isoSuffix.size())));
    return source == nullptr ? std::nullopt : wholeImage(*source);
}

std::optional<BootFile> Catalog::findInFolder(std::string_view rest, bool isListing) const {
    const std::string name(takePart(rest));
    const auto folder = m_contents.folders.find(name);
    if (folder == m_contents.folders.end())
        return std::nullopt;
    const std::string path(rest);
    if (isListing) {
        auto entries = folder->second->list(path);
        if (!entries)
            return std::nullopt;
        return listingFile(name + '/' + path + (path.empty() ? "" : "/"), std::move(*entries));
    }
    auto file = path.empty() ? std::nullopt : folder->second->find(path);
    if (file)
        file->role = roleOfTreePath(path);
    return file;
}

std::optional<BootFile> Catalog::ofPeer(std::optional<BootFile> file, Ipv4Address peer) const {
    if (const auto asking = m_contents.peers.find(peer); file && asking != m_contents.peers.end())
        file->machine = asking->second;
    return file;
}

} // namespace rackmuster::boot
