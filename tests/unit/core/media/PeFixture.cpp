#include "tests/unit/core/media/PeFixture.h"

#include <QtEndian>

namespace rackmuster::tests {

namespace {

template <typename T>
QByteArray little(T value) {
    QByteArray out(sizeof(T), '\0');
    qToLittleEndian(value, out.data());
    return out;
}

QByteArray padded(QByteArray bytes, qsizetype multiple) {
    bytes.append((multiple - bytes.size() % multiple) % multiple, '\0');
    return bytes;
}

QByteArray der(char tag, const QByteArray& content) {
    QByteArray out(1, tag);
    if (content.size() < 0x80)
        out += static_cast<char>(content.size());
    else
        out += "\x82" + QByteArray(1, static_cast<char>(content.size() >> 8)) +
               static_cast<char>(content.size() & 0xFF);
    return out + content;
}

QByteArray sequence(const QByteArray& content) {
    return der('\x30', content);
}

QByteArray nameOf(const QByteArray& commonName) {
    return sequence(
        der('\x31', sequence(der('\x06', QByteArray("\x55\x04\x03", 3)) + der('\x0C', commonName))));
}

} // namespace

QByteArray makePe(const PeSections& sections, const QList<QByteArray>& signatures) {
    constexpr qsizetype peAt = 64;
    constexpr qsizetype optionalSize = 240; // PE32+ with 16 directories
    const qsizetype headerSize = peAt + 24 + optionalSize + 40 * sections.size();
    QByteArray table;
    QByteArray content;
    for (const auto& [name, bytes] : sections) {
        const auto at = static_cast<quint32>(headerSize + content.size());
        const QByteArray filled = padded(bytes, 8);
        table += padded(name, 8).left(8) + little(static_cast<quint32>(bytes.size())) + little(at) +
                 little(static_cast<quint32>(filled.size())) + little(at) + QByteArray(16, '\0');
        content += filled;
    }
    QByteArray certificates;
    for (const QByteArray& signature : signatures)
        certificates += padded(little(static_cast<quint32>(signature.size() + 8)) + little(quint16{0x200}) +
                                   little(quint16{2}) + signature,
                               8);
    content = padded(content, 8);
    const QByteArray dos = "MZ" + QByteArray(58, '\0') + little(static_cast<quint32>(peAt));
    const QByteArray coff = QByteArray("PE\0\0", 4) + little(quint16{0x8664}) +
                            little(static_cast<quint16>(sections.size())) + QByteArray(12, '\0') +
                            little(static_cast<quint16>(optionalSize)) + little(quint16{0x22});
    QByteArray optional = little(quint16{0x20B}) + QByteArray(106, '\0') + little(quint32{16});
    optional += QByteArray(32, '\0') + little(static_cast<quint32>(headerSize + content.size())) +
                little(static_cast<quint32>(certificates.size()));
    optional += QByteArray(optionalSize - optional.size(), '\0');
    return dos + coff + optional + table + content + certificates;
}

QByteArray makeSignature(const QByteArray& name, const QByteArray& issuer) {
    const QByteArray serial = der('\x02', "\x2A");
    const QByteArray algorithm = sequence(der('\x06', "\x2A\x03"));
    const QByteArray certificate = sequence(sequence(der('\xA0', der('\x02', "\x02")) + serial + algorithm +
                                                     nameOf(issuer) + sequence(QByteArray()) + nameOf(name)));
    const QByteArray signer = sequence(der('\x02', "\x01") + sequence(nameOf(issuer) + serial));
    const QByteArray data = sequence(der('\x02', "\x01") + der('\x31', algorithm) + algorithm +
                                     der('\xA0', certificate) + der('\x31', signer));
    return sequence(der('\x06', QByteArray("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 9)) + der('\xA0', data));
}

QByteArray makeShim(int generation) {
    return makePe(
        {{".sbat", "sbat,1,SBAT Version\nshim," + QByteArray::number(generation) + ",UEFI shim\n"}},
        {makeSignature("Microsoft Windows UEFI Driver Publisher", "Microsoft Corporation UEFI CA 2011")});
}

QByteArray makeGrub(int generation) {
    return makePe({{".sbat", "sbat,1,SBAT Version\ngrub," + QByteArray::number(generation) + ",GRUB\n"},
                   {"mods", QByteArray("shim_lock\0linux\0linuxefi\0", 25)}},
                  {makeSignature("Test Vendor Signer", "Test Vendor CA")});
}

} // namespace rackmuster::tests
