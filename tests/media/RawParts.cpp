#include "tests/media/RawParts.h"

namespace rackmuster::tests {

RawRecord file(const QByteArray& name, quint32 block, quint32 size, const QByteArray& systemUse) {
    return {name.toUpper() + ";1", block, size, 0, RawIso::name(name) + systemUse};
}

RawRecord folder(const QByteArray& name, quint32 block, quint32 size) {
    return {name.toUpper(), block, size, directoryFlag, RawIso::name(name)};
}

QByteArray jolietDescriptor(quint32 block, quint32 size) {
    QByteArray out(2048, '\0');
    out.replace(0, 7, QByteArray("\2CD001\1", 7));
    out.replace(88, 3, "%/E");
    out.replace(156, 34, RawIso::encode({QByteArray(1, '\0'), block, size, directoryFlag}));
    return out;
}

QByteArray bootDescriptor(quint32 catalog) {
    QByteArray out(2048, '\0');
    out.replace(0, 7, QByteArray("\0CD001\1", 7));
    out.replace(7, 23, "EL TORITO SPECIFICATION");
    for (int i = 0; i < 4; ++i)
        out[71 + i] = static_cast<char>(catalog >> (8 * i));
    return out;
}

QByteArray efiCatalog(quint32 image) {
    QByteArray out(2048, '\0');
    out[0] = 1;
    out[1] = static_cast<char>(0xEF);
    out[32] = static_cast<char>(0x88);
    for (int i = 0; i < 4; ++i)
        out[40 + i] = static_cast<char>(image >> (8 * i));
    return out;
}

QByteArray fatSector(quint16 reserved, quint16 rootEntries, quint32 sectors, quint16 tableSectors,
                     quint8 perCluster) {
    QByteArray out(512, '\0');
    const auto put16 = [&out](int at, quint16 value) {
        out[at] = static_cast<char>(value);
        out[at + 1] = static_cast<char>(value >> 8U);
    };
    put16(11, 512);
    out[13] = static_cast<char>(perCluster);
    put16(14, reserved);
    out[16] = 1;
    put16(17, rootEntries);
    put16(32, static_cast<quint16>(sectors));
    put16(34, static_cast<quint16>(sectors >> 16U));
    put16(tableSectors != 0 ? 22 : 36, tableSectors != 0 ? tableSectors : 1);
    return out;
}

QByteArray fatRecord(const QByteArray& name, quint8 attributes, quint16 cluster, quint32 size) {
    QByteArray out = name.leftJustified(11, ' ') + QByteArray(21, '\0');
    out[11] = static_cast<char>(attributes);
    out[26] = static_cast<char>(cluster);
    out[27] = static_cast<char>(cluster >> 8U);
    for (int i = 0; i < 4; ++i)
        out[28 + i] = static_cast<char>(size >> (8 * i));
    return out;
}

RawIso withFat(const QByteArray& volume, quint32 all) {
    RawIso iso(all);
    iso.addDirectory(rootBlock, {file("f")}, RawIso::rockRidgeRoot());
    iso.put(17, bootDescriptor(21));
    iso.put(18, QByteArray("\xFF"
                           "CD001\1",
                           7));
    iso.put(21, efiCatalog(30));
    iso.put(30, volume);
    return iso;
}

} // namespace rackmuster::tests
