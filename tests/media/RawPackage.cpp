#include "tests/media/RawPackage.h"

#include "tests/media/Oracle.h"

#include <QProcess>
#include <QtEndian>

namespace rackmuster::tests {

namespace {

QByteArray hex(qint64 value) {
    return QByteArray::number(static_cast<quint32>(value), 16).rightJustified(8, '0').toUpper();
}

void pad(QByteArray& bytes, qsizetype to) {
    bytes.append((to - bytes.size() % to) % to, '\0');
}

QByteArray header(quint32 entries, quint32 storeSize) {
    QByteArray out("\x8E\xAD\xE8\x01\0\0\0\0", 8);
    QByteArray counts(8, '\0');
    qToBigEndian(entries, counts.data());
    qToBigEndian(storeSize, counts.data() + 4);
    return out + counts;
}

} // namespace

QByteArray encode(const RawMember& member) {
    const qint64 nameSize = member.claimedNameSize < 0 ? member.name.size() + 1 : member.claimedNameSize;
    const qint64 size = member.claimedSize < 0 ? member.bytes.size() : member.claimedSize;
    QByteArray out = member.magic + hex(1) + hex(member.mode) + hex(0) + hex(0) + hex(1) + hex(0) +
                     hex(size) + hex(0) + hex(0) + hex(0) + hex(0) + hex(nameSize) + hex(0) + member.name +
                     '\0';
    pad(out, 4);
    out += member.bytes;
    pad(out, 4);
    return out;
}

QByteArray archiveOf(const QList<RawMember>& members) {
    QByteArray out;
    for (const RawMember& member : members)
        out += encode(member);
    return out + encode({"TRAILER!!!", {}, 0});
}

QByteArray packageOf(const QByteArray& payload) {
    return packageOf(payload, 0, 0);
}

QByteArray packageOf(const QByteArray& payload, quint32 entries, quint32 storeSize) {
    QByteArray lead("\xED\xAB\xEE\xDB\3\0\0\0\0\1test-1-1", 18);
    lead.append(96 - lead.size(), '\0');
    lead[79] = 5; // signature type
    return lead + header(0, 0) + header(entries, storeSize) + payload;
}

QByteArray compressed(const QByteArray& bytes, const QString& program) {
    if (!isInstalled(program))
        return {};
    QProcess process;
    process.start(program, {QStringLiteral("-c")});
    process.write(bytes);
    process.closeWriteChannel();
    return process.waitForFinished(60'000) && process.exitCode() == 0 ? process.readAllStandardOutput()
                                                                      : QByteArray();
}

} // namespace rackmuster::tests
