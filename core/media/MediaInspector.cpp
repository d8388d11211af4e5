#include "core/media/MediaInspector.h"

#include "core/media/InstallTree.h"
#include "core/media/IsoVolume.h"
#include "core/media/LoaderAudit.h"
#include "core/media/RpmLoaders.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <sys/stat.h>

namespace rackmuster::media {

namespace {

constexpr std::uint64_t fourGibibytes = 1ULL << 32U;
const std::string packagedPxelinux = std::string(rpmBiosDirectory) + "pxelinux.0";

/// 16 hex digits of SHA-256: an identity, not a proof.
std::string shortHash(const QByteArray& bytes) {
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(16).toStdString();
}

/// Directories with RPM repository metadata, and the root of a Debian archive.
std::vector<std::string> repositoriesOf(const IsoImage& image) {
    constexpr std::string_view metadata = "repodata/repomd.xml";
    std::set<std::string> out;
    for (const auto& [path, slices] : image.files()) {
        if (path == metadata || (path.starts_with("dists/") && path.ends_with("/Release") &&
                                 std::count(path.begin(), path.end(), '/') == 2))
            out.emplace(".");
        else if (path.ends_with("/" + std::string(metadata)))
            out.insert(path.substr(0, path.size() - metadata.size() - 1));
    }
    return {out.begin(), out.end()};
}

/// Architectures whose machines our loaders reach, by the firmware that they have.
struct Architecture {
    std::string_view name;
    std::string_view uefi;
    std::string_view spoken;
    bool hasBios;
};
constexpr std::array<Architecture, 9> architectures{{{"x86_64", "uefi-x64", "x86-64", true},
                                                     {"amd64", "uefi-x64", "x86-64", true},
                                                     {"i386", "uefi-ia32", "i386", true},
                                                     {"i486", "uefi-ia32", "i386", true},
                                                     {"i586", "uefi-ia32", "i386", true},
                                                     {"i686", "uefi-ia32", "i386", true},
                                                     {"multi-arch", "uefi-x64", "x86-64", true},
                                                     {"arm64", "uefi-arm64", "arm64", false},
                                                     {"aarch64", "uefi-arm64", "arm64", false}}};

/// Null for one that we cannot serve. One that nobody names is taken for that of most servers.
const Architecture* architectureOf(const Distribution& distribution) {
    if (distribution.arch.empty())
        return architectures.data();
    const auto* const found =
        std::find_if(architectures.begin(), architectures.end(),
                     [&](const Architecture& one) { return one.name == distribution.arch; });
    return found == architectures.end() ? nullptr : found;
}

bool hasAnythingToStart(const MediaReport& report) {
    return (!report.kernelPath.empty() && !report.initrdPath.empty()) || !report.entries.empty();
}

void addLoaders(const IsoImage& image, bool hasHostBiosLoader, MediaReport& report) {
    if (image.contains(packagedPxelinux))
        report.loaders.push_back({.firmware = "bios", .path = packagedPxelinux, .source = "rpm"});
    else if (hasHostBiosLoader)
        report.loaders.push_back({.firmware = "bios", .path = "pxelinux.0", .source = "host"});
    // What refuses the loader of another architecture's machines is not this image's trouble.
    const Architecture* const arch = architectureOf(report.distribution);
    for (AuditedLoader& audited : findUefiLoaders(image)) {
        const bool isNoted =
            arch != nullptr && audited.loader.firmware == arch->uefi && hasAnythingToStart(report);
        if (isNoted && audited.objection)
            report.notes.push_back(std::move(*audited.objection));
        report.loaders.push_back(std::move(audited.loader));
    }
}

/// The tree of the first family that knows the image.
std::optional<InstallTree> treeOf(const IsoImage& image, const BootMenus& menus) {
    using Reader = std::optional<InstallTree> (*)(const IsoImage&, const BootMenus&);
    for (const Reader read :
         {&readRedHatTree, &readDebianTree, &readSuseTree, &readEsxiTree, &readMemtestTree}) {
        if (auto tree = read(image, menus))
            return tree;
    }
    return std::nullopt;
}

/// An image that none knows, with a menu of its own or without.
InstallTree unknownTree(const IsoImage& image, const BootMenus& menus) {
    InstallTree tree;
    const bool startsAny = std::any_of(menus.entries.begin(), menus.entries.end(), &startsByNetwork);
    if (menus.entries.empty())
        tree.notes.push_back({ErrorCode::UnknownMedium, {}, {}});
    else if (!startsAny)
        tree.notes.push_back({ErrorCode::LiveMedium, {}, image.volumeId()});
    return tree;
}

/// What stands in the way of machines that the image is for. Of arm64 only its own loader can start one.
void noteMachines(MediaReport& report) {
    const Architecture* const arch = architectureOf(report.distribution);
    const auto first = report.notes.begin();
    if (arch == nullptr) {
        report.notes.insert(first, {ErrorCode::OtherProcessor, {}, report.distribution.arch});
        return;
    }
    if (!hasAnythingToStart(report))
        return;
    if (!arch->hasBios && report.loaderFor(arch->uefi) == nullptr)
        report.notes.insert(first, {ErrorCode::NoUefiLoader, {}, std::string(arch->spoken)});
    else if (arch->hasBios && report.loaderFor("bios") == nullptr)
        report.notes.push_back({ErrorCode::NoBiosLoader, {}, {}});
    if (arch->uefi == "uefi-x64" && report.isInstallable() && report.loaderFor(arch->uefi) == nullptr)
        report.notes.push_back({ErrorCode::NoUefiLoader, {}, std::string(arch->spoken)});
}

void noteContent(const IsoImage& image, MediaReport& report) {
    if (image.isUdfUnread() && image.size() > fourGibibytes)
        report.notes.push_back({ErrorCode::UdfUnread, {}, {}});
    if (!image.skipped().empty())
        report.notes.push_back({ErrorCode::EntriesLeftOut, {}, image.skipped().front()});
}

} // namespace

const Loader* MediaReport::loaderFor(std::string_view firmware) const {
    const auto found = std::find_if(loaders.begin(), loaders.end(),
                                    [firmware](const Loader& loader) { return loader.firmware == firmware; });
    return found == loaders.end() ? nullptr : &*found;
}

std::string textOf(const IsoImage& image, const std::string& path) {
    return image.readText(path).value_or("");
}

bool hasBoth(const IsoImage& image, const KernelPair& pair) {
    return image.contains(pair.kernel) && image.contains(pair.initrd);
}

KernelPair pairOf(const boot::MenuEntry& entry) {
    return {entry.kernelPath, entry.initrdPaths.empty() ? std::string() : entry.initrdPaths.front()};
}

bool MediaReport::canStart() const {
    const Architecture* const arch = architectureOf(distribution);
    return arch != nullptr && (arch->hasBios || loaderFor(arch->uefi) != nullptr);
}

bool MediaReport::isInstallable() const {
    return !kernelPath.empty() && !initrdPath.empty() && canStart();
}

bool MediaReport::isImportable() const {
    return isInstallable() || (canStart() && std::any_of(entries.begin(), entries.end(), &startsByNetwork));
}

MediaReport inspect(const IsoImage& image, const std::string& file, bool hasHostBiosLoader) {
    MediaReport report;
    report.file = file;
    report.volumeId = image.volumeId();
    report.size = image.size();
    const MenuTree paths(image.files(), [&image](const std::string& path) { return textOf(image, path); });
    BootMenus menus = readBootMenus(paths);
    InstallTree tree = treeOf(image, menus).value_or(unknownTree(image, menus));
    report.distribution = std::move(tree.distribution);
    report.kernelPath = std::move(tree.boot.kernel);
    report.initrdPath = std::move(tree.boot.initrd);
    report.notes = std::move(tree.notes);
    report.entries = std::move(menus.entries);
    std::move(tree.entries.begin(), tree.entries.end(), std::back_inserter(report.entries));
    report.repositories = repositoriesOf(image);
    addLoaders(image, hasHostBiosLoader, report);
    noteMachines(report);
    noteContent(image, report);
    for (Error& note : report.notes)
        note.subject = file;
    return report;
}

boot::ImageFiles toImageFiles(const IsoImage& image, const MediaReport& report, const std::string& id) {
    boot::ImageFiles out;
    out.id = id;
    out.name = report.distribution.name.empty() ? report.volumeId : report.distribution.title();
    out.family = report.distribution.family;
    out.version = report.distribution.version;
    out.suite = report.distribution.suite;
    out.kernelPath = report.kernelPath;
    out.initrdPath = report.initrdPath;
    for (const Loader& loader : report.loaders) {
        const auto firmware = boot::firmwareFromWord(loader.firmware);
        if (firmware && *firmware != boot::Firmware::Bios)
            out.uefiLoaders.emplace(*firmware,
                                    boot::UefiLoader{loader.path, loader.grubPath, loader.linuxCommand});
    }
    out.repositories = report.repositories;
    out.entries = report.entries;
    out.files = image.files();
    out.whole = {image.file(), 0, image.size()};
    for (const auto& [path, slices] : image.files()) {
        if (path.starts_with(rpmBiosDirectory))
            out.biosLoader.emplace(path.substr(rpmBiosDirectory.size()), slices);
    }
    struct stat status {};
    QByteArray seed = QByteArray::fromStdString(id + "-" + std::to_string(image.size()));
    if (::fstat(image.file()->get(), &status) == 0)
        seed += '-' + QByteArray::number(qint64{status.st_mtim.tv_sec}) + '.' +
                QByteArray::number(qint64{status.st_mtim.tv_nsec});
    out.etagSeed = shortHash(seed);
    return out;
}

Result<std::string> imageIdOf(const IsoImage& image) {
    constexpr std::uint64_t primaryDescriptor = 16; // sector
    std::array<std::uint8_t, isoSectorSize> sector{};
    if (const auto read = image.file()->readExactly(primaryDescriptor * isoSectorSize, sector); !read)
        return tl::unexpected(read.error());
    QByteArray bytes(reinterpret_cast<const char*>(sector.data()), static_cast<qsizetype>(sector.size()));
    bytes += QByteArray::number(static_cast<qulonglong>(image.size()));
    return shortHash(bytes);
}

} // namespace rackmuster::media
