#pragma once

#include <QByteArray>
#include <QList>
#include <QPair>

namespace rackmuster::tests {

using PeSections = QList<QPair<QByteArray, QByteArray>>; ///< name, content

/// A UEFI program (PE32+) of these sections with these PKCS#7 bodies in its attribute certificate table.
[[nodiscard]] QByteArray makePe(const PeSections& sections, const QList<QByteArray>& signatures = {});

/// A PKCS#7 SignedData with one signer, as far as anybody reads it who does not verify.
[[nodiscard]] QByteArray makeSignature(const QByteArray& name, const QByteArray& issuer);

/// A shim that machines start: signed under Microsoft's UEFI CA, of this generation.
[[nodiscard]] QByteArray makeShim(int generation = 4);
/// A grub of this generation, signed by its vendor, with the command linuxefi.
[[nodiscard]] QByteArray makeGrub(int generation = 5);

} // namespace rackmuster::tests
