#include "core/boot/TftpTransfer.h"

#include <QTest>

#include <deque>
#include <functional>
#include <set>

using namespace rackmuster;
using namespace rackmuster::boot;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

using Send = TftpTransfer::Send;
using State = TftpTransfer::State;

const Instant start{std::chrono::hours(1)};

wire::TftpRequest plain() {
    return {.path = "f"};
}

wire::TftpRequest windowed(std::uint16_t window, std::uint16_t block = 512) {
    wire::TftpRequest request = plain();
    request.blockSize = block;
    request.windowSize = window;
    return request;
}

TftpTransfer transfer(const wire::TftpRequest& request, std::uint64_t size) {
    return {request, size, {}, start};
}

bool isNothing(const Send& send) {
    return !send.optionAck && send.blocks == 0;
}

bool isBlocks(const Send& send, std::uint64_t first, std::uint32_t count) {
    return !send.optionAck && send.firstBlock == first && send.blocks == count;
}

/// A client as RFC 7440 wants it, over a wire that may lose blocks and ACKs. Time stands still but for
/// timeouts.
struct Client {
    TftpTransfer& server;
    std::uint16_t window = 1;
    Instant now = start;
    std::uint64_t received = 0; ///< blocks in order
    std::uint64_t dataSent = 0; ///< by the server
    std::uint64_t bytes = 0;
    unsigned timeouts = 0;
    unsigned sinceAck = 0;
    std::function<bool(std::uint64_t)> losesData = [](std::uint64_t) {
        return false;
    };
    std::function<bool(std::uint64_t)> losesAck = [](std::uint64_t) {
        return false;
    };
    unsigned copiesOfAcks = 1;
    bool acksEveryUnexpectedBlock = false; ///< as edk2 does

    void run() {
        std::deque<std::uint16_t> acks;
        Send send = server.start(now);
        while (server.state() == State::Running) {
            receive(send, acks);
            if (acks.empty()) {
                now = server.deadline();
                ++timeouts;
                send = server.onTimeout(now);
                continue;
            }
            send = server.onAck(acks.front(), now);
            acks.pop_front();
        }
    }

private:
    void receive(const Send& send, std::deque<std::uint16_t>& acks) {
        if (send.optionAck)
            acknowledge(0, acks);
        bool isGapReported = false;
        bool hasNew = false;
        bool hasOld = false;
        for (std::uint64_t number = send.firstBlock; number < send.firstBlock + send.blocks; ++number) {
            ++dataSent;
            if (losesData(number))
                continue;
            if (number > received + 1 && (acksEveryUnexpectedBlock || !isGapReported)) {
                acknowledge(received, acks);
                isGapReported = true;
            }
            hasOld = hasOld || number <= received;
            if (number != received + 1)
                continue;
            hasNew = true;
            received = number;
            bytes += server.extentOf(number).length;
            if (++sinceAck == window || number == server.lastBlock())
                acknowledge(number, acks);
        }
        // All of it was old: the client says again what it has.
        if (hasOld && !hasNew)
            acknowledge(received, acks);
    }
    void acknowledge(std::uint64_t number, std::deque<std::uint16_t>& acks) {
        sinceAck = 0;
        if (losesAck(number))
            return;
        for (unsigned copy = 0; copy < copiesOfAcks; ++copy)
            acks.push_back(static_cast<std::uint16_t>(number & 0xFFFF));
    }
};

/// Loses the first sending of one block.
std::function<bool(std::uint64_t)> once(std::uint64_t block) {
    return [block, isLost = false](std::uint64_t number) mutable {
        if (number != block || isLost)
            return false;
        isLost = true;
        return true;
    };
}

} // namespace

