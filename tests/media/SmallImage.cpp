#include "tests/media/SmallImage.h"

#include "tests/media/Oracle.h"
#include "tests/media/SourceTree.h"

#include <QFile>

namespace rackmuster::tests {

bool canMakeSmallImages() {
    return isInstalled(QStringLiteral("genisoimage")) && isInstalled(QStringLiteral("mformat"));
}

QString makeSmallImage(const QString& directory, const char* arguments) {
    const QString tree = directory + QStringLiteral("/tree");
    if (!QFile::exists(tree)) {
        SourceTree source(tree);
        source.add(QStringLiteral("a/b/c/d/e/f/g/h/i/j/deep"), "deep");
        source.add(QStringLiteral("文档/") + QString(60, QChar(0x957F)), "long");
        source.addLink(QStringLiteral("link"), QStringLiteral("a/b/c/d/e/f/g/h/i/j/deep"));
        source.add(QStringLiteral(".treeinfo"), "[general]\nfamily = CentOS\nversion = 7\narch = x86_64\n");
        for (int i = 0; i < 60; ++i)
            source.add(QStringLiteral("d%1/a-name-of-some-length-%2").arg(i % 7).arg(i),
                       QByteArray::number(i));
        if (!runShell(QStringLiteral("mformat -C -i efi.img -f 160 ::; mmd -i efi.img ::/EFI; "
                                     "mcopy -i efi.img link ::/EFI/BOOTX64.EFI"),
                      tree))
            return {};
    }
    const QString image = directory + QStringLiteral("/small.iso");
    return runShell(QStringLiteral("genisoimage -quiet -no-pad %1 -o %2 %3 2>/dev/null")
                        .arg(QLatin1String(arguments), image, tree))
               ? image
               : QString();
}

} // namespace rackmuster::tests
