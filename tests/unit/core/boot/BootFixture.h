#pragma once

#include "core/boot/Catalog.h"
#include "core/boot/LeaseTable.h"
#include "core/wire/Dhcp.h"

#include <string>
#include <string_view>

namespace rackmuster::tests {

// A small rack: server 192.168.0.251/24, range .100-.103, quarantine .200-.203, one Rocky 9 image with
// loaders.

inline const Ipv4Address serverAddress(192, 168, 0, 251);
inline const std::string ticket = "0123456789abcdef0123456789abcdef";
/// A fixed moment.
inline const Instant noon{std::chrono::hours(12)};

/// 52:54:00:00:00:<last>
[[nodiscard]] MacAddress mac(std::uint8_t last);
[[nodiscard]] Ipv4Address host(std::uint8_t last);

[[nodiscard]] boot::MachineBoot parkedMachine(std::uint8_t last);
/// Approved for the Rocky image, slot 12, node-12.
[[nodiscard]] boot::MachineBoot approvedMachine(std::uint8_t last);
/// Approved for an entry of the Rocky image's menu.
[[nodiscard]] boot::MachineBoot approvedFor(std::uint8_t last, const std::string& entry);
/// With a menu: "Install", "Rescue a system" of two initrds, "Memory test" of none, "UEFI memory test".
[[nodiscard]] boot::ImageFiles rockyImage();
[[nodiscard]] boot::ImageFiles debianImage();
/// Noble's live server, with the image's own file.
[[nodiscard]] boot::ImageFiles ubuntuImage();
[[nodiscard]] boot::ImageFiles suseImage(const std::string& version = "15.6");
/// A folder with one file, sub/a.rpm.
class OneFileFolder final : public boot::FolderFiles {
public:
    [[nodiscard]] std::optional<boot::BootFile> find(const std::string& path) const override;
    [[nodiscard]] std::optional<std::vector<boot::FolderEntry>> list(const std::string& path) const override;
};

[[nodiscard]] boot::Catalog::Contents rack();
void add(boot::Catalog::Contents& contents, const boot::MachineBoot& machine);
void add(boot::Catalog::Contents& contents, const boot::ImageFiles& image);

[[nodiscard]] wire::DhcpMessage plainMessage(wire::DhcpType type, MacAddress from);
/// As a card's PXE ROM or UEFI sends it: options 60, 93, 94, 97.
[[nodiscard]] wire::DhcpMessage pxeMessage(wire::DhcpType type, MacAddress from, std::uint16_t arch = 0);
[[nodiscard]] wire::DhcpMessage httpMessage(wire::DhcpType type, MacAddress from);
[[nodiscard]] wire::DhcpMessage ipxeMessage(wire::DhcpType type, MacAddress from, std::uint16_t arch = 0);
/// A REQUEST in SELECTING state for `address` of our offer.
[[nodiscard]] wire::DhcpMessage selecting(wire::DhcpMessage message, Ipv4Address address);

/// Content of a rendered file; "(slices)" for file slices, "(none)" when absent.
[[nodiscard]] std::string textOf(const std::optional<boot::BootFile>& file);
/// Whether any line begins with a loader's command for a kernel or initrd.
[[nodiscard]] bool hasKernelLine(std::string_view config);

} // namespace rackmuster::tests
