// What the engine serves besides its images: folders, extra initrds, kernels of the operator's own.

#include "core/engine/EngineCore.h"

#include <QFileInfo>

namespace rackmuster::engine {

namespace {

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

/// The program may be started elsewhere next time.
QString absolute(const QString& path) {
    return QFileInfo(path).absoluteFilePath();
}

QStringList absolute(const QStringList& paths) {
    QStringList out;
    for (const QString& path : paths)
        out.append(absolute(path));
    return out;
}

QStringList toStrings(const std::vector<std::string>& paths) {
    QStringList out;
    for (const std::string& path : paths)
        out.append(text(path));
    return out;
}

std::vector<std::string> fromStrings(const QStringList& paths) {
    std::vector<std::string> out;
    for (const QString& path : paths)
        out.push_back(path.toStdString());
    return out;
}

} // namespace

Result<void> Engine::Core::restoreFiles() {
    const storage::FileSourceRepository stored = m_database.fileSources();
    const auto folders = stored.loadFolders();
    const auto extras = stored.loadExtraInitrds();
    const auto kernels = stored.loadKernels();
    if (!folders)
        return tl::unexpected(folders.error());
    if (!extras)
        return tl::unexpected(extras.error());
    if (!kernels)
        return tl::unexpected(kernels.error());
    for (const storage::StoredFolder& folder : *folders)
        m_folders.restore(text(folder.name), text(folder.path));
    for (const auto& [id, paths] : *extras)
        m_images.library().setExtraInitrds(text(id), ExtraInitrds(toStrings(paths)));
    for (const storage::StoredKernel& kernel : *kernels) {
        const KernelChoice choice{text(kernel.name), text(kernel.kernel), toStrings(kernel.initrds),
                                  text(kernel.arguments)};
        auto image = makeKernelImage(choice);
        if (!image)
            return tl::unexpected(image.error());
        m_kernels.put(image->info.id, choice);
        m_images.library().put(std::move(*image));
    }
    m_watchTimer.start();
    return {};
}

void Engine::Core::watchFiles() {
    const bool haveFoldersChanged = m_folders.refresh();
    bool haveImagesChanged = m_images.library().refreshExtraInitrds();
    for (LibraryImage& image : m_kernels.refresh()) {
        m_images.library().put(std::move(image));
        haveImagesChanged = true;
    }
    if (!haveFoldersChanged && !haveImagesChanged)
        return;
    refreshEverything();
    if (haveFoldersChanged)
        Q_EMIT m_engine.foldersChanged(m_folders.infos(m_publisher.server()));
    if (haveImagesChanged)
        Q_EMIT m_engine.imagesChanged(m_images.library().infos());
}

Result<void> Engine::Core::setExtraInitrds(const QString& image, const QStringList& paths) {
    const LibraryImage* const known = m_images.library().find(image);
    if (known == nullptr)
        return fail(ErrorCode::UnknownImage, image.toStdString());
    ExtraInitrds extras(absolute(paths));
    if (extras.problem())
        return tl::unexpected(*extras.problem());
    const QString id = known->info.id;
    auto stored = m_database.fileSources().putExtraInitrds(id.toStdString(), fromStrings(extras.paths()));
    if (!stored)
        return stored;
    m_images.library().setExtraInitrds(id, std::move(extras));
    showImages();
    return {};
}

Result<QString> Engine::Core::addKernel(const KernelChoice& given) {
    const KernelChoice choice{given.name, absolute(given.kernel), absolute(given.initrds),
                              given.arguments.simplified()};
    auto image = makeKernelImage(choice);
    if (!image)
        return tl::unexpected(image.error());
    if (image->info.problem)
        return tl::unexpected(*image->info.problem);
    const QString id = image->info.id;
    if (const LibraryImage* const other = m_images.library().find(choice.name); other && other->info.id != id)
        return fail(ErrorCode::Duplicate, "an image", choice.name.toStdString());
    const auto stored =
        m_database.fileSources().putKernel({choice.name.toStdString(), choice.kernel.toStdString(),
                                            fromStrings(choice.initrds), choice.arguments.toStdString()});
    if (!stored)
        return tl::unexpected(stored.error());
    m_kernels.put(id, choice);
    m_images.library().put(std::move(*image));
    showImages();
    return id;
}

Result<void> Engine::Core::forgetKernel(const QString& imageId) {
    const KernelChoice* const kernel = m_kernels.find(imageId);
    const storage::FileSourceRepository stored = m_database.fileSources();
    if (kernel != nullptr) {
        if (auto removed = stored.removeKernel(kernel->name.toStdString()); !removed)
            return removed;
        m_kernels.remove(imageId);
    }
    return stored.putExtraInitrds(imageId.toStdString(), {});
}

Result<void> Engine::Core::addFolder(const QString& name, const QString& path) {
    const QString place = absolute(path);
    if (auto put = m_folders.put(name, place); !put)
        return put;
    if (auto stored = m_database.fileSources().putFolder({name.toStdString(), place.toStdString()}); !stored)
        return stored;
    refreshEverything();
    Q_EMIT m_engine.foldersChanged(m_folders.infos(m_publisher.server()));
    return {};
}

Result<void> Engine::Core::removeFolder(const QString& name) {
    if (!m_folders.remove(name))
        return fail(ErrorCode::NotAllowed, "Removing the folder " + name.toStdString(), "there is none");
    if (auto stored = m_database.fileSources().removeFolder(name.toStdString()); !stored)
        return stored;
    refreshEverything();
    Q_EMIT m_engine.foldersChanged(m_folders.infos(m_publisher.server()));
    return {};
}

} // namespace rackmuster::engine
