#pragma once

#include "core/engine/BackgroundThread.h"
#include "core/engine/Postbox.h"
#include "core/engine/Snapshot.h"
#include "core/engine/SpeedMeter.h"

#include <QString>
#include <QTimer>

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <optional>

namespace rackmuster::engine {

/// The long work on images: one job an image, two at once, on threads that give way to installations. Engine
/// thread only.
class ImageJobs {
public:
    /// Told how many bytes are done; false: the job was cancelled.
    using Progress = std::function<bool(std::uint64_t done)>;
    enum class End {
        Done,
        Wait, ///< The file is gone: the job stays, and begins anew with resume().
    };
    /// Takes the outcome over, in the engine thread.
    using Finish = std::function<End()>;
    /// Runs on a thread of its own and touches only what it owns or shares.
    using Work = std::function<Finish(const Progress& progress)>;
    /// Called in the engine thread when the job's turn has come; an empty Work: it has to wait.
    using Prepare = std::function<Work()>;

    /// `changed` is called when what job() tells has changed, at most four times a second for progress.
    ImageJobs(QObject& context, std::function<void()> changed);
    ~ImageJobs();
    ImageJobs(const ImageJobs&) = delete;
    ImageJobs& operator=(const ImageJobs&) = delete;

    /// There must be no job() of that image.
    void start(const QString& imageId, ImageJob::Kind kind, std::uint64_t total, Prepare prepare);
    /// False when there was none. Its Finish is not called.
    bool cancel(const QString& imageId);
    /// A job that waits goes on.
    void resume(const QString& imageId);
    [[nodiscard]] std::optional<ImageJob> job(const QString& imageId) const;

private:
    enum class State { Queued, Running, Waiting, Cancelled };
    struct Entry {
        QString imageId;
        ImageJob job;
        Prepare prepare;
        State state = State::Queued;
        std::shared_ptr<std::atomic<std::uint64_t>> done;
        SpeedMeter speed;
        std::unique_ptr<BackgroundThread> thread;
    };
    using Place = std::list<Entry>::iterator;

    [[nodiscard]] Place find(const QString& imageId);
    [[nodiscard]] bool mayRun(const Entry& entry) const;
    void runNext();
    void run(Place entry, Work work);
    void finish(Place entry, const Finish& finish);
    void showProgress();

    std::shared_ptr<Postbox> m_postbox;
    std::function<void()> m_changed;
    std::list<Entry> m_entries; ///< in the order in which they were asked for
    QTimer m_progressTimer;
};

} // namespace rackmuster::engine
