#include "core/engine/ImageWorks.h"

#include "core/media/ImageCopy.h"

#include <set>
#include <utility>

namespace rackmuster::engine {

namespace {

using media::DigestProgress;
using media::Verification;

ImageCheck::Verdict toVerdict(Verification::Verdict verdict) {
    switch (verdict) {
    case Verification::Verdict::Match:
        return ImageCheck::Verdict::Match;
    case Verification::Verdict::Mismatch:
        return ImageCheck::Verdict::Mismatch;
    case Verification::Verdict::NoCompare:
        break;
    }
    return ImageCheck::Verdict::NoCompare;
}

/// What a worker knows of the copy it makes.
struct CopyOrder {
    media::CopyRequest request;
    std::string source; ///< path, for checksum files beside it
    std::string imageId;
};

struct CopyOutcome {
    Result<std::optional<Verification>> verified;
    Result<LibraryImage> image;
};

/// Reads the copy as any image: what is shown and served from now on is what lies there.
Result<LibraryImage> openCopy(const CopyOrder& order) {
    const std::string& path = order.request.targetPath;
    auto image = openImage(QString::fromStdString(path), FileOwner::Us);
    if (image && image->info.id.toStdString() != order.imageId)
        return fail(ErrorCode::FileChanged, path);
    return image;
}

CopyOutcome carryOut(CopyOrder order, const media::CopyCallbacks& callbacks) {
    const auto failure = [](const Error& error) {
        return CopyOutcome{tl::unexpected(error), tl::unexpected(error)};
    };
    const auto published = media::findPublishedSums(order.source);
    auto digests = media::requestFor(*order.request.source, published);
    if (!digests)
        return failure({ErrorCode::FileGone, order.source, digests.error().detail});
    order.request.digests = std::move(*digests);
    const auto copied = media::copyImage(order.request, callbacks);
    if (!copied)
        return failure(copied.error());
    if (!*copied)
        return {std::nullopt, fail(ErrorCode::NotAllowed, "The copy", "it was cancelled")};
    return {media::judge(**copied, published), openCopy(order)};
}

} // namespace

ImageWorks::ImageWorks(ImageShelf& shelf, QObject& context, const QString& stateDirectory,
                       std::function<void()> lookSoon)
    : m_shelf(shelf), m_lookSoon(std::move(lookSoon)), m_folder(stateDirectory),
      m_postbox(std::make_shared<Postbox>(context)), m_jobs(context, [this] { showJobs(); }) {}

ImageWorks::~ImageWorks() {
    m_postbox->close();
}

Result<void> ImageWorks::load() {
    if (auto cleaned = m_folder.clean(m_shelf.database()); !cleaned)
        return cleaned;
    auto copies = m_shelf.database().loadCopies();
    if (!copies)
        return tl::unexpected(copies.error());
    for (storage::StoredCopy& copy : *copies)
        m_copies.insert_or_assign(copy.imageId, std::move(copy));
    return {};
}

void ImageWorks::resumeCopies() {
    for (const auto& [id, copy] : m_copies) {
        const KeptImage* const kept = m_shelf.find(QString::fromStdString(id));
        if (kept != nullptr && copy.isWanted)
            startCopy(*kept);
    }
}

Result<void> ImageWorks::checkIdle(const KeptImage& kept) const {
    if (m_jobs.job(kept.id()))
        return fail(ErrorCode::NotAllowed, "More work on " + kept.name().toStdString(),
                    "it is being verified or copied; wait for that or cancel it");
    return {};
}

void ImageWorks::showJobs() {
    for (auto& [id, kept] : m_shelf.all()) {
        const auto job = m_jobs.job(kept.id());
        if (kept.job == job)
            continue;
        kept.job = job;
        m_shelf.present(kept);
    }
    m_shelf.reports().shownChanged();
}

// --- verifying
// ------------------------------------------------------------------------------------------------

Result<void> ImageWorks::verify(KeptImage& kept, const QString& pastedSum) {
    if (auto idle = checkIdle(kept); !idle)
        return idle;
    Sums expected;
    if (!pastedSum.isEmpty()) {
        auto pasted = media::parsePastedSum(pastedSum.toStdString(), kept.stored.path);
        if (!pasted)
            return tl::unexpected(pasted.error());
        expected = std::move(*pasted);
    }
    startVerification(kept, std::move(expected), nullptr);
    return {};
}

void ImageWorks::prove(KeptImage& kept, LibraryImage candidate) {
    const Sums expected{{media::DigestKind::Sha256, kept.stored.sha256, "its own earlier check"}};
    if (checkIdle(kept))
        startVerification(kept, expected, std::make_shared<LibraryImage>(std::move(candidate)));
}

void ImageWorks::startVerification(const KeptImage& kept, Sums expected, Candidate candidate) {
    const QString id = kept.id();
    m_jobs.start(id, ImageJob::Kind::Verify, kept.stamp().size,
                 [this, id, expected = std::move(expected), candidate = std::move(candidate)] {
                     return makeVerification(id, expected, candidate);
                 });
}

ImageJobs::Work ImageWorks::makeVerification(const QString& id, const Sums& expected,
                                             const Candidate& candidate) {
    const KeptImage* const kept = m_shelf.find(id);
    if (kept == nullptr || (!candidate && !kept->isServed))
        return {};
    const auto file = candidate ? candidate->file : kept->image.file;
    return [this, id, file, expected, candidate,
            path = kept->stored.path](const DigestProgress& progress) -> ImageJobs::Finish {
        const Sums published = expected.empty() ? media::findPublishedSums(path) : expected;
        return [this, id, candidate, outcome = media::verifyFile(*file, published, progress)] {
            return finishVerification(id, outcome, candidate);
        };
    };
}

ImageJobs::End ImageWorks::finishVerification(const QString& id, const Verified& outcome,
                                              const Candidate& candidate) {
    KeptImage* const kept = m_shelf.find(id);
    if (kept == nullptr)
        return ImageJobs::End::Done;
    if (!outcome)
        return waitForLook(*kept, outcome.error());
    if (!*outcome)
        return ImageJobs::End::Done;
    const Verification& verification = **outcome;
    if (!candidate) {
        note(*kept, verification);
    } else if (verification.sha256 == kept->stored.sha256) {
        ImageShelf::takeOver(*kept, std::move(*candidate));
        m_shelf.settle(*kept);
        m_shelf.tell(*kept, "image-back");
        m_shelf.reports().servedChanged();
    }
    return ImageJobs::End::Done;
}

void ImageWorks::note(KeptImage& kept, const Verification& verification) {
    kept.stored.verdict = toWord(toVerdict(verification.verdict));
    kept.stored.sha256 = verification.sha256;
    kept.stored.comparedWith = verification.source;
    m_shelf.settle(kept);
    QJsonObject facts{{QStringLiteral("verdict"), QString::fromStdString(kept.stored.verdict)},
                      {QStringLiteral("sha256"), QString::fromStdString(kept.stored.sha256)},
                      {QStringLiteral("source"), QString::fromStdString(kept.stored.comparedWith)}};
    if (verification.verdict == Verification::Verdict::Mismatch) {
        const Error error{ErrorCode::ChecksumMismatch, kept.name().toStdString(), verification.source};
        facts.insert(QStringLiteral("text"), QString::fromStdString(message(error)));
    }
    m_shelf.tell(kept, "verified", std::move(facts));
    m_shelf.reports().shownChanged();
}

// --- copying
// --------------------------------------------------------------------------------------------------

Result<void> ImageWorks::copy(KeptImage& kept) {
    if (auto idle = checkIdle(kept); !idle)
        return idle;
    if (kept.stored.isOwnCopy)
        return fail(ErrorCode::NotAllowed, "Copying " + kept.name().toStdString(),
                    "it lies in the library already");
    if (auto made = m_folder.make(); !made)
        return made;
    if (auto planned = planCopy(kept); !planned)
        return planned;
    startCopy(kept);
    return {};
}

/// Goes on with what an earlier try left, if that was of the same file.
Result<void> ImageWorks::planCopy(const KeptImage& kept) {
    const std::string& id = kept.stored.id;
    const auto before = m_copies.find(id);
    storage::StoredCopy plan;
    if (before != m_copies.end() && before->second.stamp.isUnwritten(kept.stamp())) {
        plan = before->second;
    } else {
        std::set<std::string> taken;
        for (const auto& [other, copy] : m_copies) {
            if (other != id)
                taken.insert(copy.fileName);
        }
        plan.fileName = m_folder.freeName(kept.name(), id, taken);
    }
    plan.imageId = id;
    plan.source = kept.stored.path;
    plan.stamp = kept.stamp();
    plan.isWanted = true;
    if (auto put = m_shelf.database().putCopy(plan); !put)
        return put;
    m_copies.insert_or_assign(id, std::move(plan));
    return {};
}

void ImageWorks::startCopy(const KeptImage& kept) {
    const QString id = kept.id();
    m_jobs.start(id, ImageJob::Kind::Copy, kept.stamp().size, [this, id] { return makeCopy(id); });
}

ImageJobs::Work ImageWorks::makeCopy(const QString& id) {
    KeptImage* const kept = m_shelf.find(id);
    if (kept == nullptr || !kept->isServed || !planCopy(*kept))
        return {};
    const storage::StoredCopy& plan = m_copies.at(kept->stored.id);
    CopyOrder order;
    order.request.source = kept->image.file;
    order.request.partPath = m_folder.partPath(plan.imageId);
    order.request.targetPath = m_folder.pathOf(plan.fileName);
    order.request.good = plan.good;
    order.source = plan.source;
    order.imageId = plan.imageId;
    return [this, id, order = std::move(order),
            postbox = m_postbox](const DigestProgress& progress) -> ImageJobs::Finish {
        const auto isGood = [this, postbox, imageId = order.imageId](std::uint64_t good) {
            postbox->post([this, imageId, good] { noteGood(imageId, good); });
        };
        return [this, id, outcome = carryOut(order, {progress, isGood})] {
            return finishCopy(id, outcome.verified, outcome.image);
        };
    };
}

void ImageWorks::noteGood(const std::string& id, std::uint64_t good) {
    const auto copy = m_copies.find(id);
    if (copy == m_copies.end())
        return;
    copy->second.good = good;
    // When it cannot be stored, a crash costs the time since the last that could.
    (void)m_shelf.database().putCopy(copy->second);
}

ImageJobs::End ImageWorks::finishCopy(const QString& id, const Verified& outcome,
                                      Result<LibraryImage> copied) {
    KeptImage* const kept = m_shelf.find(id);
    if (kept == nullptr || (outcome && !*outcome))
        return ImageJobs::End::Done;
    if (!outcome && outcome.error().code == ErrorCode::FileGone)
        return waitForLook(*kept, outcome.error());
    if (!outcome || !copied) {
        giveUp(*kept, outcome ? copied.error() : outcome.error());
        return ImageJobs::End::Done;
    }
    KeptImage changed = *kept;
    changed.stored.isOwnCopy = true;
    ImageShelf::takeOver(changed, std::move(*copied));
    if (const auto stored = m_shelf.database().finishCopy(changed.stored); !stored) {
        giveUp(*kept, stored.error());
        return ImageJobs::End::Done;
    }
    *kept = std::move(changed);
    m_copies.erase(kept->stored.id);
    m_shelf.tell(*kept, "copied", {{QStringLiteral("file"), kept->path()}});
    const Verification& verification = **outcome;
    // What the file was compared with earlier says more than that there is nothing beside it now.
    if (!verification.source.empty() || verification.sha256 != kept->stored.sha256)
        note(*kept, verification);
    m_shelf.present(*kept);
    m_shelf.reports().servedChanged();
    return ImageJobs::End::Done;
}

// --- both
// -----------------------------------------------------------------------------------------------------

ImageJobs::End ImageWorks::waitForLook(KeptImage& kept, const Error& error) {
    if (error.code != ErrorCode::FileChanged)
        kept.doubt = error;
    m_lookSoon();
    return error.code == ErrorCode::FileChanged ? ImageJobs::End::Done : ImageJobs::End::Wait;
}

void ImageWorks::goOn(const KeptImage& kept) {
    m_jobs.resume(kept.id());
}

void ImageWorks::giveUp(KeptImage& kept, const Error& error) {
    kept.doubt.reset();
    static_cast<void>(
        cancel(kept)); // also when nothing is left to cancel: the copy is not to begin by itself
    m_shelf.reports().fail(error);
}

Result<void> ImageWorks::cancel(KeptImage& kept) {
    const bool wasRunning = m_jobs.cancel(kept.id());
    const auto copy = m_copies.find(kept.stored.id);
    if (copy != m_copies.end() && copy->second.isWanted) {
        copy->second.isWanted = false;
        if (auto put = m_shelf.database().putCopy(copy->second); !put)
            return put;
    }
    if (!wasRunning)
        return fail(ErrorCode::NotAllowed, "Cancelling", "nothing runs on " + kept.name().toStdString());
    return {};
}

std::vector<std::string> ImageWorks::release(const KeptImage& kept) {
    m_jobs.cancel(kept.id());
    std::vector<std::string> out;
    if (kept.stored.isOwnCopy)
        out.push_back(kept.stored.path);
    if (const auto copy = m_copies.find(kept.stored.id); copy != m_copies.end()) {
        out.push_back(m_folder.partPath(copy->first));
        out.push_back(m_folder.pathOf(copy->second.fileName));
        m_copies.erase(copy);
    }
    return out;
}

void ImageWorks::removeDiscards() {
    if (const auto cleaned = m_folder.clean(m_shelf.database()); !cleaned)
        m_shelf.reports().fail(cleaned.error());
}

} // namespace rackmuster::engine
