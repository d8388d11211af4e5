#include "core/engine/ImageJobs.h"

#include <algorithm>
#include <utility>

namespace rackmuster::engine {

namespace {

using namespace std::chrono_literals;

constexpr auto progressInterval = 250ms;
constexpr int mostAtOnce = 2;

} // namespace

ImageJobs::ImageJobs(QObject& context, std::function<void()> changed)
    : m_postbox(std::make_shared<Postbox>(context)), m_changed(std::move(changed)) {
    m_progressTimer.setInterval(progressInterval);
    QObject::connect(&m_progressTimer, &QTimer::timeout, &context, [this] { showProgress(); });
}

ImageJobs::~ImageJobs() {
    m_postbox->close();
    for (const Entry& entry : m_entries) { // all are asked before one is waited for
        if (entry.thread)
            entry.thread->end();
    }
}

void ImageJobs::start(const QString& imageId, ImageJob::Kind kind, std::uint64_t total, Prepare prepare) {
    Entry entry;
    entry.imageId = imageId;
    entry.job.kind = kind;
    entry.job.total = total;
    entry.prepare = std::move(prepare);
    m_entries.push_back(std::move(entry));
    runNext();
    m_changed();
}

bool ImageJobs::cancel(const QString& imageId) {
    const Place entry = find(imageId);
    if (entry == m_entries.end())
        return false;
    if (entry->thread) { // it goes when its thread has ended
        entry->thread->end();
        entry->state = State::Cancelled;
    } else {
        m_entries.erase(entry);
    }
    m_changed();
    return true;
}

void ImageJobs::resume(const QString& imageId) {
    const Place entry = find(imageId);
    if (entry == m_entries.end() || entry->state != State::Waiting)
        return;
    entry->state = State::Queued;
    entry->job.isWaiting = false;
    runNext();
}

std::optional<ImageJob> ImageJobs::job(const QString& imageId) const {
    for (const Entry& entry : m_entries) {
        if (entry.imageId == imageId && entry.state != State::Cancelled)
            return entry.job;
    }
    return std::nullopt;
}

ImageJobs::Place ImageJobs::find(const QString& imageId) {
    return std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return entry.imageId == imageId && entry.state != State::Cancelled;
    });
}

/// A cancelled job of the same image has to be out of its files first.
bool ImageJobs::mayRun(const Entry& entry) const {
    const auto isInTheWay = [&](const Entry& other) {
        return other.thread != nullptr && other.imageId == entry.imageId;
    };
    const auto threads = std::count_if(m_entries.begin(), m_entries.end(),
                                       [](const Entry& other) { return other.thread != nullptr; });
    return entry.state == State::Queued && threads < mostAtOnce &&
           std::none_of(m_entries.begin(), m_entries.end(), isInTheWay);
}

void ImageJobs::runNext() {
    for (Place entry = m_entries.begin(); entry != m_entries.end(); ++entry) {
        if (!mayRun(*entry))
            continue;
        if (Work work = entry->prepare()) {
            run(entry, std::move(work));
        } else {
            entry->state = State::Waiting;
            entry->job.isWaiting = true;
        }
    }
    const bool isAnyRunning = std::any_of(m_entries.begin(), m_entries.end(),
                                          [](const Entry& entry) { return entry.state == State::Running; });
    if (!isAnyRunning)
        m_progressTimer.stop();
    else if (!m_progressTimer.isActive())
        m_progressTimer.start();
}

void ImageJobs::run(Place entry, Work work) {
    entry->state = State::Running;
    entry->speed = SpeedMeter();
    entry->speed.add(BootClock::now(), 0);
    entry->done = std::make_shared<std::atomic<std::uint64_t>>(0);
    entry->thread = std::make_unique<BackgroundThread>(
        "image job", BackgroundThread::Priority::Low,
        [this, entry, work = std::move(work), done = entry->done,
         postbox = m_postbox](const std::atomic<bool>& isEnding) {
            Finish outcome = work([&](std::uint64_t bytes) {
                *done = bytes;
                return !isEnding;
            });
            // An entry stays at its place until this has run.
            postbox->post([this, entry, outcome = std::move(outcome)] { finish(entry, outcome); });
        });
}

void ImageJobs::finish(Place entry, const Finish& finish) {
    Entry ended = std::move(*entry);
    m_entries.erase(entry);
    ended.thread.reset();
    if (ended.state != State::Cancelled && finish() == End::Wait) {
        ended.state = State::Waiting;
        ended.job.isWaiting = true;
        ended.job.bytesPerSecond = 0;
        m_entries.push_back(std::move(ended));
    }
    runNext();
    m_changed();
}

void ImageJobs::showProgress() {
    for (Entry& entry : m_entries) {
        if (entry.state != State::Running)
            continue;
        entry.job.done = *entry.done;
        entry.speed.add(BootClock::now(), entry.job.done);
        entry.job.bytesPerSecond = entry.speed.bytesPerSecond();
    }
    m_changed();
}

} // namespace rackmuster::engine
