#include "tests/media/Listing.h"

#include "core/media/TreePath.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>

#include <algorithm>
#include <functional>

namespace rackmuster::tests {

namespace {

constexpr quint64 wholeUpTo = 64U << 20U;
constexpr quint64 sampleSize = 64U << 10U;
constexpr quint64 blockSize = 1U << 20U;

/// Appends `count` bytes from `offset` on; false when they cannot be read.
using Source = std::function<bool(quint64 offset, quint64 count, QCryptographicHash& into)>;

QByteArray sumOf(quint64 size, const Source& source) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (size <= wholeUpTo) {
        for (quint64 at = 0; at < size; at += blockSize) {
            if (!source(at, std::min(blockSize, size - at), hash))
                return {};
        }
        return hash.result();
    }
    for (const quint64 at : sampledOffsets(size)) {
        if (!source(at, std::min(sampleSize, size - at), hash))
            return {};
    }
    return hash.result();
}

bool hashSlices(const std::vector<boot::FileSlice>& slices, quint64 offset, quint64 count,
                QCryptographicHash& into) {
    for (const boot::FileSlice& slice : slices) {
        if (offset >= slice.length) {
            offset -= slice.length;
            continue;
        }
        QByteArray bytes(static_cast<qsizetype>(std::min<quint64>(count, slice.length - offset)), '\0');
        const std::span span(reinterpret_cast<std::uint8_t*>(bytes.data()),
                             static_cast<std::size_t>(bytes.size()));
        if (!slice.file->readExactly(slice.offset + offset, span))
            return false;
        into.addData(bytes);
        count -= span.size();
        offset = 0;
        if (count == 0)
            return true;
    }
    return count == 0;
}

FileFacts factsOf(const std::vector<boot::FileSlice>& slices) {
    const quint64 size = media::sizeOfSlices(slices);
    return {size, sumOf(size, [&slices](quint64 offset, quint64 count, QCryptographicHash& into) {
                return hashSlices(slices, offset, count, into);
            })};
}

FileFacts factsOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto size = static_cast<quint64>(file.size());
    return {size, sumOf(size, [&file](quint64 offset, quint64 count, QCryptographicHash& into) {
                const bool isThere = file.seek(static_cast<qint64>(offset));
                const QByteArray bytes = file.read(static_cast<qint64>(count));
                into.addData(bytes);
                return isThere && static_cast<quint64>(bytes.size()) == count;
            })};
}

QString shown(const FileFacts& facts) {
    return QStringLiteral("%1 bytes, %2")
        .arg(facts.size)
        .arg(QString::fromLatin1(facts.sum.isEmpty() ? "unreadable" : facts.sum.toHex().left(8)));
}

} // namespace

Listing listingOf(const media::IsoImage& image) {
    Listing out;
    for (const auto& [path, slices] : image.files()) {
        if (!path.starts_with('['))
            out.insert(QString::fromStdString(path), factsOf(slices));
    }
    return out;
}

Listing listingBelow(const media::IsoImage& image, const QString& prefix) {
    Listing out;
    for (const auto& [path, slices] : image.files()) {
        if (path.starts_with(prefix.toStdString()))
            out.insert(QString::fromStdString(path).mid(prefix.size()), factsOf(slices));
    }
    return out;
}

Listing listingOf(const QString& directory) {
    Listing out;
    QDirIterator files(directory, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    const QDir base(directory);
    while (files.hasNext()) {
        const QString path = files.next();
        out.insert(base.relativeFilePath(path), factsOf(path));
    }
    return out;
}

QString differences(const Listing& expected, const Listing& found) {
    constexpr qsizetype most = 20;
    QStringList out;
    for (auto file = expected.begin(); file != expected.end() && out.size() < most; ++file) {
        if (!found.contains(file.key()))
            out += QStringLiteral("missing: ") + file.key();
        else if (const FileFacts other = found.value(file.key()); other != *file || other.sum.isEmpty())
            out += QStringLiteral("%1: expected %2, found %3").arg(file.key(), shown(*file), shown(other));
    }
    for (auto file = found.begin(); file != found.end() && out.size() < most; ++file) {
        if (!expected.contains(file.key()))
            out += QStringLiteral("not expected: ") + file.key();
    }
    return out.join(QLatin1Char('\n'));
}

QList<quint64> sampledOffsets(quint64 size) {
    constexpr quint64 fourGibibytes = 1ULL << 32U;
    constexpr quint64 pieces = 16;
    QList<quint64> out;
    for (quint64 piece = 0; piece < pieces; ++piece)
        out += size / pieces * piece;
    out += size - std::min(size, sampleSize);
    if (size > fourGibibytes + sampleSize)
        out << fourGibibytes - sampleSize << fourGibibytes;
    return out;
}

} // namespace rackmuster::tests
