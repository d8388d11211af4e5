#pragma once

#include <QByteArray>
#include <QString>

namespace rackmuster::tests {

/// A folder of everything that an image can hold, for the tools that make images.
class SourceTree {
public:
    explicit SourceTree(const QString& path);

    [[nodiscard]] const QString& path() const { return m_path; }
    void add(const QString& path, const QByteArray& content);
    void addLink(const QString& path, const QString& target);     ///< symbolic
    void addHardLink(const QString& path, const QString& target); ///< both below the tree
    /// Sparse, with marks at its begin, its end and around 4 GiB, each of them different.
    void addSparse(const QString& path, quint64 size);

    /// Sizes around every boundary, deep folders, long and Chinese names, links of all kinds.
    void addEverything();
    /// Names that differ by case alone.
    void addTwins();

    /// Bytes that repeat nowhere, so that a block in the wrong place is another sum.
    [[nodiscard]] static QByteArray bytes(qsizetype count, quint32 seed);

private:
    [[nodiscard]] QString place(const QString& path) const;

    QString m_path;
};

} // namespace rackmuster::tests
