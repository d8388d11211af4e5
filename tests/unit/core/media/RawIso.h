#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace rackmuster::tests {

/// One directory record, every field at the test's will.
struct RawRecord {
    QByteArray identifier;
    quint32 block = 0;
    quint32 size = 0;
    quint8 flags = 0;
    QByteArray systemUse;
    quint8 extendedAttributeBlocks = 0;
};

/// Writes ISO images that no tool would: only the descriptors and what the test puts into blocks of 2048
/// bytes. The file is sparse, so sizes beyond 4 GiB cost nothing.
class RawIso {
public:
    static constexpr quint32 rootBlock = 20;

    /// A volume of `blocks` blocks with the root directory at rootBlock.
    explicit RawIso(quint32 blocks, quint32 rootSize = 2048);

    /// "." and ".." are added. `selfSystemUse` is of ".".
    void addDirectory(quint32 block, const QList<RawRecord>& records, const QByteArray& selfSystemUse = {});
    void put(quint32 block, const QByteArray& bytes);
    /// The path, in `directory`.
    [[nodiscard]] QString write(const QString& directory) const;

    [[nodiscard]] static QByteArray encode(const RawRecord& record);
    // System use entries.
    [[nodiscard]] static QByteArray sharingProtocol(quint8 skip = 0);                          ///< SP
    [[nodiscard]] static QByteArray attributes();                                              ///< PX
    [[nodiscard]] static QByteArray name(const QByteArray& text, quint8 flags = 0);            ///< NM
    [[nodiscard]] static QByteArray continuation(quint32 block, quint32 offset, quint32 size); ///< CE
    [[nodiscard]] static QByteArray childLink(quint32 block);                                  ///< CL
    [[nodiscard]] static QByteArray relocated();                                               ///< RE
    [[nodiscard]] static QByteArray link(const QList<QByteArray>& parts); ///< SL; "" is the root
    /// What "." of a Rock Ridge root says.
    [[nodiscard]] static QByteArray rockRidgeRoot() { return sharingProtocol() + attributes(); }

private:
    struct Placed {
        quint32 block;
        QByteArray bytes;
    };
    quint32 m_blocks;
    QList<Placed> m_placed;
};

} // namespace rackmuster::tests
