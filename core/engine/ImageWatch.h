#pragma once

#include "core/base/FileDescriptor.h"
#include "core/base/FileStamp.h"
#include "core/engine/BackgroundThread.h"
#include "core/engine/Postbox.h"

#include <QString>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace rackmuster::engine {

/// A file to look after.
struct WatchTarget {
    QString imageId;
    std::string path;
    std::shared_ptr<const FileDescriptor> pinned; ///< the open file that is served; null: none is
    FileStamp stamp;                              ///< of the file when it was imported
    bool isDoubted = false;                       ///< read from it, as something failed
};

/// How it was found.
struct WatchFinding {
    enum class Pinned {
        None,       ///< no file is open
        Unchanged,  ///< its bytes are those that were imported
        Changed,    ///< somebody wrote to it or cut it
        Unreadable, ///< the medium is gone
    };

    QString imageId;
    std::optional<FileStamp> found; ///< of what lies at the path now; nothing: no file does
    Pinned pinned = Pinned::None;
    bool isRead = false; ///< bytes were read from the medium
};

/// Looks at one file. May block as long as the file system does.
[[nodiscard]] WatchFinding look(const WatchTarget& target, bool reads);

/// Looks after the files of all images once a second (R44), on a thread of its own. A mount that hangs is not
/// asked once more until it has answered, and blocks nobody. Lives in the thread of its context.
class ImageWatch {
public:
    ImageWatch(QObject& context, std::function<std::vector<WatchTarget>()> targets,
               std::function<void(const std::vector<WatchFinding>&)> found);
    ~ImageWatch();
    ImageWatch(const ImageWatch&) = delete;
    ImageWatch& operator=(const ImageWatch&) = delete;

    /// Now, unless a look is under way.
    void look();

private:
    std::shared_ptr<Postbox> m_postbox;
    std::function<std::vector<WatchTarget>()> m_targets;
    std::function<void(const std::vector<WatchFinding>&)> m_found;
    QTimer m_timer;
    unsigned m_looks = 0;
    std::unique_ptr<BackgroundThread> m_thread; ///< the look that is under way, or the last one
};

} // namespace rackmuster::engine
