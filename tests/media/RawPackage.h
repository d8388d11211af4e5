#pragma once

#include <QByteArray>
#include <QString>

namespace rackmuster::tests {

/// One member of a cpio archive, every field at the test's will.
struct RawMember {
    QByteArray name;
    QByteArray bytes;
    quint32 mode = 0100644;
    QByteArray magic = "070701";
    qint64 claimedSize = -1;     ///< -1: the true one
    qint64 claimedNameSize = -1; ///< with the NUL; -1: the true one
};

constexpr quint32 linkMode = 0120777;
constexpr quint32 folderMode = 0040755;

/// A member in the "new" format, padded.
[[nodiscard]] QByteArray encode(const RawMember& member);
/// The members and what ends an archive.
[[nodiscard]] QByteArray archiveOf(const QList<RawMember>& members);
/// A package around a payload: a lead, and two headers without entries.
[[nodiscard]] QByteArray packageOf(const QByteArray& payload);
/// The two headers, with these claims of the second.
[[nodiscard]] QByteArray packageOf(const QByteArray& payload, quint32 entries, quint32 storeSize);
/// By the program of that name; empty when it is missing.
[[nodiscard]] QByteArray compressed(const QByteArray& bytes, const QString& program);

} // namespace rackmuster::tests