class TestTftpTransfer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutOptionsDataComesAtOnce();
    void acceptsNoMoreThanWasAsked_data();
    void acceptsNoMoreThanWasAsked();
    void acknowledgesOnlyWhatWasAsked();
    void netasciiHasNeitherSizeNorWindow();
    void waitsForTheAcknowledgementOfOptions();
    void endsWithAShortBlock_data();
    void endsWithAShortBlock();
    void cutsTheFileIntoBlocks();
    void sendsWholeFiles_data();
    void sendsWholeFiles();
    void blockNumbersRollOverToZero();
    void doubledAcksInLockstepSendNothing();
    void staleAndFutureAcksAreIgnored();
    void oneLostBlockCostsOneRestart_data();
    void oneLostBlockCostsOneRestart();
    void aStormOfDuplicateAcksRestartsOnce();
    void aLostFirstBlockRestartsTheWindowAtOnce();
    void aLostAckCostsOneTimeout_data();
    void aLostAckCostsOneTimeout();
    void repeatsWithGrowingPauses();
    void givesUpAfterSixRepeats();
    void givesUpSoonWhenNobodyWasEverHeard();
    void progressResetsThePatience();
    void aMissingFinalAckIsStillSuccess();
    void anErrorEndsTheTransferAtOnce();
    void aSizeProbeIsAProbe();
    void repeatedRequestsGetTheSameAnswer();
    void repeatedRequestsDoNotDisturbAFlowingTransfer();
    void aMachineThatWasResetStartsAgain();
    void takesTheTimeoutThatWasAsked();
    void nothingIsSentAfterTheEnd();
    void anOverdueWindowIsFollowedByItsLastBlock();
    void slowClientsAreNotHurried();
    void lockstepIsNotHurried();
    void anEchoOfAnOldBlockIsNotAGap();
    void aClosedPortEndsTheTransfer();
    void tellsWhatLeavesUnasked();
};

// P64
void TestTftpTransfer::withoutOptionsDataComesAtOnce() {
    TftpTransfer t = transfer(plain(), 1000);
    QVERIFY(isBlocks(t.start(start), 1, 1));
    QCOMPARE(t.blockSize(), std::uint16_t{512});
    QVERIFY(isBlocks(t.onAck(1, start), 2, 1));
    QVERIFY(isNothing(t.onAck(2, start)));
    QCOMPARE(t.state(), State::Finished);
    QCOMPARE(t.acknowledgedBytes(), std::uint64_t{1000});
}

void TestTftpTransfer::acceptsNoMoreThanWasAsked_data() {
    QTest::addColumn<int>("askedBlock");
    QTest::addColumn<int>("block");
    QTest::addColumn<int>("askedWindow");
    QTest::addColumn<int>("window");
    QTest::newRow("small") << 8 << 8 << 1 << 1;
    QTest::newRow("usual") << 512 << 512 << 4 << 4;
    QTest::newRow("largest") << 1468 << 1468 << 64 << 64;
    QTest::newRow("clamped") << 1469 << 1468 << 65 << 64;
    QTest::newRow("huge") << 65464 << 1468 << 65535 << 64;
}

// P61, P62, R23
void TestTftpTransfer::acceptsNoMoreThanWasAsked() {
    QFETCH(int, askedBlock);
    QFETCH(int, block);
    QFETCH(int, askedWindow);
    QFETCH(int, window);
    TftpTransfer t = transfer(
        windowed(static_cast<std::uint16_t>(askedWindow), static_cast<std::uint16_t>(askedBlock)), 10000000);
    const Send send = t.start(start);
    QCOMPARE(static_cast<int>(*send.optionAck->blockSize), block);
    QCOMPARE(static_cast<int>(*send.optionAck->windowSize), window);
    QVERIFY(isBlocks(t.onAck(0, start), 1, static_cast<std::uint32_t>(window)));
}

// P60
void TestTftpTransfer::acknowledgesOnlyWhatWasAsked() {
    wire::TftpRequest request = plain();
    request.wantsSize = true;
    TftpTransfer t = transfer(request, 5368709120);
    const Send send = t.start(start);
    QCOMPARE(
        *send.optionAck,
        (wire::TftpOptionAck{.blockSize = {}, .timeoutSeconds = {}, .size = 5368709120, .windowSize = {}}));
    QCOMPARE(t.blockSize(), std::uint16_t{512});
}

