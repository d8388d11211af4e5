#include "tests/unit/core/engine/HostileIso.h"

#include "tests/unit/core/media/RawIso.h"

#include <QProcess>

#include <algorithm>

namespace rackmuster::tests {

namespace {

constexpr int blockSize = 2048;

QList<RawRecord> filesOf(int first, int count, quint32 block) {
    QList<RawRecord> out;
    for (int i = first; i < first + count; ++i)
        out.append({"F" + QByteArray::number(i).rightJustified(7, '0'), block, 100});
    return out;
}

/// Blocks of a directory, "." and ".." included.
quint32 blocksOf(const QList<RawRecord>& records) {
    const auto size = static_cast<quint32>(RawIso::encode(records.front()).size());
    const quint32 inBlock = blockSize / size;
    return (static_cast<quint32>(records.size()) + 2 + inBlock - 1) / inBlock + 1;
}

QByteArray gzipped(const QByteArray& bytes) {
    QProcess gzip;
    gzip.start(QStringLiteral("gzip"), {QStringLiteral("-c")});
    gzip.write(bytes);
    gzip.closeWriteChannel();
    return gzip.waitForFinished(60000) && gzip.exitCode() == 0 ? gzip.readAllStandardOutput() : QByteArray();
}

/// A package with no more than what a reader looks at: lead, one empty header, and a cpio archive with one
/// file of almost 1 GiB of zeros, which gzip allows to be many members.
QByteArray packageBomb() {
    constexpr int member = 16 << 20;
    constexpr int members = 62;
    const QByteArray name("./nothing\0", 10);
    QByteArray cpio("070701");
    const auto field = [&cpio](quint32 value) {
        cpio += QByteArray::number(value, 16).rightJustified(8, '0');
    };
    for (const quint32 value : {1U, 0100644U, 0U, 0U, 1U, 0U, static_cast<quint32>(member) * members, 0U, 0U,
                                0U, 0U, static_cast<quint32>(name.size()), 0U})
        field(value);
    cpio += name + QByteArray((4 - (cpio.size() + name.size()) % 4) % 4, '\0');
    QByteArray lead("\xED\xAB\xEE\xDB\x03\x00\x00\x00", 8);
    lead.append(96 - lead.size(), '\0');
    const QByteArray header = QByteArray("\x8E\xAD\xE8\x01", 4) + QByteArray(12, '\0');
    const QByteArray zeros = gzipped(QByteArray(member, '\0'));
    return zeros.isEmpty() ? QByteArray() : lead + header + gzipped(cpio) + zeros.repeated(members);
}

} // namespace

QString makeCrowdedIso(const QString& directory, int entries) {
    constexpr int inDirectory = 10'000;
    const auto directories = static_cast<quint32>((entries + inDirectory - 1) / inDirectory);
    quint32 next = RawIso::rootBlock + directories; // roomy: some forty records fit into a block
    const quint32 each = blocksOf(filesOf(0, inDirectory, 0));
    RawIso iso(next + directories * each + 1, blockSize * directories);
    QList<RawRecord> root;
    for (int first = 0; first < entries; first += inDirectory) {
        const QList<RawRecord> files = filesOf(first, std::min(inDirectory, entries - first), 18);
        root.append({"D" + QByteArray::number(first), next, blockSize * (each - 1), 2});
        iso.addDirectory(next, files);
        next += each;
    }
    iso.addDirectory(RawIso::rootBlock, root);
    return iso.write(directory);
}

QString makePackageBombIso(const QString& directory) {
    const QByteArray bomb = packageBomb();
    if (bomb.isEmpty())
        return {};
    constexpr quint32 bombBlock = 40;
    RawIso iso(bombBlock + static_cast<quint32>(bomb.size()) / blockSize + 1);
    QList<RawRecord> packages; // each is unpacked for itself, although all are the same bytes
    for (const char* const name : {"SHIM-X64-1.RPM", "SHIM-1.RPM", "GRUB2-EFI-X64-1.RPM", "GRUB2-EFI-1.RPM"})
        packages.append({name, bombBlock, static_cast<quint32>(bomb.size())});
    iso.addDirectory(RawIso::rootBlock, packages);
    iso.put(bombBlock, bomb);
    return iso.write(directory);
}

} // namespace rackmuster::tests
