#include "ui/DroppedFiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace rackmuster::ui;

class TestDroppedFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Answer files of every family, the one without a suffix too.
    void sortsAFolderByNames() {
        QTemporaryDir folder;
        const QStringList images{QStringLiteral("a.iso"), QStringLiteral("b.ISO")};
        const QStringList answers{QStringLiteral("a.cfg"),    QStringLiteral("b.ks"),
                                  QStringLiteral("c.seed"),   QStringLiteral("d.xml"),
                                  QStringLiteral("e.yaml"),   QStringLiteral("f.YML"),
                                  QStringLiteral("user-data")};
        const QStringList others{QStringLiteral("meta-data"), QStringLiteral("x.txt"), QStringLiteral("iso")};
        for (const QString& name : images + answers + others) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
        }
        const auto namesOf = [](const QStringList& paths) {
            QStringList out;
            for (const QString& path : paths)
                out << path.section(QLatin1Char('/'), -1);
            out.sort();
            return out;
        };
        const DroppedFiles sorted = sortDropped({folder.path()});
        QCOMPARE(namesOf(sorted.images), images);
        QCOMPARE(namesOf(sorted.answerFiles), answers);
        QCOMPARE(namesOf(sortDropped({folder.filePath(QStringLiteral("user-data"))}).answerFiles),
                 QStringList{QStringLiteral("user-data")});
    }
};

QTEST_GUILESS_MAIN(TestDroppedFiles)
#include "tst_DroppedFiles.moc"