// R32
void TestTftpTransfer::netasciiHasNeitherSizeNorWindow() {
    wire::TftpRequest request = windowed(8);
    request.isNetascii = true;
    request.wantsSize = true;
    TftpTransfer t = transfer(request, 100000);
    const Send send = t.start(start);
    QVERIFY(!send.optionAck->size && !send.optionAck->windowSize);
    QVERIFY(isBlocks(t.onAck(0, start), 1, 1));
}

void TestTftpTransfer::waitsForTheAcknowledgementOfOptions() {
    TftpTransfer t = transfer(windowed(4), 100000);
    QVERIFY(t.start(start).optionAck.has_value());
    QVERIFY(isNothing(t.onAck(1, start)));
    QVERIFY(isBlocks(t.onAck(0, start), 1, 4));
}

void TestTftpTransfer::endsWithAShortBlock_data() {
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("blocks");
    QTest::addColumn<int>("last");
    QTest::newRow("0") << 0 << 1 << 0;
    QTest::newRow("1") << 1 << 1 << 1;
    QTest::newRow("511") << 511 << 1 << 511;
    QTest::newRow("512") << 512 << 2 << 0;
    QTest::newRow("513") << 513 << 2 << 1;
    QTest::newRow("1024") << 1024 << 3 << 0;
}

// R27
void TestTftpTransfer::endsWithAShortBlock() {
    QFETCH(int, size);
    QFETCH(int, blocks);
    QFETCH(int, last);
    TftpTransfer t = transfer(plain(), static_cast<std::uint64_t>(size));
    QCOMPARE(t.lastBlock(), static_cast<std::uint64_t>(blocks));
    QCOMPARE(static_cast<int>(t.extentOf(t.lastBlock()).length), last);
    Client client{.server = t};
    client.run();
    QCOMPARE(client.bytes, static_cast<std::uint64_t>(size));
    QCOMPARE(client.dataSent, static_cast<std::uint64_t>(blocks));
    QCOMPARE(t.state(), State::Finished);
}

void TestTftpTransfer::cutsTheFileIntoBlocks() {
    const TftpTransfer t = transfer(windowed(1, 1000), 2500);
    QCOMPARE(t.extentOf(1).offset, std::uint64_t{0});
    QCOMPARE(t.extentOf(1).length, 1000U);
    QCOMPARE(t.extentOf(3).offset, std::uint64_t{2000});
    QCOMPARE(t.extentOf(3).length, 500U);
    QCOMPARE(t.extentOf(4).length, 0U);
}

void TestTftpTransfer::sendsWholeFiles_data() {
    QTest::addColumn<int>("window");
    QTest::addColumn<qint64>("size");
    for (const int window : {1, 2, 4, 16, 64}) {
        for (const qint64 size : {0, 1, 511, 512, 513, 512 * 64, 512 * 64 + 1, 512 * 65 - 1, 3000000})
            QTest::addRow("window %d, %lld bytes", window, static_cast<long long>(size)) << window << size;
    }
}

void TestTftpTransfer::sendsWholeFiles() {
    QFETCH(int, window);
    QFETCH(qint64, size);
    TftpTransfer t = transfer(windowed(static_cast<std::uint16_t>(window)), static_cast<std::uint64_t>(size));
    Client client{.server = t, .window = static_cast<std::uint16_t>(window)};
    client.run();
    QCOMPARE(t.state(), State::Finished);
    QCOMPARE(client.bytes, static_cast<std::uint64_t>(size));
    QCOMPARE(client.dataSent, t.lastBlock());
    QCOMPARE(client.timeouts, 0U);
    QCOMPARE(t.acknowledgedBytes(), static_cast<std::uint64_t>(size));
}

// R26: 100 MiB in blocks of 512 bytes rolls over three times.
void TestTftpTransfer::blockNumbersRollOverToZero() {
    for (const std::uint16_t window : {std::uint16_t{1}, std::uint16_t{7}, std::uint16_t{64}}) {
        TftpTransfer t = transfer(windowed(window), 100 * 1024 * 1024);
        Client client{.server = t, .window = window};
        client.losesData = once(65536); // block "0" itself
        client.run();
        QCOMPARE(t.state(), State::Finished);
        QCOMPARE(client.bytes, std::uint64_t{100 * 1024 * 1024});
    }
}

