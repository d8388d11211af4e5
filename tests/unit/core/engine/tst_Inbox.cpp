#include "core/engine/Inbox.h"

#include <QTest>

#include <thread>

using namespace rackmuster;

class InboxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wakesOncePerBatch() {
        int woken = 0;
        engine::Inbox inbox([&] { ++woken; });
        inbox.put(net::CaptureDrops{1});
        inbox.put(net::CaptureDrops{2});
        QCOMPARE(woken, 1);
        QCOMPARE(inbox.take().events.size(), std::size_t(2));
        inbox.put(net::CaptureDrops{3});
        QCOMPARE(woken, 2);
    }

    void dropsAndCountsWhatDoesNotFit() {
        engine::Inbox inbox([] {}, 2);
        for (std::uint64_t i = 0; i < 5; ++i)
            inbox.put(net::CaptureDrops{i});
        const auto batch = inbox.take();
        QCOMPARE(batch.events.size(), std::size_t(2));
        QCOMPARE(batch.dropped, std::uint64_t(3));
        QCOMPARE(inbox.take().dropped, std::uint64_t(0));
    }

    void losesNothingBetweenThreads() {
        constexpr std::size_t each = 5000;
        engine::Inbox inbox([] {});
        const auto produce = [&] {
            for (std::size_t i = 0; i < each; ++i)
                inbox.put(net::CaptureDrops{i});
        };
        std::thread first(produce);
        std::thread second(produce);
        std::size_t taken = 0;
        while (taken < 2 * each)
            taken += inbox.take().events.size();
        first.join();
        second.join();
        QCOMPARE(taken, 2 * each);
    }
};

QTEST_GUILESS_MAIN(InboxTest)
#include "tst_Inbox.moc"
