#include "core/engine/ImageJobs.h"

#include <QTest>

#include <latch>

using namespace rackmuster;
using namespace rackmuster::engine;
using End = ImageJobs::End;

namespace {

/// Work that stands still until it may go on, and then tells whether it was cancelled.
struct Gate {
    std::latch mayGoOn{1};
    std::atomic<int> started{0};
    std::atomic<bool> wasCancelled{false};
};

ImageJobs::Prepare waitingWork(const std::shared_ptr<Gate>& gate, std::function<End()> finish) {
    return [gate, finish = std::move(finish)] {
        return [gate, finish](const ImageJobs::Progress& progress) -> ImageJobs::Finish {
            ++gate->started;
            gate->mayGoOn.wait();
            gate->wasCancelled = !progress(5);
            return finish;
        };
    };
}

} // namespace

class ImageJobsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoRunAtOnceAndOneAnImage() {
        ImageJobs jobs(*this, [] {});
        const auto gate = std::make_shared<Gate>();
        int finished = 0;
        for (const char* const id : {"a", "b", "c"})
            jobs.start(QString::fromLatin1(id), ImageJob::Kind::Verify, 10, waitingWork(gate, [&] {
                           ++finished;
                           return End::Done;
                       }));
        QTRY_COMPARE(gate->started.load(), 2);
        QVERIFY(jobs.job(QStringLiteral("c")).has_value()); // it has its place in the queue
        gate->mayGoOn.count_down();
        QTRY_COMPARE(finished, 3);
        QCOMPARE(gate->started.load(), 3);
        QVERIFY(!jobs.job(QStringLiteral("a")));
    }

    void aCancelledJobIsGoneAtOnceAndFinishesNothing() {
        ImageJobs jobs(*this, [] {});
        const auto gate = std::make_shared<Gate>();
        bool isFinished = false;
        jobs.start(QStringLiteral("a"), ImageJob::Kind::Copy, 10, waitingWork(gate, [&] {
                       isFinished = true;
                       return End::Done;
                   }));
        QTRY_COMPARE(gate->started.load(), 1);
        QVERIFY(jobs.cancel(QStringLiteral("a")));
        QVERIFY(!jobs.job(QStringLiteral("a")));
        QVERIFY(!jobs.cancel(QStringLiteral("a")));

        // The next one waits until the first is out of the image's files.
        const auto second = std::make_shared<Gate>();
        second->mayGoOn.count_down();
        bool isSecondFinished = false;
        jobs.start(QStringLiteral("a"), ImageJob::Kind::Copy, 10, waitingWork(second, [&] {
                       isSecondFinished = true;
                       return End::Done;
                   }));
        QCOMPARE(second->started.load(), 0);
        gate->mayGoOn.count_down();
        QTRY_VERIFY(isSecondFinished);
        QVERIFY(gate->wasCancelled);
        QVERIFY(!isFinished);
    }

    void aJobWaitsAndBeginsAnew() {
        ImageJobs jobs(*this, [] {});
        int prepared = 0;
        int finished = 0;
        jobs.start(QStringLiteral("a"), ImageJob::Kind::Verify, 10, [&]() -> ImageJobs::Work {
            if (++prepared == 1)
                return {}; // the file is not there yet
            return [&](const ImageJobs::Progress& /*progress*/) -> ImageJobs::Finish {
                return [&] {
                    return ++finished == 1 ? End::Wait : End::Done; // it goes once more in the middle
                };
            };
        });
        QVERIFY(jobs.job(QStringLiteral("a"))->isWaiting);
        jobs.resume(QStringLiteral("a"));
        QTRY_COMPARE(finished, 1);
        QTRY_VERIFY(jobs.job(QStringLiteral("a")) && jobs.job(QStringLiteral("a"))->isWaiting);
        jobs.resume(QStringLiteral("a"));
        QTRY_COMPARE(finished, 2);
        QTRY_VERIFY(!jobs.job(QStringLiteral("a")));
        QCOMPARE(prepared, 3);
    }

    void progressIsToldAtMostFourTimesASecond() {
        int changes = 0;
        ImageJobs jobs(*this, [&] { ++changes; });
        const auto gate = std::make_shared<Gate>();
        std::atomic<bool> mayEnd{false};
        jobs.start(QStringLiteral("a"), ImageJob::Kind::Verify, 1'000'000, [&] {
            return [&](const ImageJobs::Progress& progress) -> ImageJobs::Finish {
                std::uint64_t done = 0;
                while (!mayEnd && progress(++done)) {
                }
                return [] {
                    return End::Done;
                };
            };
        });
        QTRY_VERIFY(jobs.job(QStringLiteral("a"))->bytesPerSecond > 0);
        const std::uint64_t before = jobs.job(QStringLiteral("a"))->done;
        QVERIFY(before > 0);
        changes = 0;
        QElapsedTimer timer;
        timer.start();
        QTRY_VERIFY(changes >= 4);
        QVERIFY2(timer.elapsed() > 700, qPrintable(QString::number(timer.elapsed())));
        mayEnd = true;
        QTRY_VERIFY(!jobs.job(QStringLiteral("a")));
    }

    void anEndInTheMiddleOfWorkIsNoHarm() {
        const auto gate = std::make_shared<Gate>();
        {
            ImageJobs jobs(*this, [] {});
            jobs.start(QStringLiteral("a"), ImageJob::Kind::Verify, 10, waitingWork(gate, [] {
                           qFatal("It was ended.");
                           return End::Done;
                       }));
            QTRY_COMPARE(gate->started.load(), 1);
            gate->mayGoOn.count_down();
        }
        QTest::qWait(0);
    }
};

QTEST_GUILESS_MAIN(ImageJobsTest)
#include "tst_ImageJobs.moc"