// R24
void TestTftpTransfer::doubledAcksInLockstepSendNothing() {
    TftpTransfer t = transfer(plain(), 9999 * 512 + 1);
    Client client{.server = t};
    client.copiesOfAcks = 2;
    client.run();
    QCOMPARE(client.dataSent, std::uint64_t{10000});
    QCOMPARE(t.state(), State::Finished);
}

void TestTftpTransfer::staleAndFutureAcksAreIgnored() {
    TftpTransfer t = transfer(windowed(4), 100000);
    static_cast<void>(t.start(start));
    static_cast<void>(t.onAck(0, start));
    QVERIFY(isBlocks(t.onAck(4, start), 5, 4));
    for (const std::uint16_t block :
         {std::uint16_t{0}, std::uint16_t{3}, std::uint16_t{9}, std::uint16_t{65535}})
        QVERIFY(isNothing(t.onAck(block, start)));
    QVERIFY(isBlocks(t.onAck(8, start), 9, 4));
}

void TestTftpTransfer::oneLostBlockCostsOneRestart_data() {
    QTest::addColumn<int>("window");
    QTest::addColumn<int>("lost");
    QTest::addColumn<bool>("isEdk2");
    for (const int window : {4, 16, 64}) {
        for (const int lost : {1, window / 2, window, window + 1, 3 * window - 1}) {
            for (const bool isEdk2 : {false, true})
                QTest::addRow("window %d, block %d%s", window, lost, isEdk2 ? ", edk2" : "")
                    << window << lost << isEdk2;
        }
    }
}

// R25
void TestTftpTransfer::oneLostBlockCostsOneRestart() {
    QFETCH(int, window);
    QFETCH(int, lost);
    QFETCH(bool, isEdk2);
    TftpTransfer t = transfer(windowed(static_cast<std::uint16_t>(window)), 1000 * 512);
    Client client{.server = t, .window = static_cast<std::uint16_t>(window)};
    client.losesData = once(static_cast<std::uint64_t>(lost));
    client.acksEveryUnexpectedBlock = isEdk2;
    client.run();
    QCOMPARE(t.state(), State::Finished);
    QCOMPARE(client.bytes, std::uint64_t{1000 * 512});
    QVERIFY(client.dataSent <= t.lastBlock() + static_cast<std::uint64_t>(window));
    // Only the very last block of a window leaves no later one that could reveal the gap.
    QCOMPARE(client.timeouts, lost % window == 0 ? 1U : 0U);
}

// R25
void TestTftpTransfer::aStormOfDuplicateAcksRestartsOnce() {
    TftpTransfer t = transfer(windowed(64), 1000000);
    static_cast<void>(t.start(start));
    static_cast<void>(t.onAck(0, start));
    QVERIFY(isBlocks(t.onAck(10, start), 11, 64));
    for (int i = 0; i < 64; ++i)
        QVERIFY(isNothing(t.onAck(10, start)));
    QVERIFY(isBlocks(t.onAck(74, start), 75, 64));
}

// R25, RFC 7440 4
void TestTftpTransfer::aLostFirstBlockRestartsTheWindowAtOnce() {
    TftpTransfer t = transfer(windowed(4), 100000);
    static_cast<void>(t.start(start));
    static_cast<void>(t.onAck(0, start));
    QVERIFY(isBlocks(t.onAck(4, start), 5, 4));
    QVERIFY(isBlocks(t.onAck(4, start), 5, 4));
    QVERIFY(isNothing(t.onAck(4, start)));
    QVERIFY(isBlocks(t.onAck(8, start), 9, 4));
    QVERIFY(isBlocks(t.onAck(8, start), 9, 4)); // a new gap, a new restart
}

void TestTftpTransfer::aLostAckCostsOneTimeout_data() {
    QTest::addColumn<int>("window");
    QTest::newRow("1") << 1;
    QTest::newRow("4") << 4;
    QTest::newRow("64") << 64;
}

