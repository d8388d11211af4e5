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

void addLoaders(const IsoImage& image, bool hasHostBiosLoader, MediaReport& report) {
    if (hasHostBiosLoader)
        report.loaders.push_back({.firmware = "bios", .path = "pxelinux.0", .source = "host"});
    else if (image.contains(packagedPxelinux))
        report.loaders.push_back({.firmware = "bios", .path = packagedPxelinux, .source = "rpm"});
    for (Loader& loader : findUefiLoaders(image))
        report.loaders.push_back(std::move(loader));
}

void noteLoaders(MediaReport& report) {
    const std::string& arch = report.distribution.arch;
    if (!report.isInstallable() || (!arch.empty() && arch != "x86_64" && arch != "amd64"))
        return;
    if (report.loaderFor("bios") == nullptr)
        report.notes.push_back({ErrorCode::NoBiosLoader, {}, {}});
    const Loader* const uefi = report.loaderFor("uefi-x64");
    if (uefi == nullptr)
        report.notes.push_back({ErrorCode::NoUefiLoader, {}, "x86-64"});
    else if (uefi->grubPath.empty())
        report.notes.push_back({ErrorCode::NoGrub, {}, uefi->path});
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

MediaReport inspect(const IsoImage& image, const std::string& file, bool hasHostBiosLoader) {
    MediaReport report;
    report.file = file;
    report.volumeId = image.volumeId();
    report.size = image.size();
    using Reader = std::optional<InstallTree> (*)(const IsoImage&);
    for (const Reader read : {&readRedHatTree, &readDebianTree, &readSuseTree}) {
        if (auto tree = read(image)) {
            report.distribution = std::move(tree->distribution);
            report.kernelPath = std::move(tree->boot.kernel);
            report.initrdPath = std::move(tree->boot.initrd);
            report.notes = std::move(tree->notes);
            break;
        }
    }
    if (report.distribution == Distribution())
        report.notes.push_back({ErrorCode::UnknownMedium, {}, {}});
    addLoaders(image, hasHostBiosLoader, report);
    report.repositories = repositoriesOf(image);
    noteLoaders(report);
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
