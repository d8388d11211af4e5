#include "core/engine/KernelKeeper.h"

#include "core/boot/TreeFile.h"
#include "core/media/SingleFile.h"

#include <algorithm>

namespace rackmuster::engine {

namespace {

const std::string kernelName = "vmlinuz";

std::vector<std::string> filesOf(const KernelChoice& choice) {
    std::vector<std::string> out{choice.kernel.toStdString()};
    for (const QString& initrd : choice.initrds)
        out.push_back(initrd.toStdString());
    return out;
}

std::string identityOf(const KernelChoice& choice) {
    std::string out;
    for (const std::string& path : filesOf(choice))
        out += media::identityAt(path) + '/';
    return out;
}

/// "vmlinuz", "initrd-1.img", ...: as they stand below i/<id>/.
std::string nameInImage(std::size_t position) {
    return position == 0 ? kernelName : "initrd-" + std::to_string(position) + ".img";
}

Result<boot::ImageFiles> openFiles(const KernelChoice& choice) {
    boot::ImageFiles out;
    boot::MenuEntry entry;
    entry.title = choice.name.toStdString();
    entry.arguments = choice.arguments.toStdString();
    for (const std::string& path : filesOf(choice)) {
        auto file = media::openSingleFile(path);
        if (!file)
            return tl::unexpected(file.error());
        const std::string name = nameInImage(out.files.size());
        out.etagSeed += file->identity + '/';
        out.files.emplace(name, std::vector{std::move(file->content)});
        if (name == kernelName)
            entry.kernelPath = name;
        else
            entry.initrdPaths.push_back(name);
    }
    out.name = entry.title;
    out.entries.push_back(std::move(entry));
    return out;
}

} // namespace

Result<LibraryImage> makeKernelImage(const KernelChoice& choice) {
    const auto isControl = [](QChar c) {
        return c.category() == QChar::Other_Control;
    };
    if (choice.name.trimmed().isEmpty() || std::any_of(choice.name.begin(), choice.name.end(), isControl))
        return fail(ErrorCode::NotAllowed, "Adding the kernel under this name", "give it a name of one line");
    LibraryImage image;
    const std::string id = "k" + boot::etagFrom("kernel", choice.name.toStdString());
    image.info.id = QString::fromStdString(id);
    image.info.name = choice.name;
    image.info.path = choice.kernel;
    image.info.entries = QStringList{choice.name};
    auto files = openFiles(choice);
    if (!files) {
        image.info.problem = files.error();
        return image;
    }
    files->id = id;
    for (const auto& [name, slices] : files->files)
        image.info.size += slices.front().length;
    image.files = std::make_shared<const boot::ImageFiles>(std::move(*files));
    return image;
}

void KernelKeeper::put(const QString& imageId, const KernelChoice& choice) {
    m_kernels.insert_or_assign(imageId, Kernel{choice, identityOf(choice)});
}

const KernelChoice* KernelKeeper::find(const QString& imageId) const {
    const auto found = m_kernels.find(imageId);
    return found == m_kernels.end() ? nullptr : &found->second.choice;
}

std::vector<LibraryImage> KernelKeeper::refresh() {
    std::vector<LibraryImage> out;
    for (auto& [id, kernel] : m_kernels) {
        std::string now = identityOf(kernel.choice);
        if (now == kernel.identity)
            continue;
        kernel.identity = std::move(now);
        if (auto image = makeKernelImage(kernel.choice))
            out.push_back(std::move(*image));
    }
    return out;
}

} // namespace rackmuster::engine