void TestTftpTransfer::aLostAckCostsOneTimeout() {
    QFETCH(int, window);
    TftpTransfer t = transfer(windowed(static_cast<std::uint16_t>(window)), 1000 * 512);
    Client client{.server = t, .window = static_cast<std::uint16_t>(window)};
    client.losesAck = once(static_cast<std::uint64_t>(window) * 3);
    client.run();
    QCOMPARE(t.state(), State::Finished);
    QCOMPARE(client.bytes, std::uint64_t{1000 * 512});
    QCOMPARE(client.timeouts, 1U);
    QVERIFY(client.dataSent <= t.lastBlock() + static_cast<std::uint64_t>(window));
}

void TestTftpTransfer::repeatsWithGrowingPauses() {
    TftpTransfer t = transfer(plain(), 100000);
    static_cast<void>(t.start(start));
    static_cast<void>(t.onAck(1, start));
    Instant now = start;
    std::vector<std::int64_t> pauses;
    while (t.state() == State::Running) {
        pauses.push_back(std::chrono::duration_cast<milliseconds>(t.deadline() - now).count());
        now = t.deadline();
        const Send send = t.onTimeout(now);
        QVERIFY(t.state() != State::Running || isBlocks(send, 2, 1));
    }
    QCOMPARE(pauses, (std::vector<std::int64_t>{250, 500, 1000, 2000, 3000, 3000, 3000}));
}

// R30
void TestTftpTransfer::givesUpAfterSixRepeats() {
    TftpTransfer t = transfer(windowed(4), 100000);
    static_cast<void>(t.start(start));
    static_cast<void>(t.onAck(0, start));
    int repeats = 0;
    while (t.state() == State::Running)
        repeats += isNothing(t.onTimeout(t.deadline())) ? 0 : 1;
    QCOMPARE(repeats, 6);
    QCOMPARE(t.state(), State::TimedOut);
    QVERIFY(t.deadline() - start <= seconds(15));
}

// R33
void TestTftpTransfer::givesUpSoonWhenNobodyWasEverHeard() {
    for (const wire::TftpRequest& request : {plain(), windowed(64)}) {
        TftpTransfer t = transfer(request, 100000);
        static_cast<void>(t.start(start));
        int repeats = 0;
        while (t.state() == State::Running)
            repeats += isNothing(t.onTimeout(t.deadline())) ? 0 : 1;
        QCOMPARE(repeats, 3);
        QCOMPARE(t.state(), State::TimedOut);
        QVERIFY(t.isProbe());
    }
}

void TestTftpTransfer::progressResetsThePatience() {
    TftpTransfer t = transfer(plain(), 100000);
    static_cast<void>(t.start(start));
    for (std::uint16_t block = 1; block <= 20; ++block) {
        const Instant now = t.deadline();
        for (int i = 0; i < 3; ++i)
            static_cast<void>(t.onTimeout(t.deadline()));
        QCOMPARE(t.state(), State::Running);
        QVERIFY(isBlocks(t.onAck(block, now), block + 1U, 1));
        QCOMPARE(std::chrono::duration_cast<milliseconds>(t.deadline() - now).count(), std::int64_t{250});
    }
}

// R31, P72
void TestTftpTransfer::aMissingFinalAckIsStillSuccess() {
    TftpTransfer t = transfer(plain(), 600);
    static_cast<void>(t.start(start));
    static_cast<void>(t.onAck(1, start));
    for (int i = 0; i < 3; ++i)
        QVERIFY(isBlocks(t.onTimeout(t.deadline()), 2, 1));
    QVERIFY(isNothing(t.onTimeout(t.deadline())));
    QCOMPARE(t.state(), State::Finished);
    QCOMPARE(t.acknowledgedBytes(), std::uint64_t{600});
}

// R30, P65
void TestTftpTransfer::anErrorEndsTheTransferAtOnce() {
    TftpTransfer t = transfer(windowed(4), 100000);
    static_cast<void>(t.start(start));
    t.onError();
    QCOMPARE(t.state(), State::Aborted);
    QVERIFY(t.isProbe());
    QVERIFY(isNothing(t.onAck(0, start)));
    QVERIFY(isNothing(t.onTimeout(t.deadline())));
}

