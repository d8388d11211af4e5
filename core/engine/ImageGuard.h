#pragma once

#include "core/engine/ImageShelf.h"
#include "core/engine/ImageWatch.h"

#include <functional>
#include <memory>
#include <vector>

namespace rackmuster::engine {

/// Decides what may still be served of images whose files come, go and change (R44). Engine thread only.
///
/// An image is served from the file that was opened when it was imported, as long as nobody writes to that
/// file: see FileDescriptor::checkUnchanged() for the proof. A file that was moved, deleted or replaced by a
/// rename is still open and still right. One that was written to is not served any more; nor is one whose
/// medium is gone. When a file lies at the path again that recognise() knows, it is taken by itself.
class ImageGuard {
public:
    /// What follows for the work on an image.
    struct Consequences {
        std::function<void(KeptImage&)> goOn;                 ///< its file is (back) in its place
        std::function<void(KeptImage&, const Error&)> giveUp; ///< it is there, so what failed failed for good
        std::function<void(KeptImage&, LibraryImage)> prove;  ///< only all its bytes can tell
    };
    ImageGuard(ImageShelf& shelf, QObject& context, Consequences consequences);
    ~ImageGuard();
    ImageGuard(const ImageGuard&) = delete;
    ImageGuard& operator=(const ImageGuard&) = delete;

    void lookSoon() { m_watch.look(); }

private:
    [[nodiscard]] std::vector<WatchTarget> targets() const;
    void note(const std::vector<WatchFinding>& findings);
    /// True when the problem is another one now.
    bool note(KeptImage& kept, const WatchFinding& finding);
    bool noteInPlace(KeptImage& kept, const WatchFinding& finding);
    void readAgain(KeptImage& kept, const FileStamp& found);
    void consider(const QString& id, const FileStamp& found, const Result<LibraryImage>& image);
    void reject(KeptImage& kept, const FileStamp& found);

    ImageShelf& m_shelf;
    Consequences m_consequences;
    std::shared_ptr<Postbox> m_postbox;
    ImageWatch m_watch;
};

} // namespace rackmuster::engine
