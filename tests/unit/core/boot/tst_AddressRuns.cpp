#include "core/boot/AddressRuns.h"

#include <QTest>

#include <random>
#include <set>

using namespace rackmuster;
using namespace rackmuster::boot;

class TestAddressRuns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void neighboursBecomeOneRun();
    void theEndsOfTheNumbersAreAddressesToo();
    void knowsWhatASetKnows();
};

void TestAddressRuns::neighboursBecomeOneRun() {
    AddressRuns runs;
    for (const std::uint32_t number : {5U, 7U, 6U, 1U})
        runs.insert(Ipv4Address(number));
    QCOMPARE(runs.runs(), std::size_t{2});
    QCOMPARE(runs.firstMissing(Ipv4Address(5), Ipv4Address(9)), std::optional(Ipv4Address(8)));
    QCOMPARE(runs.firstMissing(Ipv4Address(5), Ipv4Address(7)), std::nullopt);
    runs.erase(Ipv4Address(6));
    QCOMPARE(runs.firstMissing(Ipv4Address(5), Ipv4Address(9)), std::optional(Ipv4Address(6)));
}

void TestAddressRuns::theEndsOfTheNumbersAreAddressesToo() {
    AddressRuns runs;
    const Ipv4Address last = Ipv4Address::broadcast();
    runs.insert(last);
    runs.insert(Ipv4Address());
    QVERIFY(runs.contains(last) && runs.contains(Ipv4Address()));
    QCOMPARE(runs.firstMissing(last, last), std::nullopt);
    QCOMPARE(runs.firstMissing(Ipv4Address(), last), std::optional(Ipv4Address(1)));
    runs.erase(last);
    QCOMPARE(runs.firstMissing(last, last), std::optional(last));
}

void TestAddressRuns::knowsWhatASetKnows() {
    constexpr std::uint32_t numbers = 60;
    std::mt19937 random(60);
    AddressRuns runs;
    std::set<std::uint32_t> model;
    for (int step = 0; step < 20'000; ++step) {
        const auto number = static_cast<std::uint32_t>(random() % numbers);
        if (random() % 2 == 0) {
            runs.insert(Ipv4Address(number));
            model.insert(number);
        } else {
            runs.erase(Ipv4Address(number));
            model.erase(number);
        }
        const auto first = static_cast<std::uint32_t>(random() % numbers);
        std::uint32_t missing = first;
        while (model.contains(missing))
            ++missing;
        const auto expected = missing < numbers ? std::optional(Ipv4Address(missing)) : std::nullopt;
        QCOMPARE(runs.firstMissing(Ipv4Address(first), Ipv4Address(numbers - 1)), expected);
        QCOMPARE(runs.contains(Ipv4Address(number)), model.contains(number));
    }
}

QTEST_APPLESS_MAIN(TestAddressRuns)
#include "tst_AddressRuns.moc"
