#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/Ipv4Address.h"
#include "core/base/MacAddress.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rackmuster::boot {

/// What a served file means for a machine's progress.
enum class FileRole : std::uint8_t {
    Loader,        ///< pxelinux, its modules, shim, grub.
    ParkedConfig,  ///< A configuration that only waits for approval.
    LocalConfig,   ///< A configuration that sends the machine to its own disk.
    InstallConfig, ///< A configuration that names a kernel.
    Kernel,
    Initrd,
    AnswerFile,     ///< Kickstart, preseed, autoinstall or AutoYaST, under a ticket.
    InstallerImage, ///< Stage 2 of the installer; Ubuntu's is the whole image.
    Metadata,       ///< repodata, dists, suse/setup/descr.
    Package,
    PostReport, ///< Fetched by the answer file when its last scripts begin.
    DoneReport, ///< Fetched by the answer file when the installation is complete.
    Other,
};

/// One run of bytes inside an open file.
struct FileSlice {
    std::shared_ptr<const FileDescriptor> file; ///< Null: zeros, which lie in no file.
    std::uint64_t offset = 0;                   ///< bytes
    std::uint64_t length = 0;                   ///< bytes
};

/// A file of our virtual tree: where its bytes are, and whose it is. A request string is looked up, never
/// joined to a directory (design rule A4).
struct BootFile {
    /// Slices in order, or bytes rendered for this request.
    std::variant<std::vector<FileSlice>, std::shared_ptr<const std::string>> content;
    FileRole role = FileRole::Other;
    std::optional<MacAddress> machine; ///< The machine the path or the peer address names.
    std::string etag;      ///< Strong, without quotes, stable over restarts (P55); empty for rendered bytes.
    bool isSecret = false; ///< Never logged, `Cache-Control: no-store` (R41).
    /// The asking address does not tell that it is `machine`, so only its Ethernet address may have it (R41).
    bool needsItsCard = false;
    std::vector<MacAddress> otherCards{}; ///< Of the same machine: as good as `machine` (R18).
    /// Handed over whole, it is all that the machine's ticket was for: the last file that a menu entry needs.
    bool spendsTicket = false;
    std::string_view mediaType; ///< Of static storage; empty: by its content.

    [[nodiscard]] std::uint64_t size() const;
};

/// Where TFTP and HTTP find what to send. Pure and thread-safe: a snapshot that never changes.
class BootFileSource {
public:
    virtual ~BootFileSource() = default;
    /// `path` as it came off the wire, already percent-decoded. Leading and doubled slashes and backslashes
    /// do not matter. `peer` is the asking address, 0.0.0.0 when unknown. Nothing means "not found".
    [[nodiscard]] virtual std::optional<BootFile> find(std::string_view path, Ipv4Address peer) const = 0;
};

/// The canonical spelling of a requested path: '/' between non-empty parts, none at the ends, backslash taken
/// as slash (R22), trailing 0xFF of odd firmware dropped. Nothing when a part is "." or "..", or a control
/// character stands in it.
[[nodiscard]] std::optional<std::string> canonicalPath(std::string_view path);

} // namespace rackmuster::boot
