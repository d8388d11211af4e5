#include "core/base/Published.h"

#include <QTest>

#include <thread>

using namespace rackmuster;

class TestPublished : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readersKeepWhatTheyTook();
    void readersNeverSeeAnOlderValueAfterANewerOne();
};

void TestPublished::readersKeepWhatTheyTook() {
    Published<int> published(std::make_shared<const int>(1));
    const auto taken = published.get();
    published.set(std::make_shared<const int>(2));
    QCOMPARE(*taken, 1);
    QCOMPARE(*published.get(), 2);
    QCOMPARE(taken.use_count(), 1L);
}

void TestPublished::readersNeverSeeAnOlderValueAfterANewerOne() {
    constexpr int last = 20000;
    Published<int> published(std::make_shared<const int>(0));
    std::thread writer([&] {
        for (int i = 1; i <= last; ++i)
            published.set(std::make_shared<const int>(i));
    });
    int previous = 0;
    bool isOrdered = true;
    while (previous < last) {
        const int next = *published.get();
        isOrdered = isOrdered && next >= previous;
        previous = next;
    }
    writer.join();
    QVERIFY(isOrdered);
}

QTEST_APPLESS_MAIN(TestPublished)
#include "tst_Published.moc"
