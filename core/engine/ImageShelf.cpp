#include "core/engine/ImageShelf.h"

#include "core/engine/ImageIdentity.h"

#include <algorithm>
#include <array>
#include <utility>

namespace rackmuster::engine {

namespace {

using Verdict = ImageCheck::Verdict;

struct VerdictWord {
    Verdict verdict;
    const char* word; ///< in the database and in --json
};

constexpr std::array verdictWords{
    VerdictWord{Verdict::None, "none"},
    VerdictWord{Verdict::Match, "match"},
    VerdictWord{Verdict::Mismatch, "mismatch"},
    VerdictWord{Verdict::NoCompare, "no-compare"},
};

QString text(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

ImageCheck checkOf(const storage::StoredImage& stored) {
    return {verdictFromWord(stored.verdict), text(stored.sha256), text(stored.comparedWith)};
}

/// Files that cannot be read are gone, as far as anybody can tell, unless something lies there.
Error problemOf(const storage::StoredImage& stored, const Error& error) {
    return stampOf(stored.path) ? error : Error{ErrorCode::FileGone, stored.path, {}};
}

} // namespace

const char* toWord(Verdict verdict) {
    return std::find_if(verdictWords.begin(), verdictWords.end(),
                        [verdict](const VerdictWord& entry) { return entry.verdict == verdict; })
        ->word;
}

Verdict verdictFromWord(const std::string& word) {
    const auto found = std::find_if(verdictWords.begin(), verdictWords.end(),
                                    [&word](const VerdictWord& entry) { return entry.word == word; });
    return found == verdictWords.end() ? Verdict::None : found->verdict;
}

QString KeptImage::name() const {
    return text(stored.ownName.empty() ? stored.name : stored.ownName);
}

ImageShelf::ImageShelf(storage::StateDatabase& database, ImageReports reports)
    : m_database(database), m_reports(std::move(reports)) {}

Result<void> ImageShelf::load() {
    auto images = m_database.loadImages();
    if (!images)
        return tl::unexpected(images.error());
    std::vector<ImagePlace> places;
    std::transform(images->begin(), images->end(), std::back_inserter(places), [](const auto& stored) {
        return ImagePlace{text(stored.path), stored.isOwnCopy ? FileOwner::Us : FileOwner::Somebody};
    });
    std::vector<Result<LibraryImage>> opened = openImages(places);
    for (std::size_t i = 0; i < images->size(); ++i) {
        const storage::StoredImage& stored = (*images)[i];
        KeptImage& kept =
            m_kept.insert_or_assign(stored.id, restored(stored, std::move(opened[i]))).first->second;
        if (!(kept.stored == stored)) {
            if (auto put = m_database.putImage(kept.stored); !put)
                return put;
        }
        present(kept);
    }
    return {};
}

/// It stays in the list when something is wrong, so that the operator sees what is missing.
KeptImage ImageShelf::restored(const storage::StoredImage& stored, Result<LibraryImage> image) {
    KeptImage kept;
    kept.stored = stored;
    if (!image) {
        kept.problem = problemOf(stored, image.error());
        return kept;
    }
    switch (recognise(stored, *image)) {
    case Recognition::Renewed:
        forgetCheck(kept);
        [[fallthrough]];
    case Recognition::Same:
        takeOver(kept, std::move(*image));
        break;
    case Recognition::NeedsProof: // who looks after the files finds it, and asks for the proof
    case Recognition::Different:
        kept.problem = Error{ErrorCode::FileChanged, stored.path, {}};
        break;
    }
    return kept;
}

Result<KeptImage*> ImageShelf::add(LibraryImage image) {
    const std::string id = image.info.id.toStdString();
    const auto found = m_kept.find(id);
    KeptImage kept;
    if (found != m_kept.end()) {
        KeptImage& before = found->second;
        const bool isElsewhere = before.stored.path != image.info.path.toStdString();
        if (isElsewhere && !before.problem && before.stored.isOwnCopy)
            return &before; // what it was copied from, once more: our copy is as good
        if (isElsewhere && !before.problem)
            return fail(ErrorCode::AlreadyImported, image.info.path.toStdString(),
                        before.name().toStdString());
        kept.stored = before.stored;
        kept.job = before.job;
        if (recognise(before.stored, image) != Recognition::Same)
            forgetCheck(kept);
    }
    kept.stored.id = id;
    kept.stored.isOwnCopy = kept.stored.isOwnCopy && kept.path() == image.info.path;
    takeOver(kept, std::move(image));
    const QString title = kept.name();
    for (int number = 2; isTaken(kept.name(), id); ++number)
        kept.stored.ownName = QStringLiteral("%1 (%2)").arg(title).arg(number).toStdString();
    if (auto put = m_database.putImage(kept.stored); !put)
        return tl::unexpected(put.error());
    KeptImage& place = m_kept.insert_or_assign(id, std::move(kept)).first->second;
    present(place);
    return &place;
}

Result<void> ImageShelf::remove(const QString& id, const std::vector<std::string>& discards) {
    auto removed = m_database.removeImage(id.toStdString(), discards);
    if (removed) {
        m_kept.erase(id.toStdString());
        m_images.remove(id);
    }
    return removed;
}

Result<void> ImageShelf::rename(KeptImage& kept, const QString& name) {
    const QString wanted = name.simplified();
    if (wanted.isEmpty())
        return fail(ErrorCode::Malformed, "The name of an image", "it is empty");
    if (isTaken(wanted, kept.stored.id))
        return fail(ErrorCode::Duplicate, "another image", wanted.toStdString());
    storage::StoredImage changed = kept.stored;
    changed.ownName = wanted == text(kept.stored.name) ? std::string() : wanted.toStdString();
    if (auto put = m_database.putImage(changed); !put)
        return put;
    kept.stored = std::move(changed);
    present(kept);
    return {};
}

KeptImage* ImageShelf::find(const QString& id) {
    const auto found = m_kept.find(id.toStdString());
    return found == m_kept.end() ? nullptr : &found->second;
}

Result<KeptImage*> ImageShelf::known(const QString& id) {
    if (KeptImage* const kept = find(id))
        return kept;
    return fail(ErrorCode::UnknownImage, id.toStdString());
}

bool ImageShelf::isTaken(const QString& name, const std::string& exceptId) const {
    return std::any_of(m_kept.begin(), m_kept.end(), [&](const auto& entry) {
        return entry.first != exceptId && entry.second.name().compare(name, Qt::CaseInsensitive) == 0;
    });
}

void ImageShelf::takeOver(KeptImage& kept, LibraryImage image) {
    kept.stored.path = image.info.path.toStdString();
    kept.stored.name = image.info.name.toStdString();
    kept.stored.stamp = image.stamp;
    kept.stored.ends = image.ends;
    kept.image = std::move(image);
    kept.problem.reset();
    kept.isServed = true;
    kept.rejected.reset();
    kept.seen.reset();
    kept.doubt.reset();
}

void ImageShelf::forgetCheck(KeptImage& kept) {
    kept.stored.verdict = toWord(Verdict::None);
    kept.stored.sha256.clear();
    kept.stored.comparedWith.clear();
}

void ImageShelf::settle(KeptImage& kept) {
    if (const auto put = m_database.putImage(kept.stored); !put)
        m_reports.fail(put.error());
    present(kept);
}

bool ImageShelf::setProblem(KeptImage& kept, std::optional<Error> problem, bool isServed) {
    if (kept.problem == problem && kept.isServed == isServed)
        return false;
    kept.problem = std::move(problem);
    kept.isServed = isServed;
    present(kept);
    if (kept.problem)
        tell(kept, "image-problem", {{QStringLiteral("text"), text(message(*kept.problem))}});
    else
        tell(kept, "image-back");
    return true;
}

void ImageShelf::present(KeptImage& kept) {
    auto& files = kept.image.files;
    if (files && files->name != kept.name().toStdString()) { // machines read it in their menus
        auto renamed = std::make_shared<boot::ImageFiles>(*files);
        renamed->name = kept.name().toStdString();
        files = std::move(renamed);
    }
    LibraryImage shown = kept.image;
    shown.info.id = kept.id();
    shown.info.name = kept.name();
    shown.info.path = kept.path();
    shown.info.isOwnCopy = kept.stored.isOwnCopy;
    shown.info.check = checkOf(kept.stored);
    shown.info.job = kept.job;
    shown.info.problem = kept.problem;
    if (!shown.info.problem && shown.info.check.verdict == Verdict::Mismatch)
        shown.info.problem =
            Error{ErrorCode::ChecksumMismatch, kept.name().toStdString(), kept.stored.comparedWith};
    if (!kept.isServed)
        shown.files.reset();
    m_images.put(std::move(shown));
}

void ImageShelf::tell(const KeptImage& kept, const char* event, QJsonObject facts) const {
    facts.insert(QStringLiteral("image"), kept.id());
    facts.insert(QStringLiteral("name"), kept.name());
    m_reports.tell(event, std::move(facts));
}

} // namespace rackmuster::engine
