#include "core/engine/ImageWatch.h"

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <utility>

namespace rackmuster::engine {

namespace {

using namespace std::chrono_literals;

constexpr auto interval = 1s;
// Names are in memory, so a stick that was pulled without a word is noticed by reading only. Not each second:
// a disk may sleep.
constexpr unsigned looksBetweenReads = 10;

/// The file's last page, from the medium and not from memory. What surrounds it has to go, too: memory holds
/// files in larger pieces, and keeps one that is not let go of as a whole.
bool isReadable(const FileDescriptor& file, std::uint64_t size) {
    constexpr std::uint64_t pageSize = 4096;
    constexpr std::uint64_t pieceSize = 4U << 20U;
    std::array<std::uint8_t, pageSize> page{};
    const std::uint64_t last = std::max<std::uint64_t>(size, 1) - 1;
    const std::uint64_t offset = last / pageSize * pageSize;
    ::posix_fadvise(file.get(), static_cast<off_t>(last / pieceSize * pieceSize), 0, POSIX_FADV_DONTNEED);
    return file.readExactly(offset, std::span(page).first(std::min(pageSize, size - offset))).has_value();
}

} // namespace

WatchFinding look(const WatchTarget& target, bool reads) {
    using Pinned = WatchFinding::Pinned;
    WatchFinding finding;
    finding.imageId = target.imageId;
    if (const auto found = stampOf(target.path))
        finding.found = *found;
    if (!target.pinned)
        return finding;
    const auto now = stampOf(target.pinned->get());
    if (now && !now->isUnwritten(target.stamp)) {
        finding.pinned = Pinned::Changed;
        return finding;
    }
    const bool isInPlace = finding.found && now && finding.found->isSameFile(*now);
    finding.isRead = reads || target.isDoubted || !isInPlace;
    const bool isLost = !now || (finding.isRead && !isReadable(*target.pinned, target.stamp.size));
    finding.pinned = isLost ? Pinned::Unreadable : Pinned::Unchanged;
    return finding;
}

ImageWatch::ImageWatch(QObject& context, std::function<std::vector<WatchTarget>()> targets,
                       std::function<void(const std::vector<WatchFinding>&)> found)
    : m_postbox(std::make_shared<Postbox>(context)), m_targets(std::move(targets)),
      m_found(std::move(found)) {
    m_timer.setInterval(interval);
    QObject::connect(&m_timer, &QTimer::timeout, &context, [this] { look(); });
    m_timer.start();
}

ImageWatch::~ImageWatch() {
    m_postbox->close();
}

void ImageWatch::look() {
    if (m_thread && !m_thread->hasEnded())
        return;
    std::vector<WatchTarget> targets = m_targets();
    if (targets.empty())
        return;
    const bool reads = ++m_looks % looksBetweenReads == 0;
    m_thread = std::make_unique<BackgroundThread>(
        "image watch", BackgroundThread::Priority::Normal,
        [this, reads, targets = std::move(targets), postbox = m_postbox](const std::atomic<bool>& isEnding) {
            std::vector<WatchFinding> findings;
            for (const WatchTarget& target : targets) {
                if (isEnding)
                    return;
                findings.push_back(engine::look(target, reads));
            }
            postbox->post([this, findings = std::move(findings)] { m_found(findings); });
        });
}

} // namespace rackmuster::engine
