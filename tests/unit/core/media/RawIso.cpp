#include "tests/unit/core/media/RawIso.h"

#include <QFile>
#include <QtEndian>

#include <algorithm>

namespace rackmuster::tests {

namespace {

constexpr qint64 blockSize = 2048;

QByteArray both16(quint16 value) {
    QByteArray out(4, '\0');
    qToLittleEndian(value, out.data());
    qToBigEndian(value, out.data() + 2);
    return out;
}

QByteArray both32(quint32 value) {
    QByteArray out(8, '\0');
    qToLittleEndian(value, out.data());
    qToBigEndian(value, out.data() + 4);
    return out;
}

QByteArray entry(const char* signature, const QByteArray& body) {
    return QByteArray(signature) + static_cast<char>(body.size() + 4) + '\1' + body;
}

RawRecord directoryRecord(char identifier, quint32 block, quint32 size, const QByteArray& systemUse = {}) {
    return {QByteArray(1, identifier), block, size, 2, systemUse};
}

} // namespace

RawIso::RawIso(quint32 blocks, quint32 rootSize) : m_blocks(blocks) {
    QByteArray primary(blockSize, '\0');
    primary.replace(0, 7, QByteArray("\1CD001\1", 7));
    primary.replace(40, 32, QByteArray("RAW").leftJustified(32, ' '));
    primary.replace(80, 8, both32(blocks));
    primary.replace(128, 4, both16(blockSize));
    primary.replace(156, 34, encode(directoryRecord('\0', rootBlock, rootSize)));
    put(16, primary);
    put(17, QByteArray("\xFF"
                       "CD001\1",
                       7));
}

void RawIso::addDirectory(quint32 block, const QList<RawRecord>& records, const QByteArray& selfSystemUse) {
    QByteArray bytes = encode(directoryRecord('\0', block, blockSize, selfSystemUse));
    bytes += encode(directoryRecord('\1', block, blockSize));
    for (const RawRecord& record : records) {
        const QByteArray encoded = encode(record);
        const qsizetype inSector = bytes.size() % blockSize;
        if (inSector + encoded.size() > blockSize)
            bytes.append(blockSize - inSector, '\0');
        bytes += encoded;
    }
    put(block, bytes);
}

void RawIso::put(quint32 block, const QByteArray& bytes) {
    m_placed.append({block, bytes});
}

QString RawIso::write(const QString& directory) const {
    QFile file(directory + QStringLiteral("/raw.iso"));
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || !file.resize(m_blocks * blockSize))
        qFatal("Cannot write %s", qPrintable(file.fileName()));
    for (const Placed& placed : m_placed) {
        file.seek(placed.block * blockSize);
        file.write(placed.bytes);
    }
    return file.fileName();
}

QByteArray RawIso::encode(const RawRecord& record) {
    QByteArray name = record.identifier;
    const auto nameLength = static_cast<char>(name.size());
    if (name.size() % 2 == 0)
        name += '\0';
    QByteArray out(2, '\0');
    out[1] = static_cast<char>(record.extendedAttributeBlocks);
    out += both32(record.block) + both32(record.size) + QByteArray(7, '\0') +
           static_cast<char>(record.flags) + QByteArray(2, '\0') + both16(1) + nameLength + name +
           record.systemUse;
    if (out.size() % 2 != 0)
        out += '\0';
    out[0] = static_cast<char>(out.size());
    return out;
}

QByteArray RawIso::sharingProtocol(quint8 skip) {
    return entry("SP", QByteArray("\xBE\xEF", 2) + static_cast<char>(skip));
}

QByteArray RawIso::attributes() {
    return entry("PX", both32(0100644) + both32(1) + both32(0) + both32(0));
}

QByteArray RawIso::name(const QByteArray& text, quint8 flags) {
    return entry("NM", static_cast<char>(flags) + text);
}

QByteArray RawIso::continuation(quint32 block, quint32 offset, quint32 size) {
    return entry("CE", both32(block) + both32(offset) + both32(size));
}

QByteArray RawIso::childLink(quint32 block) {
    return entry("CL", both32(block));
}

QByteArray RawIso::relocated() {
    return entry("RE", {});
}

QByteArray RawIso::link(const QList<QByteArray>& parts) {
    QByteArray components;
    for (const QByteArray& part : parts) {
        const char flags = part.isEmpty() ? 8 : part == ".." ? 4 : part == "." ? 2 : 0;
        components += flags;
        components += static_cast<char>(flags == 0 ? part.size() : 0);
        components += flags == 0 ? part : QByteArray();
    }
    return entry("SL", '\0' + components);
}

} // namespace rackmuster::tests
