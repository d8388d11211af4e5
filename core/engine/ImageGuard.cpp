#include "core/engine/ImageGuard.h"

#include "core/engine/ImageIdentity.h"

#include <utility>

namespace rackmuster::engine {

namespace {

using Pinned = WatchFinding::Pinned;

Error problemOf(const KeptImage& kept, ErrorCode code) {
    return {code, kept.stored.path, {}};
}

/// Reading may go better next time, on the same file.
bool isPassing(const Error& error) {
    return error.code == ErrorCode::NoSuchFile || error.code == ErrorCode::System ||
           error.code == ErrorCode::Truncated;
}

} // namespace

ImageGuard::ImageGuard(ImageShelf& shelf, QObject& context, Consequences consequences)
    : m_shelf(shelf), m_consequences(std::move(consequences)), m_postbox(std::make_shared<Postbox>(context)),
      m_watch(
          context, [this] { return targets(); },
          [this](const std::vector<WatchFinding>& findings) { note(findings); }) {}

ImageGuard::~ImageGuard() {
    m_postbox->close();
}

std::vector<WatchTarget> ImageGuard::targets() const {
    std::vector<WatchTarget> out;
    for (const auto& [id, kept] : m_shelf.all())
        // Names come back before bytes do, or never went.
        out.push_back({kept.id(), kept.stored.path, kept.image.file, kept.stamp(),
                       kept.doubt.has_value() || !kept.isServed});
    return out;
}

void ImageGuard::note(const std::vector<WatchFinding>& findings) {
    bool isChanged = false;
    for (const WatchFinding& finding : findings) {
        if (KeptImage* const kept = m_shelf.find(finding.imageId))
            isChanged = note(*kept, finding) || isChanged;
    }
    if (isChanged)
        m_shelf.reports().servedChanged();
}

bool ImageGuard::note(KeptImage& kept, const WatchFinding& finding) {
    const bool isInPlace =
        finding.pinned == Pinned::Unchanged && finding.found && finding.found->isSameFile(kept.image.stamp);
    if (isInPlace)
        return noteInPlace(kept, finding);
    if (finding.found) {
        readAgain(kept, *finding.found);
    } else { // what comes next is another file, or the same after a pause
        kept.rejected.reset();
        kept.seen.reset();
    }
    switch (finding.pinned) {
    case Pinned::Unchanged:
        return m_shelf.setProblem(kept, problemOf(kept, ErrorCode::FileMoved), true);
    case Pinned::Changed:
        return m_shelf.setProblem(kept, problemOf(kept, ErrorCode::FileChanged), false);
    case Pinned::Unreadable: // a mount may go on to show names of what is gone
        kept.doubt.reset();
        return m_shelf.setProblem(kept, problemOf(kept, ErrorCode::FileGone), false);
    case Pinned::None:
        break;
    }
    // What lies there, if anything does, is being read: it may be the one.
    return !finding.found && m_shelf.setProblem(kept, problemOf(kept, ErrorCode::FileGone), false);
}

bool ImageGuard::noteInPlace(KeptImage& kept, const WatchFinding& finding) {
    const bool isChanged = m_shelf.setProblem(kept, std::nullopt, true);
    if (isChanged)
        m_consequences.goOn(kept);
    else if (kept.doubt && finding.isRead)
        m_consequences.giveUp(kept, Error(*kept.doubt));
    return isChanged;
}

/// Once for each file that appears, and not before it has stopped growing.
void ImageGuard::readAgain(KeptImage& kept, const FileStamp& found) {
    if (kept.rejected == found || (kept.reader && !kept.reader->hasEnded()))
        return;
    if (kept.seen != found) {
        kept.seen = found;
        return;
    }
    kept.reader = std::make_shared<BackgroundThread>(
        "image reader", BackgroundThread::Priority::Normal,
        [this, id = kept.id(), path = kept.path(), owner = kept.owner(), found,
         postbox = m_postbox](const std::atomic<bool>& /*isEnding*/) {
            postbox->post([this, id, found, image = openImage(path, owner)] { consider(id, found, image); });
        });
}

void ImageGuard::consider(const QString& id, const FileStamp& found, const Result<LibraryImage>& image) {
    KeptImage* const kept = m_shelf.find(id);
    if (kept == nullptr || (!image && isPassing(image.error())))
        return;
    if (!image) {
        reject(*kept, found);
        return;
    }
    const Recognition recognition = recognise(kept->stored, *image);
    switch (recognition) {
    case Recognition::Different:
        reject(*kept, found);
        return;
    case Recognition::NeedsProof:
        reject(*kept, found);
        if (!kept->stored.sha256.empty())
            m_consequences.prove(*kept, *image);
        return;
    case Recognition::Renewed:
        ImageShelf::forgetCheck(*kept);
        break;
    case Recognition::Same:
        break;
    }
    ImageShelf::takeOver(*kept, *image);
    m_shelf.settle(*kept);
    m_shelf.tell(*kept, "image-back");
    m_consequences.goOn(*kept);
    m_shelf.reports().servedChanged();
}

void ImageGuard::reject(KeptImage& kept, const FileStamp& found) {
    kept.rejected = found;
    // Of an open file the looks tell more.
    if (!kept.image.file && m_shelf.setProblem(kept, problemOf(kept, ErrorCode::FileChanged), false))
        m_shelf.reports().servedChanged();
}

} // namespace rackmuster::engine