// R30
void TestTftpTransfer::aSizeProbeIsAProbe() {
    wire::TftpRequest request = plain();
    request.wantsSize = true;
    TftpTransfer t = transfer(request, 100000);
    static_cast<void>(t.start(start));
    QVERIFY(t.isProbe());
    static_cast<void>(t.onAck(0, start));
    QVERIFY(t.isProbe());
    static_cast<void>(t.onAck(1, start));
    QVERIFY(!t.isProbe());
}

// R29
void TestTftpTransfer::repeatedRequestsGetTheSameAnswer() {
    TftpTransfer withOptions = transfer(windowed(4), 100000);
    const auto first = withOptions.start(start).optionAck;
    for (int i = 0; i < 5; ++i)
        QVERIFY(withOptions.onRepeatedRequest(start).optionAck == first);
    QVERIFY(isBlocks(withOptions.onAck(0, start), 1, 4));

    TftpTransfer without = transfer(plain(), 100000);
    static_cast<void>(without.start(start));
    for (int i = 0; i < 5; ++i)
        QVERIFY(isBlocks(without.onRepeatedRequest(start), 1, 1));
    QVERIFY(isBlocks(without.onAck(1, start), 2, 1));
}

// R29
void TestTftpTransfer::repeatedRequestsDoNotDisturbAFlowingTransfer() {
    TftpTransfer t = transfer(windowed(4), 100000);
    static_cast<void>(t.start(start));
    static_cast<void>(t.onAck(0, start));
    QVERIFY(isNothing(t.onRepeatedRequest(start)));
    QVERIFY(isBlocks(t.onAck(4, start), 5, 4));
    QVERIFY(isNothing(t.onRepeatedRequest(start)));
    QVERIFY(isBlocks(t.onAck(8, start), 9, 4));
}

void TestTftpTransfer::aMachineThatWasResetStartsAgain() {
    TftpTransfer t = transfer(windowed(4), 100000);
    static_cast<void>(t.start(start));
    static_cast<void>(t.onAck(0, start));
    static_cast<void>(t.onAck(4, start));
    static_cast<void>(t.onTimeout(t.deadline())); // it fell silent
    QVERIFY(t.onRepeatedRequest(t.deadline()).optionAck.has_value());
    QVERIFY(isBlocks(t.onAck(0, t.deadline()), 1, 4));
    Client client{.server = t, .window = 4};
    QVERIFY(isBlocks(t.onAck(4, t.deadline()), 5, 4));
}

// RFC 2349
void TestTftpTransfer::takesTheTimeoutThatWasAsked() {
    wire::TftpRequest request = plain();
    request.timeoutSeconds = 1;
    TftpTransfer t = transfer(request, 1000);
    QCOMPARE(*t.start(start).optionAck->timeoutSeconds, std::uint8_t{1});
    QVERIFY(t.deadline() == start + seconds(1));
    request.timeoutSeconds = 255;
    TftpTransfer patient = transfer(request, 1000);
    QCOMPARE(*patient.start(start).optionAck->timeoutSeconds, std::uint8_t{255});
    QVERIFY(patient.deadline() == start + seconds(2)); // echoed, but a repeat too early harms nobody
}

void TestTftpTransfer::nothingIsSentAfterTheEnd() {
    TftpTransfer t = transfer(plain(), 10);
    static_cast<void>(t.start(start));
    static_cast<void>(t.onAck(1, start));
    QCOMPARE(t.state(), State::Finished);
    QVERIFY(isNothing(t.onAck(1, start)));
    QVERIFY(isNothing(t.onTimeout(start)));
    QVERIFY(isNothing(t.onRepeatedRequest(start)));
    t.onError();
    QCOMPARE(t.state(), State::Finished);
}

