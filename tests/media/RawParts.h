#pragma once

#include "tests/unit/core/media/RawIso.h"

namespace rackmuster::tests {

constexpr quint8 directoryFlag = 0x02;
constexpr quint8 moreExtents = 0x80;
constexpr quint32 smallImage = 64; ///< blocks
constexpr quint32 rootBlock = RawIso::rootBlock;

/// A file's record with a Rock Ridge name.
[[nodiscard]] RawRecord file(const QByteArray& name, quint32 block = 40, quint32 size = 1,
                             const QByteArray& systemUse = {});
[[nodiscard]] RawRecord folder(const QByteArray& name, quint32 block, quint32 size = 2048);
/// A supplementary descriptor with Joliet's mark and this root.
[[nodiscard]] QByteArray jolietDescriptor(quint32 block, quint32 size);
[[nodiscard]] QByteArray bootDescriptor(quint32 catalog);
[[nodiscard]] QByteArray efiCatalog(quint32 image);
/// The boot sector of a FAT volume.
[[nodiscard]] QByteArray fatSector(quint16 reserved, quint16 rootEntries, quint32 sectors,
                                   quint16 tableSectors, quint8 perCluster = 1);
[[nodiscard]] QByteArray fatRecord(const QByteArray& name, quint8 attributes, quint16 cluster, quint32 size);
/// A small image whose EFI boot image at block 30 begins with `volume`.
[[nodiscard]] RawIso withFat(const QByteArray& volume, quint32 all = smallImage);

} // namespace rackmuster::tests
