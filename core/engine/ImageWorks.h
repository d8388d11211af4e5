#pragma once

#include "core/engine/ImageJobs.h"
#include "core/engine/ImageShelf.h"
#include "core/engine/LibraryFolder.h"
#include "core/media/Verification.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace rackmuster::engine {

/// The long work on images: verifying them and copying them into the library. Engine thread only.
class ImageWorks {
public:
    /// `lookSoon` is called when reading a file failed: whoever looks after the files finds out why, and says
    /// so by goOn() or giveUp().
    ImageWorks(ImageShelf& shelf, QObject& context, const QString& stateDirectory,
               std::function<void()> lookSoon);

    ~ImageWorks();
    ImageWorks(const ImageWorks&) = delete;
    ImageWorks& operator=(const ImageWorks&) = delete;

    /// Removes what nobody owns. Error: Database.
    [[nodiscard]] Result<void> load();
    /// Copies that were under way when the program ended go on.
    void resumeCopies();

    /// Error: Malformed for the pasted text, NotAllowed while other work runs on the image.
    [[nodiscard]] Result<void> verify(KeptImage& kept, const QString& pastedSum);
    /// `candidate` lies where the image's file lay; it is taken over when all its bytes are those that were
    /// there before.
    void prove(KeptImage& kept, LibraryImage candidate);
    /// Errors: NotAllowed, NoSuchFile, Database.
    [[nodiscard]] Result<void> copy(KeptImage& kept);
    /// Errors: NotAllowed when nothing runs on it, Database.
    [[nodiscard]] Result<void> cancel(KeptImage& kept);
    /// The image's files in the library that are to go with it; its work ends.
    [[nodiscard]] std::vector<std::string> release(const KeptImage& kept);
    /// Removes files that release() named and that are on record by now.
    void removeDiscards();

    /// The image's file is (back) in its place.
    void goOn(const KeptImage& kept);
    /// The image's file is in its place: what failed failed for good.
    void giveUp(KeptImage& kept, const Error& error);

private:
    using Sums = std::vector<media::PublishedSum>;
    using Candidate = std::shared_ptr<LibraryImage>;
    using Verified = Result<std::optional<media::Verification>>;

    [[nodiscard]] Result<void> checkIdle(const KeptImage& kept) const;
    void showJobs();
    void startVerification(const KeptImage& kept, Sums expected, Candidate candidate);
    [[nodiscard]] ImageJobs::Work makeVerification(const QString& id, const Sums& expected,
                                                   const Candidate& candidate);
    [[nodiscard]] ImageJobs::End finishVerification(const QString& id, const Verified& outcome,
                                                    const Candidate& candidate);
    void note(KeptImage& kept, const media::Verification& verification);
    [[nodiscard]] Result<void> planCopy(const KeptImage& kept);
    void startCopy(const KeptImage& kept);
    [[nodiscard]] ImageJobs::Work makeCopy(const QString& id);
    [[nodiscard]] ImageJobs::End finishCopy(const QString& id, const Verified& outcome,
                                            Result<LibraryImage> copied);
    void noteGood(const std::string& id, std::uint64_t good);
    [[nodiscard]] ImageJobs::End waitForLook(KeptImage& kept, const Error& error);

    ImageShelf& m_shelf;
    std::function<void()> m_lookSoon;
    LibraryFolder m_folder;
    std::map<std::string, storage::StoredCopy> m_copies; ///< not complete, by image id
    std::shared_ptr<Postbox> m_postbox;
    ImageJobs m_jobs;
};

} // namespace rackmuster::engine
