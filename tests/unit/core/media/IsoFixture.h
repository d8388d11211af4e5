#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace rackmuster::tests {

/// A folder that becomes an ISO image by the tool that makes real ones.
class IsoFixture {
public:
    IsoFixture();

    /// Adds a file; its directories are made.
    void add(const QString& path, const QByteArray& content = QByteArrayLiteral("x"));
    void addLink(const QString& path, const QString& target);

    /// The image's path. `arguments` as mkisofs knows them; `tool` is "xorriso" or "genisoimage". Empty when
    /// the tool failed; its words go to the test's log.
    [[nodiscard]] QString build(const QStringList& arguments = {QStringLiteral("-R")},
                                const QString& tool = QStringLiteral("xorriso"));
    [[nodiscard]] QString directory() const { return m_directory.path(); }
    [[nodiscard]] QString treePath() const { return m_directory.filePath(QStringLiteral("tree")); }

    [[nodiscard]] static bool hasTool(const QString& tool);
    /// Every regular file of an image by its path, as xorriso itself extracts them; links are followed.
    [[nodiscard]] QMap<QString, QByteArray> extract(const QString& image) const;

private:
    QTemporaryDir m_directory;
};

} // namespace rackmuster::tests
