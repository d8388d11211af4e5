#include "tests/unit/core/engine/HostileIso.h"

#include "tests/unit/core/media/RawIso.h"

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

} // namespace rackmuster::tests
