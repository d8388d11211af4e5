#include "core/engine/ImageLibrary.h"

#include "core/engine/ConfinedReader.h"
#include "core/media/FileDigest.h"
#include "core/media/MediaInspector.h"

#include <QElapsedTimer>
#include <QFuture>
#include <QThreadPool>
#include <QtConcurrent>

#include <algorithm>
#include <fcntl.h>
#include <utility>

namespace rackmuster::engine {

namespace {

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

ImageInfo describe(const media::MediaReport& report, const QString& path, const std::string& id) {
    ImageInfo info;
    info.id = text(id);
    info.path = path;
    info.name = text(report.distribution.name);
    info.version = text(report.distribution.version);
    if (!info.version.isEmpty())
        info.name += QLatin1Char(' ') + info.version;
    if (info.name.isEmpty())
        info.name = text(report.volumeId);
    info.arch = text(report.distribution.arch);
    info.family = report.distribution.family;
    info.size = report.size;
    for (const media::Loader& loader : report.loaders) {
        info.hasBios = info.hasBios || loader.firmware == "bios";
        info.hasUefi = info.hasUefi || loader.firmware.starts_with("uefi");
        info.hasSecureBoot = info.hasSecureBoot || loader.isSecureBoot;
        if (loader.firmware.starts_with("uefi") && info.loaderSource.isEmpty())
            info.loaderSource = text(loader.source);
    }
    info.notes = report.notes;
    for (const std::string& repository : report.repositories)
        info.repositories.append(text(repository));
    for (const boot::MenuEntry& entry : report.entries)
        info.entries.append(text(entry.title));
    return info;
}

/// The same image out of a descriptor that trusts its file, as only this program writes to it: such a file
/// goes out by sendfile.
Result<LibraryImage> trusted(LibraryImage image) {
    FileDescriptor file(::open(image.file->path().c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.isOpen())
        return failSystem("Opening " + image.file->path());
    const auto own = std::make_shared<const FileDescriptor>(std::move(file));
    auto files = std::make_shared<boot::ImageFiles>(*image.files);
    for (auto* const map : {&files->files, &files->biosLoader}) {
        for (auto& [path, slices] : *map) {
            for (boot::FileSlice& slice : slices)
                slice.file = slice.file == image.file ? own : slice.file;
        }
    }
    files->whole.file = own;
    image.files = std::move(files);
    image.file = own;
    return image;
}

} // namespace

Result<LibraryImage> openImage(const QString& path, FileOwner owner, const std::stop_token& stop) {
    auto image = readImage(path, stop);
    if (!image)
        return image;
    image->file = image->files->whole.file;
    auto ends = media::digestEnds(*image->file);
    if (!ends)
        return tl::unexpected(ends.error());
    image->stamp = *image->file->stamp();
    image->ends = std::move(*ends);
    return owner == FileOwner::Us ? trusted(std::move(*image)) : image;
}

Result<LibraryImage> readImage(const QString& path, const std::stop_token& stop) {
    QElapsedTimer timer;
    timer.start();
    const bool hasBiosLoader = media::hostLoaderFiles().contains("pxelinux.0");
    const auto medium = ConfinedReader().read(path.toStdString(), hasBiosLoader, stop);
    if (!medium)
        return tl::unexpected(medium.error());
    auto image = toLibraryImage(*medium, path);
    if (image)
        image->info.importSeconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    return image;
}

std::vector<Result<LibraryImage>> openImages(const std::vector<ImagePlace>& places) {
    constexpr int atATime = 2; // a disk of the turning kind gets slower with each
    QThreadPool readers;
    readers.setMaxThreadCount(atATime);
    std::vector<QFuture<Result<LibraryImage>>> reading;
    std::transform(
        places.begin(), places.end(), std::back_inserter(reading), [&readers](const ImagePlace& place) {
            return QtConcurrent::run(&readers, [place] { return openImage(place.path, place.owner); });
        });
    std::vector<Result<LibraryImage>> images;
    std::transform(reading.begin(), reading.end(), std::back_inserter(images),
                   [](QFuture<Result<LibraryImage>>& one) { return one.takeResult(); });
    return images;
}

Result<LibraryImage> toLibraryImage(const media::Medium& medium, const QString& path) {
    const auto& [image, report] = medium;
    if (!report.isImportable())
        return tl::unexpected(report.notes.front());
    auto id = media::imageIdOf(image);
    if (!id)
        return tl::unexpected(id.error());

    LibraryImage read;
    read.info = describe(report, path, *id);
    auto files = media::toImageFiles(image, report, *id);
    files.name = read.info.name.toStdString();
    read.files = std::make_shared<const boot::ImageFiles>(std::move(files));
    return read;
}

void ImageLibrary::put(LibraryImage image) {
    const QString id = image.info.id;
    append(image);
    m_images.insert_or_assign(id, std::move(image));
}

void ImageLibrary::setExtraInitrds(const QString& id, ExtraInitrds extras) {
    m_extras.insert_or_assign(id, std::move(extras));
    if (const auto known = m_images.find(id); known != m_images.end())
        append(known->second);
}

bool ImageLibrary::refreshExtraInitrds() {
    bool isChanged = false;
    for (auto& [id, extras] : m_extras) {
        const auto image = m_images.find(id);
        if (image == m_images.end() || !extras.refresh())
            continue;
        append(image->second);
        isChanged = true;
    }
    return isChanged;
}

void ImageLibrary::append(LibraryImage& image) const {
    const auto found = m_extras.find(image.info.id);
    if (found == m_extras.end())
        return;
    const ExtraInitrds& extras = found->second;
    image.info.extraInitrds = extras.paths();
    image.initrdProblem = extras.problem();
    if (image.files)
        image.files = extras.appendedTo(*image.files);
}

void ImageLibrary::remove(const QString& id) {
    m_extras.erase(id);
    m_images.erase(id);
}

const LibraryImage* ImageLibrary::find(const QString& idOrName) const {
    if (const auto byId = m_images.find(idOrName); byId != m_images.end())
        return &byId->second;
    const auto byName = std::find_if(m_images.begin(), m_images.end(), [&](const auto& entry) {
        return entry.second.info.name.compare(idOrName, Qt::CaseInsensitive) == 0;
    });
    return byName == m_images.end() ? nullptr : &byName->second;
}

const LibraryImage* ImageLibrary::onlyOne() const {
    if (m_images.size() == 1)
        return &m_images.begin()->second;
    const auto isChoice = [](const auto& entry) {
        return entry.second.files == nullptr || entry.second.isInstallable();
    };
    const auto found = std::find_if(m_images.begin(), m_images.end(), isChoice);
    const bool isOnly = std::count_if(m_images.begin(), m_images.end(), isChoice) == 1;
    return isOnly ? &found->second : nullptr;
}

std::vector<ImageInfo> ImageLibrary::infos() const {
    std::vector<ImageInfo> out;
    for (const auto& [id, image] : m_images) {
        out.push_back(image.info);
        if (!image.info.problem)
            out.back().problem = image.initrdProblem;
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const ImageInfo& a, const ImageInfo& b) { return a.name < b.name; });
    return out;
}

std::map<std::string, std::shared_ptr<const boot::ImageFiles>> ImageLibrary::files() const {
    std::map<std::string, std::shared_ptr<const boot::ImageFiles>> out;
    for (const auto& [id, image] : m_images) {
        if (image.files)
            out.emplace(id.toStdString(), image.files);
    }
    return out;
}

} // namespace rackmuster::engine
