#include "tests/support/TestIso.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>

namespace rackmuster::tests {

namespace {

bool write(const QString& path, const QByteArray& bytes) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QByteArray treeinfo(const QString& version) {
    return QStringLiteral(
               "[general]\nfamily = Test Linux\nname = Test Linux %1\nversion = %1\narch = x86_64\n"
               "[stage2]\nmainimage = images/install.img\n"
               "[images-x86_64]\nkernel = images/pxeboot/vmlinuz\ninitrd = images/pxeboot/initrd.img\n")
        .arg(version)
        .toUtf8();
}

} // namespace

QString makeRedHatIso(const QString& directory, const QString& version) {
    const QString xorriso = QStandardPaths::findExecutable(QStringLiteral("xorriso"));
    if (xorriso.isEmpty())
        return {};
    const QDir tree(directory + QStringLiteral("/tree-") + version);
    const bool isWritten =
        write(tree.filePath(QStringLiteral(".treeinfo")), treeinfo(version)) &&
        write(tree.filePath(QStringLiteral("images/pxeboot/vmlinuz")), QByteArray(5000, 'k')) &&
        write(tree.filePath(QStringLiteral("images/pxeboot/initrd.img")), QByteArray(7000, 'i')) &&
        write(tree.filePath(QStringLiteral("images/install.img")), QByteArray(9000, 's')) &&
        write(tree.filePath(QStringLiteral("EFI/BOOT/BOOTX64.EFI")), QByteArray(3000, 'e')) &&
        write(tree.filePath(QStringLiteral("EFI/BOOT/grubx64.efi")), QByteArray(4000, 'g')) &&
        write(tree.filePath(QStringLiteral("BaseOS/repodata/repomd.xml")), "<repomd/>") &&
        write(tree.filePath(QStringLiteral("BaseOS/Packages/a-1-1.noarch.rpm")), "rpm");
    const QString iso = directory + QStringLiteral("/test-%1.iso").arg(version);
    const int status = QProcess::execute(
        xorriso,
        {QStringLiteral("-report_about"), QStringLiteral("SORRY"), QStringLiteral("-as"),
         QStringLiteral("mkisofs"), QStringLiteral("-quiet"), QStringLiteral("-R"), QStringLiteral("-V"),
         QStringLiteral("TEST-%1").arg(version), QStringLiteral("-o"), iso, tree.path()});
    return isWritten && status == 0 ? iso : QString();
}

} // namespace rackmuster::tests
