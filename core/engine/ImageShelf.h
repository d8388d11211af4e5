#pragma once

#include "core/base/Result.h"
#include "core/engine/BackgroundThread.h"
#include "core/engine/ImageLibrary.h"
#include "core/storage/StateDatabase.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace rackmuster::engine {

/// "none", "match", "mismatch", "no-compare": in the database and in --json.
[[nodiscard]] const char* toWord(ImageCheck::Verdict verdict);
/// None for a word that nobody wrote.
[[nodiscard]] ImageCheck::Verdict verdictFromWord(const std::string& word);

/// What those who care for the images tell. Called in the engine thread.
struct ImageReports {
    std::function<void()> servedChanged; ///< what may be served of the images, or what machines may be told
    std::function<void()> shownChanged;  ///< only what people see
    std::function<void(const char* event, QJsonObject facts)> tell;
    std::function<void(const Error& error)> fail; ///< work that was asked for could not be done
};

/// All that is known of one image.
struct KeptImage {
    storage::StoredImage stored;
    LibraryImage image;           ///< as openImage() read it; no files when it could not be read
    std::optional<Error> problem; ///< with its file
    bool isServed = false;
    std::optional<ImageJob> job;

    // For who looks after its file:
    std::optional<FileStamp> rejected;        ///< of a file at its path that is not it
    std::optional<FileStamp> seen;            ///< of a file at its path at the last look
    std::optional<Error> doubt;               ///< what failed on it, until the next look says why
    std::shared_ptr<BackgroundThread> reader; ///< reads what lies at its path

    [[nodiscard]] QString id() const { return QString::fromStdString(stored.id); }
    [[nodiscard]] QString path() const { return QString::fromStdString(stored.path); }
    [[nodiscard]] QString name() const;
    [[nodiscard]] FileOwner owner() const { return stored.isOwnCopy ? FileOwner::Us : FileOwner::Somebody; }
    /// The file as it was imported.
    [[nodiscard]] FileStamp stamp() const { return stored.stamp.value_or(FileStamp()); }
};

/// The images with their memory: what the others see of an image is what was put on record. Engine thread
/// only.
class ImageShelf {
public:
    /// `database` is not owned and outlives this object.
    ImageShelf(storage::StateDatabase& database, ImageReports reports);

    /// The images as they were, read again; one whose file cannot be read stays with its problem. Error:
    /// Database.
    [[nodiscard]] Result<void> load();
    /// A new image, or a known one read again; one that is copied into the library stays as it is. Errors:
    /// AlreadyImported, when the known one's file is another and in its place; Database.
    [[nodiscard]] Result<KeptImage*> add(LibraryImage image);
    /// `discards` as of StateDatabase::removeImage(). Error: Database.
    [[nodiscard]] Result<void> remove(const QString& id, const std::vector<std::string>& discards);
    /// Errors: Malformed for an empty name, Duplicate, Database.
    [[nodiscard]] Result<void> rename(KeptImage& kept, const QString& name);

    /// Null when unknown.
    [[nodiscard]] KeptImage* find(const QString& id);
    /// Error: UnknownImage.
    [[nodiscard]] Result<KeptImage*> known(const QString& id);
    [[nodiscard]] std::map<std::string, KeptImage>& all() { return m_kept; }
    [[nodiscard]] const ImageLibrary& library() const { return m_images; }
    /// For what is in it besides the images: kernels of the operator's own, and extra initrds.
    [[nodiscard]] ImageLibrary& library() { return m_images; }

    /// From now on the image is `image`, read from its own path, with nothing wrong; not on record yet.
    static void takeOver(KeptImage& kept, LibraryImage image);
    static void forgetCheck(KeptImage& kept);
    /// Puts it on record and shows it. A failure is told by reports.
    void settle(KeptImage& kept);
    /// True, and told as an event, when it was not so before.
    bool setProblem(KeptImage& kept, std::optional<Error> problem, bool isServed);
    /// What the others see of it is brought up to date.
    void present(KeptImage& kept);
    void tell(const KeptImage& kept, const char* event, QJsonObject facts = {}) const;
    [[nodiscard]] const ImageReports& reports() const { return m_reports; }
    [[nodiscard]] storage::StateDatabase& database() { return m_database; }

private:
    [[nodiscard]] static KeptImage restored(const storage::StoredImage& stored, Result<LibraryImage> image);
    [[nodiscard]] bool isTaken(const QString& name, const std::string& exceptId) const;

    storage::StateDatabase& m_database;
    ImageReports m_reports;
    std::map<std::string, KeptImage> m_kept; ///< by id
    ImageLibrary m_images;
};

} // namespace rackmuster::engine
