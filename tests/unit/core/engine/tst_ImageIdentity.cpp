#include "core/engine/ImageIdentity.h"

#include <QTest>

using namespace rackmuster;
using namespace rackmuster::engine;

// R44: which file may take the place of one that was gone or changed.
class ImageIdentityTest : public QObject {
    Q_OBJECT

    storage::StoredImage m_known;
    LibraryImage m_found;

private Q_SLOTS:
    void init() {
        m_known = {"id", "/a.iso", "A"};
        m_known.stamp = FileStamp{100, 1'000, 7, 8};
        m_known.ends = "ends";
        m_found = {};
        m_found.info.id = QStringLiteral("id");
        m_found.stamp = *m_known.stamp;
        m_found.ends = "ends";
    }

    void theSameFileIsTheSameAlsoOnAnotherMount() {
        QVERIFY(recognise(m_known, m_found) == Recognition::Same);
        m_found.stamp.device = 70;
        m_found.stamp.inode = 80;
        QVERIFY(recognise(m_known, m_found) == Recognition::Same);
    }

    void aNewCopyIsRenewed() {
        m_found.stamp.inode = 9;
        m_found.stamp.modified = 2'000;
        QVERIFY(recognise(m_known, m_found) == Recognition::Renewed);
    }

    void aFileThatWasWrittenToNeedsProof() {
        m_found.stamp.modified = 2'000;
        QVERIFY(recognise(m_known, m_found) == Recognition::NeedsProof);
    }

    void anotherSizeEndOrImageIsDifferent() {
        LibraryImage other = m_found;
        other.stamp.size = 99;
        QVERIFY(recognise(m_known, other) == Recognition::Different);
        other = m_found;
        other.ends = "other";
        QVERIFY(recognise(m_known, other) == Recognition::Different);
        other = m_found;
        other.info.id = QStringLiteral("other");
        QVERIFY(recognise(m_known, other) == Recognition::Different);
    }

    void whatAnOlderVersionImportedIsKnownByItsId() {
        m_known.stamp.reset();
        m_known.ends.clear();
        QVERIFY(recognise(m_known, m_found) == Recognition::Same);
    }
};

QTEST_APPLESS_MAIN(ImageIdentityTest)
#include "tst_ImageIdentity.moc"