// R25 (part): the client's own pace says when an ACK is overdue
void TestTftpTransfer::anOverdueWindowIsFollowedByItsLastBlock() {
    TftpTransfer t = transfer(windowed(4), 100000);
    static_cast<void>(t.start(start));
    Instant now = start + milliseconds(1); // the round trip
    QVERIFY(isBlocks(t.onAck(0, now), 1, 4));
    QVERIFY(t.deadline() <= now + milliseconds(5));
    now = t.deadline();
    QVERIFY(isBlocks(t.onTimeout(now), 4, 1));
    // It had all of them, and the ACK was lost.
    TftpTransfer ackLost = t;
    QVERIFY(isBlocks(ackLost.onAck(4, now + milliseconds(1)), 5, 4));
    // It had the first two.
    QVERIFY(isBlocks(t.onAck(2, now + milliseconds(1)), 3, 4));
    // Only once: then the timeout counts.
    TftpTransfer silent = transfer(windowed(4), 100000);
    static_cast<void>(silent.start(start));
    static_cast<void>(silent.onAck(0, start + milliseconds(1)));
    static_cast<void>(silent.onTimeout(silent.deadline()));
    QVERIFY(silent.deadline() == start + milliseconds(251));
    QVERIFY(isBlocks(silent.onTimeout(silent.deadline()), 1, 4));
}

void TestTftpTransfer::slowClientsAreNotHurried() {
    TftpTransfer t = transfer(windowed(4), 1000000);
    static_cast<void>(t.start(start));
    Instant now = start + milliseconds(40);
    Send send = t.onAck(0, now);
    for (std::uint16_t block = 4; block < 400; block = static_cast<std::uint16_t>(block + 4)) {
        now += milliseconds(block % 8 == 0 ? 60 : 20); // its disk is slow now and then
        QVERIFY(now < t.deadline());
        send = t.onAck(block, now);
        QVERIFY(isBlocks(send, block + 1U, 4));
    }
}

void TestTftpTransfer::lockstepIsNotHurried() {
    TftpTransfer t = transfer(windowed(1), 100000);
    static_cast<void>(t.start(start));
    static_cast<void>(t.onAck(0, start + milliseconds(1)));
    QVERIFY(t.deadline() == start + milliseconds(251));
}

// What edk2 says to blocks that it has: answered, each would be sent twice to the end of the file.
void TestTftpTransfer::anEchoOfAnOldBlockIsNotAGap() {
    TftpTransfer t = transfer(windowed(4), 100000);
    static_cast<void>(t.start(start));
    Instant now = start + milliseconds(2);
    static_cast<void>(t.onAck(0, now));
    now += milliseconds(2);
    QVERIFY(isBlocks(t.onAck(4, now), 5, 4));
    QVERIFY(isNothing(t.onAck(4, now + std::chrono::microseconds(20))));
    QVERIFY(isBlocks(t.onAck(4, now + milliseconds(2)), 5, 4)); // time enough for block 6 without block 5
}

// P72
void TestTftpTransfer::aClosedPortEndsTheTransfer() {
    TftpTransfer early = transfer(plain(), 1000);
    static_cast<void>(early.start(start));
    early.onPeerGone();
    QCOMPARE(early.state(), State::Aborted);
    TftpTransfer late = transfer(plain(), 1000);
    static_cast<void>(late.start(start));
    static_cast<void>(late.onAck(1, start));
    late.onPeerGone();
    QCOMPARE(late.state(), State::Finished);
    QCOMPARE(late.acknowledgedBytes(), std::uint64_t{1000});
}

// R33 (part)
void TestTftpTransfer::tellsWhatLeavesUnasked() {
    QCOMPARE(TftpTransfer::unaskedBytes(plain()), std::size_t{4 * 516});
    QCOMPARE(TftpTransfer::unaskedBytes(windowed(64)), std::size_t{0});
    wire::TftpRequest netascii = plain();
    netascii.isNetascii = true;
    netascii.wantsSize = true;
    QCOMPARE(TftpTransfer::unaskedBytes(netascii), std::size_t{4 * 516});
}

QTEST_APPLESS_MAIN(TestTftpTransfer)
#include "tst_TftpTransfer.moc"
