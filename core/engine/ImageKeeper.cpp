#include "core/engine/ImageKeeper.h"

#include <utility>

namespace rackmuster::engine {

ImageKeeper::ImageKeeper(storage::StateDatabase& database, QObject& context, Options options,
                         ImageReports reports)
    : m_options(std::move(options)), m_shelf(database, std::move(reports)),
      m_works(m_shelf, context, m_options.stateDirectory, [this] { m_guard.lookSoon(); }),
      m_guard(m_shelf, context,
              {[this](KeptImage& kept) { goOn(kept); },
               [this](KeptImage& kept, const Error& error) { m_works.giveUp(kept, error); },
               [this](KeptImage& kept, LibraryImage candidate) {
                   m_works.prove(kept, std::move(candidate));
               }}) {}

Result<void> ImageKeeper::load() {
    if (auto loaded = m_works.load(); !loaded)
        return loaded;
    if (auto loaded = m_shelf.load(); !loaded)
        return loaded;
    if (m_options.resumesCopies)
        m_works.resumeCopies();
    for (auto& [id, kept] : m_shelf.all())
        goOn(kept);
    return {};
}

Result<QString> ImageKeeper::add(LibraryImage image) {
    const double seconds = image.info.importSeconds;
    const auto kept = m_shelf.add(std::move(image));
    if (!kept)
        return tl::unexpected(kept.error());
    m_shelf.tell(**kept, "imported", {{QStringLiteral("seconds"), seconds}});
    m_shelf.reports().servedChanged();
    goOn(**kept);
    return (*kept)->id();
}

Result<void> ImageKeeper::remove(const QString& id) {
    const auto kept = m_shelf.known(id);
    if (!kept)
        return tl::unexpected(kept.error());
    const KeptImage removed = **kept;
    if (auto done = m_shelf.remove(id, m_works.release(removed)); !done)
        return done;
    m_works.removeDiscards();
    QJsonObject facts;
    if (removed.stored.isOwnCopy)
        facts.insert(QStringLiteral("file"), removed.path()); // gone with it
    m_shelf.tell(removed, "removed", std::move(facts));
    m_shelf.reports().servedChanged();
    return {};
}

Result<void> ImageKeeper::rename(const QString& id, const QString& name) {
    const auto kept = m_shelf.known(id);
    if (!kept)
        return tl::unexpected(kept.error());
    auto renamed = m_shelf.rename(**kept, name);
    if (renamed)
        m_shelf.reports().servedChanged();
    return renamed;
}

Result<void> ImageKeeper::verify(const QString& id, const QString& pastedSum) {
    const auto kept = m_shelf.known(id);
    return kept ? m_works.verify(**kept, pastedSum) : tl::unexpected(kept.error());
}

Result<void> ImageKeeper::copy(const QString& id) {
    const auto kept = m_shelf.known(id);
    return kept ? m_works.copy(**kept) : tl::unexpected(kept.error());
}

Result<void> ImageKeeper::cancelJob(const QString& id) {
    const auto kept = m_shelf.known(id);
    return kept ? m_works.cancel(**kept) : tl::unexpected(kept.error());
}

void ImageKeeper::goOn(KeptImage& kept) {
    m_works.goOn(kept);
    const bool isNew = kept.stored.sha256.empty() && kept.isServed && !kept.job;
    if (m_options.verifiesImports && isNew)
        static_cast<void>(m_works.verify(kept, {})); // unless other work, which ends with a sum as well, runs
}

} // namespace rackmuster::engine
