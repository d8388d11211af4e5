#pragma once

#include "core/base/Result.h"
#include "core/engine/ImageGuard.h"
#include "core/engine/ImageShelf.h"
#include "core/engine/ImageWorks.h"
#include "core/storage/StateDatabase.h"

#include <QString>

namespace rackmuster::engine {

/// The images: their memory (ImageShelf), the work on them (ImageWorks) and the watch over their files
/// (ImageGuard). Engine thread only.
class ImageKeeper {
public:
    struct Options {
        QString stateDirectory;
        bool resumesCopies = false;   ///< Copies that were under way when the program ended go on.
        bool verifiesImports = false; ///< What was never verified is.
    };
    /// `database` and `context`, an object of the engine thread, are not owned and outlive this object.
    ImageKeeper(storage::StateDatabase& database, QObject& context, Options options, ImageReports reports);

    /// The images as they were, read again; begins the work that the options ask for. Error: Database.
    [[nodiscard]] Result<void> load();

    /// A new image, or a known one read again; its id. Errors: AlreadyImported, Database.
    [[nodiscard]] Result<QString> add(LibraryImage image);
    /// With our own copy of its file. Errors: UnknownImage, Database.
    [[nodiscard]] Result<void> remove(const QString& id);
    /// Errors: UnknownImage, Malformed for an empty name, Duplicate, Database.
    [[nodiscard]] Result<void> rename(const QString& id, const QString& name);
    /// Reads the whole file; compares with `pastedSum`, else with checksum files beside it, and with the sum
    /// inside it. Errors: UnknownImage, Malformed for the pasted text, NotAllowed while other work runs on
    /// it.
    [[nodiscard]] Result<void> verify(const QString& id, const QString& pastedSum);
    /// Into the library; the image is served meanwhile. Errors: UnknownImage, NotAllowed, NoSuchFile,
    /// Database.
    [[nodiscard]] Result<void> copy(const QString& id);
    /// What a cancelled copy has so far is kept for the next one. Errors: UnknownImage, NotAllowed, Database.
    [[nodiscard]] Result<void> cancelJob(const QString& id);

    [[nodiscard]] const ImageLibrary& library() const { return m_shelf.library(); }
    /// For what is in it besides the images: kernels of the operator's own, and extra initrds.
    [[nodiscard]] ImageLibrary& library() { return m_shelf.library(); }

private:
    /// Its file is in its place.
    void goOn(KeptImage& kept);

    Options m_options;
    ImageShelf m_shelf;
    ImageWorks m_works;
    ImageGuard m_guard;
};

} // namespace rackmuster::engine
