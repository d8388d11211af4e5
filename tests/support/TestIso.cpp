#include "tests/support/TestIso.h"

#include "tests/support/ProgramRun.h"

#include <QDir>
#include <QFile>
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

struct TreeFile {
    const char* path;
    QByteArray bytes;
};

/// `name`.iso of these files in `directory`; empty when something went wrong.
QString makeIso(const QString& directory, const QString& name, const QString& volume,
                const QList<TreeFile>& files) {
    const QString xorriso = QStandardPaths::findExecutable(QStringLiteral("xorriso"));
    if (xorriso.isEmpty())
        return {};
    const QDir tree(directory + QStringLiteral("/tree-") + name);
    for (const TreeFile& file : files) {
        if (!write(tree.filePath(QString::fromLatin1(file.path)), file.bytes))
            return {};
    }
    const QString iso = directory + QLatin1Char('/') + name + QStringLiteral(".iso");
    const ProgramRun made =
        runToItsEnd(xorriso, {QStringLiteral("-report_about"), QStringLiteral("SORRY"), QStringLiteral("-as"),
                              QStringLiteral("mkisofs"), QStringLiteral("-quiet"), QStringLiteral("-R"),
                              QStringLiteral("-V"), volume, QStringLiteral("-o"), iso, tree.path()});
    return made.isGood ? iso : QString();
}

} // namespace

QString makeRedHatIso(const QString& directory, const QString& version) {
    return makeIso(directory, QStringLiteral("test-") + version, QStringLiteral("TEST-") + version,
                   {{".treeinfo", treeinfo(version)},
                    {"images/pxeboot/vmlinuz", QByteArray(5000, 'k')},
                    {"images/pxeboot/initrd.img", QByteArray(7000, 'i')},
                    {"images/install.img", QByteArray(9000, 's')},
                    {"EFI/BOOT/BOOTX64.EFI", QByteArray(3000, 'e')},
                    {"EFI/BOOT/grubx64.efi", QByteArray(4000, 'g')},
                    {"BaseOS/repodata/repomd.xml", "<repomd/>"},
                    {"BaseOS/Packages/a-1-1.noarch.rpm", "rpm"}});
}

QString makeUbuntuIso(const QString& directory) {
    return makeIso(directory, QStringLiteral("ubuntu"), QStringLiteral("Ubuntu-Server 24.04.1 LTS amd64"),
                   {{".disk/info", "Ubuntu-Server 24.04.1 LTS \"Noble Numbat\" - Release amd64 (20240827)"},
                    {"casper/vmlinuz", QByteArray(5000, 'k')},
                    {"casper/initrd", QByteArray(7000, 'i')},
                    {"casper/install-sources.yaml", "- id: ubuntu-server\n"},
                    {"casper/ubuntu-server-minimal.squashfs", QByteArray(9000, 's')},
                    {"EFI/boot/bootx64.efi", QByteArray(3000, 'e')},
                    {"EFI/boot/grubx64.efi", QByteArray(4000, 'g')},
                    {"dists/noble/Release", "Origin: Ubuntu\n"},
                    {"pool/main/o/openssh/openssh-server_9.6_amd64.deb", "deb"}});
}

QString makeSuseIso(const QString& directory) {
    return makeIso(
        directory, QStringLiteral("suse"), QStringLiteral("openSUSE-Leap-15.6-DVD-x86_64"),
        {{"content", "CONTENTSTYLE     11\nDISTRO           cpe:/o:opensuse:leap:15.6,openSUSE Leap 15.6\n"
                     "LABEL            openSUSE Leap 15.6\nVERSION          15.6\n"
                     "BASEARCHS        x86_64\n"},
         {"media.1/media", "openSUSE - openSUSE-Leap-15.6-x86_64-Build1.1-Media\n"
                           "openSUSE-Leap-15.6-x86_64-Build1.1\n1\n"},
         {"boot/x86_64/loader/linux", QByteArray(5000, 'k')},
         {"boot/x86_64/loader/initrd", QByteArray(7000, 'i')},
         {"boot/x86_64/root", QByteArray(9000, 's')},
         {"EFI/BOOT/bootx64.efi", QByteArray(3000, 'e')},
         {"EFI/BOOT/grub.efi", QByteArray(4000, 'g')},
         {"repodata/repomd.xml", "<repomd/>"},
         {"x86_64/bash-5-1.x86_64.rpm", "rpm"}});
}

} // namespace rackmuster::tests
