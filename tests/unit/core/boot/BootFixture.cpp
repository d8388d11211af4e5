#include "tests/unit/core/boot/BootFixture.h"

#include <algorithm>
#include <array>
#include <sstream>

namespace rackmuster::tests {

using namespace boot;
using wire::DhcpMessage;
using wire::DhcpOption;
using wire::DhcpType;

namespace {

std::vector<FileSlice> sliceOf(std::uint64_t length) {
    return {FileSlice{nullptr, 2048, length}};
}

} // namespace

MacAddress mac(std::uint8_t last) {
    return MacAddress({0x52, 0x54, 0, 0, 0, last});
}

Ipv4Address host(std::uint8_t last) {
    return {192, 168, 0, last};
}

MachineBoot parkedMachine(std::uint8_t last) {
    MachineBoot machine{.mac = mac(last)};
    machine.slotLabel = "12";
    machine.hostname = "node-12";
    return machine;
}

MachineBoot approvedMachine(std::uint8_t last) {
    MachineBoot machine = parkedMachine(last);
    machine.disposition = Disposition::Install;
    machine.isApproved = true;
    machine.imageId = "rocky-9";
    machine.ticket = ticket;
    machine.answerFile = std::make_shared<const std::string>("text\nreboot\n");
    return machine;
}

MachineBoot approvedFor(std::uint8_t last, const std::string& entry) {
    MachineBoot machine = approvedMachine(last);
    machine.menuEntry = entry;
    machine.answerFile.reset();
    return machine;
}

ImageFiles rockyImage() {
    ImageFiles image;
    image.id = "rocky-9";
    image.name = "Rocky Linux 9.4";
    image.family = InstallerFamily::RedHat;
    image.version = "9.4";
    image.kernelPath = "images/pxeboot/vmlinuz";
    image.initrdPath = "images/pxeboot/initrd.img";
    const UefiLoader loader{"EFI/BOOT/BOOTX64.EFI", "EFI/BOOT/grubx64.efi", {}};
    image.uefiLoaders.emplace(Firmware::UefiX64, loader);
    image.etagSeed = "rocky-seed";
    image.entries = {
        {"Install", "isolinux/vmlinuz", {"isolinux/initrd.img"}, "inst.stage2=hd:LABEL=Rocky quiet"},
        {"Rescue a system",
         "isolinux/vmlinuz",
         {"isolinux/ucode.img", "isolinux/initrd.img"},
         "inst.stage2=hd:LABEL=Rocky inst.rescue quiet"},
        {"Memory test", "isolinux/memtest", {}, "nopause"},
        {"UEFI memory test", "EFI/memtest.efi", {}, ""},
    };
    std::uint64_t length = 1000;
    for (const std::string& path :
         {image.kernelPath, image.initrdPath, loader.path, loader.grubPath, std::string(".treeinfo"),
          std::string("EFI/BOOT/grub.cfg"), std::string("images/install.img"),
          std::string("BaseOS/repodata/repomd.xml"),
          std::string("BaseOS/Packages/b/bash-5.1.8-9.el9.x86_64.rpm"), std::string("isolinux/vmlinuz"),
          std::string("isolinux/initrd.img"), std::string("isolinux/ucode.img"),
          std::string("isolinux/memtest"), std::string("EFI/memtest.efi")})
        image.files.emplace(path, sliceOf(length++));
    return image;
}

ImageFiles debianImage() {
    ImageFiles image;
    image.id = "debian-12";
    image.name = "Debian 12";
    image.family = InstallerFamily::Debian;
    image.version = "12";
    image.suite = "bookworm";
    image.kernelPath = "install.amd/vmlinuz";
    image.initrdPath = "install.amd/initrd.gz";
    image.etagSeed = "debian-seed";
    image.files.emplace(image.kernelPath, sliceOf(8000));
    image.files.emplace(image.initrdPath, sliceOf(9000));
    image.files.emplace("dists/bookworm/Release", sliceOf(100));
    return image;
}

ImageFiles ubuntuImage() {
    ImageFiles image;
    image.id = "ubuntu-24";
    image.name = "Ubuntu-Server 24.04";
    image.family = InstallerFamily::Ubuntu;
    image.version = "24.04";
    image.suite = "noble";
    image.kernelPath = "casper/vmlinuz";
    image.initrdPath = "casper/initrd";
    image.etagSeed = "ubuntu-seed";
    image.whole = {std::make_shared<const FileDescriptor>(), 0, 2000000};
    image.files.emplace(image.kernelPath, sliceOf(14000));
    image.files.emplace(image.initrdPath, sliceOf(70000));
    return image;
}

ImageFiles suseImage(const std::string& version) {
    ImageFiles image;
    image.id = "suse";
    image.name = "openSUSE Leap " + version;
    image.family = InstallerFamily::Suse;
    image.version = version;
    image.kernelPath = "boot/x86_64/loader/linux";
    image.initrdPath = "boot/x86_64/loader/initrd";
    image.etagSeed = "suse-seed";
    image.files.emplace(image.kernelPath, sliceOf(12000));
    image.files.emplace(image.initrdPath, sliceOf(90000));
    image.files.emplace("boot/x86_64/root", sliceOf(40000));
    return image;
}

std::optional<BootFile> OneFileFolder::find(const std::string& path) const {
    if (path != "sub/a.rpm")
        return std::nullopt;
    BootFile file;
    file.content = sliceOf(300);
    file.etag = "a";
    return file;
}

std::optional<std::vector<FolderEntry>> OneFileFolder::list(const std::string& path) const {
    if (path.empty())
        return std::vector<FolderEntry>{{"sub", true, 0}};
    return path == "sub" ? std::optional(std::vector<FolderEntry>{{"a.rpm", false, 300}}) : std::nullopt;
}

Catalog::Contents rack() {
    Catalog::Contents contents;
    contents.server.interface = "eth0";
    contents.server.address = serverAddress;
    contents.server.network = Ipv4Network(serverAddress, 24);
    contents.server.gateway = host(1);
    contents.server.dns = {host(2), host(3)};
    contents.dhcp.range = *Ipv4Range::create(host(100), host(103));
    contents.dhcp.quarantine = *Ipv4Range::create(host(200), host(203));
    contents.defaultImageId = "rocky-9";
    contents.hostFiles.emplace("pxelinux.0", sliceOf(42430));
    contents.hostFiles.emplace("ldlinux.c32", sliceOf(119524));
    add(contents, rockyImage());
    return contents;
}

void add(Catalog::Contents& contents, const MachineBoot& machine) {
    contents.machines.insert_or_assign(machine.mac, std::make_shared<const MachineBoot>(machine));
}

void add(Catalog::Contents& contents, const ImageFiles& image) {
    contents.images.insert_or_assign(image.id, std::make_shared<const ImageFiles>(image));
}

DhcpMessage plainMessage(DhcpType type, MacAddress from) {
    DhcpMessage message;
    message.xid = 0xCAFE0001;
    std::copy(from.octets().begin(), from.octets().end(), message.chaddr.begin());
    message.set(DhcpOption::MessageType, static_cast<std::uint8_t>(type));
    return message;
}

DhcpMessage pxeMessage(DhcpType type, MacAddress from, std::uint16_t arch) {
    DhcpMessage message = plainMessage(type, from);
    message.flags = 0x8000;
    message.set(DhcpOption::MaxMessageSize, Bytes(std::array<std::uint8_t, 2>{0x05, 0xC0}));
    std::array<std::uint8_t, 17> uuid{};
    std::fill(uuid.begin() + 1, uuid.end(), std::uint8_t{0x44});
    message.set(DhcpOption::ClientUuid, Bytes(uuid));
    const std::array<std::uint8_t, 2> list{static_cast<std::uint8_t>(arch >> 8U),
                                           static_cast<std::uint8_t>(arch & 0xFFU)};
    message.set(DhcpOption::ClientArch, Bytes(list));
    const std::string digits = std::to_string(arch);
    message.set(
        DhcpOption::VendorClass,
        std::string_view("PXEClient:Arch:" + std::string(5 - digits.size(), '0') + digits + ":UNDI:003016"));
    return message;
}

DhcpMessage httpMessage(DhcpType type, MacAddress from) {
    DhcpMessage message = pxeMessage(type, from, 16);
    message.set(DhcpOption::VendorClass, std::string_view("HTTPClient:Arch:00016:UNDI:003001"));
    return message;
}

DhcpMessage ipxeMessage(DhcpType type, MacAddress from, std::uint16_t arch) {
    DhcpMessage message = pxeMessage(type, from, arch);
    message.set(DhcpOption::UserClass, std::string_view("iPXE"));
    return message;
}

DhcpMessage selecting(DhcpMessage message, Ipv4Address address) {
    message.set(DhcpOption::MessageType, static_cast<std::uint8_t>(DhcpType::Request));
    message.set(DhcpOption::ServerId, serverAddress);
    message.set(DhcpOption::RequestedAddress, address);
    return message;
}

std::string textOf(const std::optional<BootFile>& file) {
    if (!file)
        return "(none)";
    const auto* const rendered = std::get_if<std::shared_ptr<const std::string>>(&file->content);
    return rendered == nullptr ? "(slices)" : **rendered;
}

bool hasKernelLine(std::string_view config) {
    std::istringstream lines{std::string(config)};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        for (std::string word; words >> word;) {
            std::transform(word.begin(), word.end(), word.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
            if (word == "kernel" || word == "linux" || word == "linuxefi" || word == "initrd" ||
                word == "initrdefi" || word == "append" || word.find("vmlinuz") != std::string::npos)
                return true;
        }
    }
    return false;
}

} // namespace rackmuster::tests
