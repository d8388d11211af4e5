#include "tests/media/SourceTree.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>

#include <unistd.h>

namespace rackmuster::tests {

SourceTree::SourceTree(const QString& path) : m_path(path) {
    QDir().mkpath(path);
}

/// Where `path` is on disk; its folders are made.
QString SourceTree::place(const QString& path) const {
    const QString out = m_path + QLatin1Char('/') + path;
    if (!QDir().mkpath(QFileInfo(out).path()))
        qFatal("Cannot make the folder of %s", qPrintable(out));
    return out;
}

void SourceTree::add(const QString& path, const QByteArray& content) {
    QFile file(place(path));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("Cannot write %s", qPrintable(file.fileName()));
}

void SourceTree::addLink(const QString& path, const QString& target) {
    if (!QFile::link(target, place(path)))
        qFatal("Cannot link %s", qPrintable(path));
}

void SourceTree::addHardLink(const QString& path, const QString& target) {
    const QByteArray from = QFile::encodeName(place(target));
    if (::link(from.constData(), QFile::encodeName(place(path)).constData()) != 0)
        qFatal("Cannot link %s", qPrintable(path));
}

void SourceTree::addSparse(const QString& path, quint64 size) {
    QFile file(place(path));
    if (!file.open(QIODevice::WriteOnly) || !file.resize(static_cast<qint64>(size)))
        qFatal("Cannot write %s", qPrintable(file.fileName()));
    constexpr quint64 fourGibibytes = 1ULL << 32U;
    constexpr quint64 markSize = 4096;
    quint32 seed = 1000;
    for (const quint64 at : {quint64{0}, fourGibibytes - markSize, fourGibibytes, size - markSize}) {
        const QByteArray mark = bytes(markSize, ++seed);
        if (at <= size - markSize && (!file.seek(static_cast<qint64>(at)) || file.write(mark) != mark.size()))
            qFatal("Cannot write %s", qPrintable(file.fileName()));
    }
}

void SourceTree::addEverything() {
    add(QStringLiteral(".treeinfo"), "[general]\nfamily = Test\nversion = 9\n");
    quint32 seed = 0;
    for (const int size : {0, 1, 2047, 2048, 2049, 65535, 65536, 1'000'003, 3 << 20})
        add(QStringLiteral("sizes/of-%1").arg(size), bytes(size, ++seed));
    QString deep;
    for (int level = 1; level <= 20; ++level) {
        deep += QStringLiteral("level-%1/").arg(level);
        if (level % 4 == 0)
            add(deep + QStringLiteral("file"), bytes(100 * level, ++seed));
    }
    // Two folders that are moved to the same place under the same name.
    add(QStringLiteral("a/1/2/3/4/5/6/7/8/same/x"), bytes(10, ++seed));
    add(QStringLiteral("b/1/2/3/4/5/6/7/8/same/x"), bytes(11, ++seed));
    add(QStringLiteral("Packages/n/") + QString(210, QLatin1Char('n')) + QStringLiteral(".rpm"),
        bytes(5000, ++seed));
    add(QStringLiteral("文档/安装指南（第二版）.txt"), bytes(700, ++seed));
    add(QStringLiteral("文档/") + QString(80, QChar(0x957F)), bytes(701, ++seed)); // 240 bytes of UTF-8
    add(QStringLiteral("names/with blank, #hash +plus ~tilde 'quote' %20"), bytes(20, ++seed));
    add(QStringLiteral("names/README"), bytes(21, ++seed));
    add(QStringLiteral("names/readme.tar.gz.asc"), bytes(23, ++seed));
    add(QStringLiteral("names/semi;colon"), bytes(25, ++seed));
    add(QStringLiteral("names/.hidden"), bytes(26, ++seed));
    add(QStringLiteral("images/pxeboot/vmlinuz"), bytes(70'000, ++seed));
    for (int i = 0; i < 300; ++i)
        add(QStringLiteral("many/package-with-a-usual-name-%1-1.2.3-4.el9.x86_64.rpm").arg(i),
            bytes(i, ++seed));
    addHardLink(QStringLiteral("names/hard"), QStringLiteral("images/pxeboot/vmlinuz"));
    addLink(QStringLiteral("images/kernel"), QStringLiteral("pxeboot/vmlinuz"));
    addLink(QStringLiteral("images/kernel-again"), QStringLiteral("./kernel"));
    addLink(QStringLiteral("up/and/down"), QStringLiteral("../../.treeinfo"));
    addLink(QStringLiteral("current"), QStringLiteral("images"));
    addLink(QStringLiteral("through-a-folder"), QStringLiteral("current/pxeboot/vmlinuz"));
    addLink(QStringLiteral("up/through"), QStringLiteral("../current/kernel"));
    addLink(QStringLiteral("nowhere"), QStringLiteral("not/here"));
    addLink(QStringLiteral("round"), QStringLiteral("round"));
    QDir().mkpath(m_path + QStringLiteral("/an/empty/folder"));
}

void SourceTree::addTwins() {
    add(QStringLiteral("names/Readme"), bytes(22, 201));
    add(QStringLiteral("names/ReadMe"), bytes(23, 202));
}

QByteArray SourceTree::bytes(qsizetype count, quint32 seed) {
    QRandomGenerator random(seed);
    QByteArray out((count + 3) / 4 * 4, '\0');
    random.fillRange(reinterpret_cast<quint32*>(out.data()), out.size() / 4);
    out.truncate(count);
    return out;
}

} // namespace rackmuster::tests
