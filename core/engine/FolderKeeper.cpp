#include "core/engine/FolderKeeper.h"

#include "core/media/FolderTree.h"

#include <QRegularExpression>

namespace rackmuster::engine {

/// A folder as it was given, and as it is now.
class FolderKeeper::Folder {
public:
    explicit Folder(QString path) : m_path(std::move(path)) { open(); }

    /// True when it came, went or was replaced.
    bool refresh() {
        if (m_tree && m_tree->isAt(file()))
            return false;
        const bool wasOpen = m_tree != nullptr;
        const std::optional<Error> before = m_problem;
        open();
        return wasOpen || m_tree != nullptr || m_problem != before;
    }
    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] const std::shared_ptr<const media::FolderTree>& tree() const { return m_tree; }
    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }

private:
    [[nodiscard]] std::string file() const { return m_path.toStdString(); }
    void open() {
        auto opened = media::FolderTree::open(file());
        m_tree = opened ? std::move(*opened) : nullptr;
        m_problem = opened ? std::nullopt : std::optional(opened.error());
    }

    QString m_path;
    std::shared_ptr<const media::FolderTree> m_tree; ///< Null while it is gone.
    std::optional<Error> m_problem;
};

bool isFolderName(const QString& name) {
    static const QRegularExpression pattern(QStringLiteral("\\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\z"));
    return pattern.match(name).hasMatch();
}

Result<void> FolderKeeper::put(const QString& name, const QString& path) {
    if (!isFolderName(name))
        return fail(ErrorCode::Malformed, "The folder's name “" + name.toStdString() + "”",
                    "use letters, digits, '.', '-' and '_', 64 at most, a letter or digit first");
    auto folder = std::make_shared<Folder>(path);
    if (folder->problem())
        return tl::unexpected(*folder->problem());
    m_folders.insert_or_assign(name, std::move(folder));
    return {};
}

void FolderKeeper::restore(const QString& name, const QString& path) {
    m_folders.insert_or_assign(name, std::make_shared<Folder>(path));
}

bool FolderKeeper::remove(const QString& name) {
    return m_folders.erase(name) > 0;
}

bool FolderKeeper::refresh() {
    bool isChanged = false;
    for (const auto& [name, folder] : m_folders)
        isChanged = folder->refresh() || isChanged;
    return isChanged;
}

std::vector<FolderInfo> FolderKeeper::infos(const boot::ServerIdentity& server) const {
    std::vector<FolderInfo> out;
    for (const auto& [name, folder] : m_folders) {
        const QString url = server.address.isNull() ? QString()
                                                    : QString::fromStdString(server.httpBase()) +
                                                          QStringLiteral("/x/%1/").arg(name);
        out.push_back({name, folder->path(), url, folder->problem()});
    }
    return out;
}

std::map<std::string, std::shared_ptr<const boot::FolderFiles>> FolderKeeper::files() const {
    std::map<std::string, std::shared_ptr<const boot::FolderFiles>> out;
    for (const auto& [name, folder] : m_folders) {
        if (folder->tree())
            out.emplace(name.toStdString(), folder->tree());
    }
    return out;
}

} // namespace rackmuster::engine
